import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Kysely } from 'kysely';
import { parse } from 'yaml';
import { backup } from '../../src/database/backup/backup.js';
import { restore } from '../../src/database/backup/restore.js';
import { explainDatabaseError } from '../../src/database/errors.js';
import type { DB } from '../../src/database/schema.js';
import { knownEditions } from '../../src/import/edition/known-editions.js';
import { load } from '../../src/import/load.js';
import { inOneTransaction } from '../../src/import/one-transaction.js';
import { loadRatingsTable } from '../../src/import/ratings-table/index.js';
import { loadCrosswalk, loadRegister } from '../../src/import/reference.js';
import { dbPath } from '../../src/paths.js';
import { formatProblem, UserError } from '../../src/problem.js';
import { makeBundle, writeBundle } from '../../src/read/bundle/write-bundle.js';
import { readReport } from '../../src/read/read-report.js';
import { good2018, good2021 } from '../../test/support/bundles.js';
import { askedQuestions, caseTables } from '../../test/support/case-files.js';
import { editionFiles, underGoodEdition } from '../../test/support/editions.js';
import { filesOf, type GoodBundle } from '../damage/damage.js';
import { inventedReport, layoutNames } from '../reading/layouts.js';
import { diceOf, garbled } from './garble.js';

/** Where files are tried: a database with the bundled inspections, and one with nothing in it. */
export interface Ground {
  db: Kysely<DB>;
  url: string;
  /** URL of an empty database; a new one when the last was filled. */
  empty(): Promise<string>;
}

/** A reader of files, and good ones for it. */
export interface Target {
  name: string;
  files: Record<string, Buffer>;
  /** Other such files, each as good as the first. */
  variants?: Record<string, Buffer>[];
  /** Reads the files of a folder and does with them what the program does. */
  use(folder: string, ground: Ground): Promise<unknown>;
  /** Whether its files are those of whoever owns the database. */
  isOwners?: true;
  /** Content that is told apart from the file that holds it: changed between the two. */
  unpack?: { open(file: Buffer): Buffer; close(content: Buffer): Buffer };
}

/** How it went: 'done', or the error with which it was refused. */
export type Went = 'done' | UserError;

const texts = (files: Record<string, string>) =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]));

const inspection = `synthetic: true
service: Westminster Youth Offending Team
report: {fieldwork_from: "2019-05-13"}
edition: "2018"
sample:
  court_disposals: {cases: 3, referral_order: 2}
  out_of_court_disposals: {cases: 3, youth_caution: 1, youth_conditional_caution: 1}
key_questions:
  "2.1.1": {relevant_cases: 3, yes: 2}
  "3.1.1": {relevant_cases: 3, yes: 1}
`;

const ratings = `Area,Published,Overall rating,Score,Out of,1.1,2.1,3.4,Remarks
Barnet,2021-03,Good,21,36,Good,Requires improvement,Outstanding,
Essex,12/03/2020,RI,"18",36,I,Inadequate,-,
Wigan,March 2019,Good,58%,36,Good,Good,Good,seen
`;
const columns = `columns: {service: Area, published: Published, overall: Overall rating, score: Score, out_of: Out of, standards: {"1.1": "1.1", "2.1": "2.1", "3.4": "3.4"}}
ratings: {RI: Requires improvement}
date_format: day first
score_is: points
edition: "2018"
ignore: [Remarks]
`;

/** So many more that all of them are loaded in one transaction, by COPY. */
const others = (good: GoodBundle): Record<string, Buffer> =>
  Object.assign(
    {},
    ...Array.from({ length: 21 }, (_, at) => {
      const day = `2020-01-${String(at + 1).padStart(2, '0')}`;
      const other = { ...good, inspection: good.inspection.replace('2019-05-13', day) };
      return inFolder(`other-${at}`, filesOf(other, 'long'));
    }),
  );

const inFolder = (folder: string, files: Record<string, Buffer>) =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]));

async function writeFiles(folder: string, files: Record<string, Buffer>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
}

/** Every reader of files that the program has. */
export async function everyTarget(
  ground: Ground,
  home: string,
  { reports = 12 }: { reports?: number } = {},
): Promise<Target[]> {
  const tables = caseTables(parse(inspection), askedQuestions('2018'));
  const good = { inspection, ...tables };
  const bundle = async (folder: string, { db }: Ground) => load(db, [folder], { newService: true });
  const report = async (folder: string, { db }: Ground) => {
    const [name = ''] = await readdir(folder);
    const { document, reading } = await readReport(path.join(folder, name));
    const into = path.join(folder, 'bundle');
    await writeBundle(into, makeBundle(document, reading, into), { replace: false });
    await load(db, [into], { newService: true });
  };
  const editions = (await knownEditions()).filter(({ edition }) =>
    ['2018', '2021'].includes(String(edition)),
  );
  const reportsOf = async (isPdf: boolean) => {
    const layouts = layoutNames.filter((layout) => (layout === 'PDF') === isPdf);
    const planned = editions.flatMap((edition) =>
      layouts.flatMap((layout) => [1, 2, 3, 4, 5, 6].map((seed) => ({ edition, layout, seed }))),
    );
    const chosen = planned.slice(0, reports);
    return Promise.all(
      chosen.map(async ({ edition, layout, seed }) => (await inventedReport(layout, edition, seed)).bytes),
    );
  };
  const laidOut = { txt: await reportsOf(false), pdf: await reportsOf(true) };
  const saved = path.join(home, 'good.backup');
  await rm(saved, { force: true });
  await backup(ground.url, saved);
  const backedUp = await readFile(saved);
  const restoring = async (folder: string, { empty }: Ground) =>
    restore(await empty(), path.join(folder, 'a.backup'));
  const register = (name: string) => readFile(dbPath('register', `${name}.yaml`));
  return [
    { name: 'inspection 2018', files: texts({ 'inspection.yaml': good2018 }), use: bundle },
    { name: 'inspection 2021', files: texts({ 'inspection.yaml': good2021 }), use: bundle },
    {
      name: 'inspection as JSON',
      files: texts({ 'inspection.json': JSON.stringify(parse(good2018), null, 1) }),
      use: bundle,
    },
    { name: 'long answers', files: filesOf(good, 'long'), use: bundle },
    { name: 'wide answers', files: filesOf(good, 'wide'), use: bundle },
    {
      name: 'one of many',
      files: inFolder('one', filesOf(good, 'long')),
      use: async (folder, { db, url }) => {
        await writeFiles(folder, others(good));
        await load(db, [folder], { newService: true, url });
      },
    },
    {
      name: 'edition',
      files: texts({
        ...Object.fromEntries(
          Object.entries(editionFiles()).map(([name, text]) => [`edition/${name}`, text]),
        ),
        'under/inspection.yaml': underGoodEdition,
      }),
      use: (folder, { db }) => load(db, [path.join(folder, 'edition'), path.join(folder, 'under')]),
    },
    {
      name: 'ratings table',
      files: texts({
        'table.csv': ratings
          .replace('Area', 'Service')
          .replace(',Remarks', '')
          .replaceAll(/,(seen)?\n/g, '\n'),
      }),
      use: (folder, { db }) =>
        loadRatingsTable(db, path.join(folder, 'table.csv'), { edition: '2018', synthetic: true }),
    },
    {
      name: 'ratings table with a column map',
      files: texts({ 'table.csv': ratings, 'columns.yaml': columns }),
      use: (folder, { db }) =>
        loadRatingsTable(db, path.join(folder, 'table.csv'), {
          columns: path.join(folder, 'columns.yaml'),
          synthetic: true,
        }),
    },
    {
      name: 'register of services',
      isOwners: true,
      files: { 'services.yaml': await register('services') },
      use: (folder, { db }) =>
        inOneTransaction(db, (trx) => loadRegister(trx, 'services', path.join(folder, 'services.yaml'))),
    },
    {
      name: 'register of local authorities',
      isOwners: true,
      files: { 'authorities.yaml': await register('local-authorities') },
      use: (folder, { db }) =>
        inOneTransaction(db, (trx) =>
          loadRegister(trx, 'local-authorities', path.join(folder, 'authorities.yaml')),
        ),
    },
    {
      name: 'crosswalk',
      isOwners: true,
      files: { 'crosswalk.yaml': await readFile(dbPath('editions', 'crosswalk.yaml')) },
      use: (folder, { db }) =>
        inOneTransaction(db, (trx) => loadCrosswalk(trx, path.join(folder, 'crosswalk.yaml'))),
    },
    ...(['txt', 'pdf'] as const).map((extension): Target => {
      const name = `report.${extension}`;
      const variants = laidOut[extension].map((file) => ({ [name]: file }));
      return { name, files: variants[0] ?? {}, variants, use: report };
    }),
    { name: 'backup', isOwners: true, files: { 'a.backup': backedUp }, use: restoring },
    {
      name: 'backup, packed again',
      isOwners: true,
      files: { 'a.backup': backedUp },
      use: restoring,
      unpack: { open: gunzipSync, close: gzipSync },
    },
    {
      name: 'backup, with a digest that is right',
      isOwners: true,
      files: { 'a.backup': backedUp },
      use: restoring,
      unpack: { open: gunzipSync, close: (content) => gzipSync(withDigest(content)) },
    },
  ];
}

/** A backup's lines with the digest and number of tables that they have: whoever forges one would see to that. */
function withDigest(content: Buffer): Buffer {
  const end = content.lastIndexOf('\n', content.length - 2) + 1;
  const before = content.subarray(0, end);
  const tables = before.toString('latin1').match(/^\{"table"/gm)?.length ?? 0;
  const sha256 = createHash('sha256').update(before).digest('hex');
  return Buffer.concat([before, Buffer.from(`${JSON.stringify({ end: true, tables, sha256 })}\n`)]);
}

/** Files of a target, one of them (or two) garbled: the same for the same number. */
export function anyFiles(target: Target, number: number): Record<string, Buffer> {
  const dice = diceOf(number);
  const files = { ...dice.pick(target.variants ?? [target.files]) };
  const names = Object.keys(files);
  for (let left = 1 + Number(dice.below(4) === 0); left > 0; left--) {
    const name = dice.pick(names);
    const { open, close } = target.unpack ?? { open: (file: Buffer) => file, close: (file: Buffer) => file };
    files[name] = close(garbled(open(files[name] as Buffer), dice));
  }
  return files;
}

/** Words that are the program's own, and no user's. */
const ofTheProgram = /TypeError|RangeError|ReferenceError|PostgresError|undefined|\[object|\bNaN\b|\n\s+at /g;
/** Words that are the server's own. Whoever owns the database may read them, of files that are the owner's. */
const ofTheServer = /violates|constraint|relation "|core\.|syntax error|SQLSTATE/g;

/** Words that nobody is to read, and that no file has said. */
const strangeWords = (
  said: string,
  { files, isOwners }: { files: Record<string, Buffer>; isOwners: boolean },
) =>
  [...said.matchAll(ofTheProgram), ...(isOwners ? [] : said.matchAll(ofTheServer))]
    .map(([word]) => word)
    .filter((word) => !Object.values(files).some((content) => content.includes(word)));

/**
 * Gives a target files and looks how it goes. Throws an Error for whatever a user is never to meet: an error that is none of theirs,
 * words that are not, an exit code that says something else.
 */
export async function tried(
  target: Target,
  files: Record<string, Buffer>,
  ground: Ground,
  home: string,
): Promise<Went> {
  const folder = await mkdtemp(path.join(home, 'tried-'));
  try {
    await writeFiles(folder, files);
    await target.use(folder, ground);
    return 'done';
  } catch (raised) {
    const error = explainDatabaseError(raised, ground.url);
    if (!(error instanceof UserError)) throw new Error(`${target.name}: no user's error`, { cause: raised });
    const said = [error.message, ...error.problems.slice(0, 60).map(formatProblem)]
      .join('\n')
      .replaceAll(folder, '');
    if (
      strangeWords(said, { files, isOwners: target.isOwners ?? false }).length > 0 ||
      error.message.trim() === ''
    )
      throw new Error(`${target.name}: no user's words: ${said.slice(0, 2000)}`, { cause: raised });
    if (error.exit !== 1)
      throw new Error(`${target.name}: exit code ${error.exit}: ${said}`, { cause: raised });
    if (error.message.length > 3000)
      throw new Error(`${target.name}: a message of ${error.message.length} characters`);
    return error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
