import { readdir } from 'node:fs/promises';
import { sql, type Transaction } from 'kysely';
import type { DB } from '../database/schema.js';
import { dbPath } from '../paths.js';
import { checkEditionInUse } from './edition/check-edition-in-use.js';
import { openEdition, toEdition } from './edition/edition-file.js';
import { writeCrosswalk, writePairs } from './edition/question-links.js';
import { writeEdition } from './edition/write-edition.js';
import type { FileRecord } from './files/source.js';
import { readText, YamlFile } from './files/yaml-file.js';
import type { Loaded } from './load.js';
import { writePublishedTotals } from './published-totals.js';
import {
  contentHash,
  isKept,
  type Kind,
  lastLoadedWith,
  newestLoad,
  type Origin,
  queueFor,
  recordLoads,
} from './record.js';
import { writeAuthorities, writeServices } from './register/register.js';
import { countAnswers, rateEdition } from './renew.js';

/** Loads the reference data that comes with the package: the register, the editions, and the published totals. */
export async function loadReference(trx: Transaction<DB>): Promise<Loaded[]> {
  const done = [await loadRegister(trx, 'local-authorities'), await loadRegister(trx, 'services')];
  const folders = await readdir(dbPath('editions'), { withFileTypes: true });
  for (const { name } of folders
    .filter((entry) => entry.isDirectory())
    .sort((a, b) => (a.name < b.name ? -1 : 1))) {
    done.push(await loadEdition(trx, dbPath('editions', name), 'package'));
  }
  const totals = { kind: 'published totals' as const, subject: 'totals' };
  done.push(await loadFile(trx, dbPath('published', 'totals.yaml'), totals, writePublishedTotals));
  return done;
}

/** Loads an edition's folder. Throws a UserError with every problem of it. */
export async function loadEdition(trx: Transaction<DB>, folder: string, origin: Origin): Promise<Loaded> {
  const opened = await openEdition(folder);
  const files = [opened.rules, opened.questions, opened.crosswalk, opened.pairs].flatMap(
    (file) => file?.record ?? [],
  );
  const known = await unchanged(trx, 'edition', files);
  if (known) return known;
  const { edition, ...yaml } = toEdition(opened);
  const code = String(edition.edition);
  return once(trx, { kind: 'edition', subject: code, files, origin }, async () => {
    await checkEditionInUse(trx, edition, yaml);
    const groups = await groupsOfCases(trx, code);
    await writeEdition(trx, edition);
    if ((await groupsOfCases(trx, code)) !== groups) await countAnswers(trx, code);
    await writeCrosswalk(trx, code, yaml.crosswalk);
    await writePairs(trx, code, yaml.pairs);
    return (loadId) => rateEdition(trx, code, loadId);
  });
}

/** What the cases of an edition are grouped by, as a text that is another one where that is. */
async function groupsOfCases(trx: Transaction<DB>, edition: string): Promise<string | undefined> {
  const { rows } = await sql<{ groups: string }>`
    select string_agg(named::text, ',' order by named) as groups
    from (
      select sample, kind_of_case, kind
      from core.edition
      join core.sample using (edition_code)
      join core.case_kind using (sample_id)
      where edition_code = ${edition}
      union all
      select '', attribute, value from core.attribute_value where edition_code = ${edition}
    ) as named`.execute(trx);
  return rows[0]?.groups;
}

const registers = { 'local-authorities': writeAuthorities, services: writeServices };

/** Loads a part of the register. Throws a UserError with every problem of its file. */
export const loadRegister = (
  trx: Transaction<DB>,
  name: keyof typeof registers,
  file: string = dbPath('register', `${name}.yaml`),
): Promise<Loaded> => loadFile(trx, file, { kind: 'register', subject: name }, registers[name]);

/** Loads a file that comes with the package, whole. Throws a UserError with every problem of it. */
async function loadFile(
  trx: Transaction<DB>,
  file: string,
  { kind, subject }: { kind: Kind; subject: string },
  write: (trx: Transaction<DB>, yaml: YamlFile) => Promise<void>,
): Promise<Loaded> {
  const source = await readText(file);
  const files = [source.record];
  return (
    (await unchanged(trx, kind, files)) ??
    once(trx, { kind, subject, files, origin: 'package' }, () => write(trx, new YamlFile(source)))
  );
}

/**
 * What was last loaded with just the content of these files: then nothing of them has to be parsed, which takes longest, and no
 * loader has to be waited for.
 */
async function unchanged(trx: Transaction<DB>, kind: Kind, files: FileRecord[]): Promise<Loaded | undefined> {
  const hash = contentHash(files);
  const subject = (await lastLoadedWith(trx, kind, [hash])).get(hash);
  return subject === undefined ? undefined : { ...loadedAs(kind, subject), outcome: 'unchanged' };
}

const loadedAs = (kind: Kind, subject: string) => ({
  kind,
  subject,
  name: `${kind} ${subject}`,
  notices: [],
});

/**
 * Writes a subject unless its newest load had the same content, and keeps a record of it. What is to be done with the record's key is
 * what `write` comes back with.
 */
async function once(
  trx: Transaction<DB>,
  { kind, subject, files, origin }: { kind: Kind; subject: string; files: FileRecord[]; origin: Origin },
  write: () => Promise<((loadId: number) => Promise<void>) | void>,
): Promise<Loaded> {
  await queueFor(trx, kind, subject);
  const newest = await newestLoad(trx, kind, subject);
  const loaded = loadedAs(kind, subject);
  if (isKept(newest, contentHash(files), origin)) return { ...loaded, outcome: 'unchanged' };
  const afterwards = await write();
  const [loadId] = await recordLoads(trx, [{ kind, subject, origin, files }]);
  if (afterwards) await afterwards(loadId as number);
  return { ...loaded, outcome: newest ? 'replaced' : 'loaded' };
}
