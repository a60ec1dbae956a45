import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Files } from '../../scripts/damage/changes.js';
import { damaged, filesOf, type GoodBundle } from '../../scripts/damage/damage.js';
import { readFramework } from '../../src/import/edition/framework.js';
import { type Loaded, load } from '../../src/import/load.js';
import { UserError } from '../../src/problem.js';
import { contents, expectPlainWords, testFolder } from '../support/bundles.js';
import { caseTables } from '../support/case-files.js';
import { testDatabase } from '../support/database.js';

// DAMAGE_SEED and DAMAGE_RUNS choose other damages, and how many.
const firstSeed = Number(process.env.DAMAGE_SEED ?? 0);
const runs = Number(process.env.DAMAGE_RUNS ?? 200);
/** What the loading of one small bundle may take, in milliseconds. */
const limit = 10_000;

const database = testDatabase();
const files = testFolder();
const groups = Array.from({ length: 10 }, (_, group) => ({
  from: firstSeed + Math.floor((group * runs) / 10),
  to: firstSeed + Math.floor(((group + 1) * runs) / 10),
}));
const counts = { loaded: 0, refused: 0 };
let good: GoodBundle;
/** By question: whether court cases are asked it. */
const isOfCourt = new Map<string, boolean>();

const inspection = `about: Invented for a test; no such inspection took place.
synthetic: true
service: {name: Barset Youth Justice Service, area: Barset, region: East Midlands, kind: YJS}
report:
  title: An invented inspection
  published: "2019-08"
  lead_inspector: Zoë Nobody
  fieldwork_from: "2019-05-13"
  fieldwork_to: "2019-05-17"
edition: "2018"
sample:
  court_disposals: {cases: 3, referral_order: 2}
  out_of_court_disposals: {cases: 3, youth_caution: 1, youth_conditional_caution: 1}
overall: {rating: Good, score: 24, out_of: 36, place: 3}
standard_ratings:
  "1.1": Good
  "2.1": {rating: Outstanding, place: page 3}
key_questions:
  "2.1.1": {relevant_cases: 3, yes: 2}
  "2.1.2": {relevant_cases: 2, yes: 1}
  "2.2.1": {relevant_cases: 3, yes: 3}
  "3.1.1": {relevant_cases: 3, yes: 1}
prompts:
  "2.1.1.a": {relevant_cases: 3, yes: 0}
findings:
  - {kind: strength, standard: "1.1", summary: Leaders know the children.}
`;

beforeAll(async () => {
  const framework = await database.db.transaction().execute((trx) => readFramework(trx, '2018'));
  const court = framework?.questionnaires.get('court');
  const questions = [...(framework?.questions ?? [])]
    .filter(([, { questionnaire, from, until }]) => questionnaire !== null && !from && !until)
    .map(([code, { questionnaire, disposals }]) => {
      isOfCourt.set(code, questionnaire === court);
      return {
        code,
        sample: questionnaire === court ? ('court' as const) : ('out of court' as const),
        ...(disposals && { disposals: [...disposals] }),
      };
    });
  const { cases, answers } = caseTables(parse(inspection), questions);
  const genders = ['gender', 'female', 'male', 'male', 'not known', 'female', 'another gender'];
  good = { inspection, cases: cases.map((row, at) => [...row, genders[at] as string]), answers };
});

/** What the tables of a bundle say, as they stand there: a reader that knows no more than what a table is. */
function meant({ 'cases.csv': cases, 'answers.csv': answers }: Files): {
  cases: string[];
  answers: string[];
} {
  const words: Record<string, string> = { y: 'yes', n: 'no', na: 'not applicable', 'n/a': 'not applicable' };
  const listed = table(cases as Buffer).map(
    (row) => [row.get('case') ?? '', simple(row.get('sample')), simple(row.get('disposal'))] as const,
  );
  const given = new Map<string, string>();
  for (const row of table(answers as Buffer)) {
    const cells = row.has('question')
      ? [[row.get('question') ?? '', row.get('answer') ?? ''] as const]
      : [...row].filter(([heading]) => /^\d/.test(heading));
    for (const [code, answer] of cells)
      if (answer)
        given.set(`${row.get('case')} ${code}`, words[answer.toLowerCase()] ?? answer.toLowerCase());
  }
  return {
    cases: listed.map((one) => one.join(' ')).sort(),
    answers: listed
      .flatMap(([one, sample]) =>
        [...isOfCourt]
          .filter(([, ofCourt]) => ofCourt === (sample === 'court'))
          .map(([code]) => `${one} ${code} ${given.get(`${one} ${code}`) ?? 'not applicable'}`),
      )
      .sort(),
  };
}

const simple = (text = '') => text.toLowerCase().replaceAll(/[\s_-]+/g, ' ');

/** The rows of a table, by heading; blank ones and totals at the end are left out. */
function table(bytes: Buffer): Map<string, string>[] {
  const [first, second] = bytes;
  const isUtf8 = Buffer.from(bytes.toString()).equals(bytes);
  const text =
    first === 0xff && second === 0xfe
      ? bytes.toString('utf16le')
      : first === 0xfe && second === 0xff
        ? Buffer.from(bytes.subarray(0, bytes.length & ~1))
            .swap16()
            .toString('utf16le')
        : bytes.toString(isUtf8 ? 'utf8' : 'latin1');
  const plain = text
    .replace(/^\ufeff/, '')
    .replaceAll(/\r\n?/g, '\n')
    .replace(/^[\s,;]*\n/, '');
  const heading = plain.slice(0, plain.indexOf('\n'));
  const delimiter = [';', '\t'].find((one) => heading.split(one).length > heading.split(',').length) ?? ',';
  const rows: string[][] = [['']];
  let isQuoted = false;
  for (const char of plain) {
    const row = rows.at(-1) as string[];
    if (char === '"') isQuoted = !isQuoted;
    else if (char === '\n' && !isQuoted) rows.push(['']);
    else if (char === delimiter && !isQuoted) row.push('');
    else row[row.length - 1] += char;
  }
  const [headings = [], ...rest] = rows.map((row) => row.map((one) => one.trim()));
  return rest
    .filter((row) => row.some((one) => one !== '') && !isTotals(row))
    .map((row) => new Map(headings.map((name, at) => [name.toLowerCase(), row[at] ?? ''])));
}

const isTotals = ([label = '', ...rest]: string[]) =>
  /^total/i.test(label) || (label === '' && rest.every((one) => /^\d*$/.test(one)));

/** What is stored of an inspection, by the newest load of its subject. */
async function stored(subject: string): Promise<{ cases: string[]; answers: string[] }> {
  const { rows } = await sql<{ cases: string[]; answers: string[] }>`
    with loaded as (
      select inspection_id from core.load where kind = 'inspection' and subject = ${subject} order by load_id desc limit 1
    )
    select
      (select array_agg(pseudonym || ' ' || sample || ' ' || replace(disposal, '_', ' '))
        from core.inspected_case join loaded using (inspection_id)) as cases,
      (select array_agg(pseudonym || ' ' || question_code || ' ' || answer)
        from core.answer
        join core.inspected_case using (inspection_id, case_no)
        join core.question using (question_id)
        join loaded using (inspection_id)) as answers`.execute(database.db);
  return { cases: (rows[0]?.cases ?? []).sort(), answers: (rows[0]?.answers ?? []).sort() };
}

/** Loads a bundle in the time it may take; a user error is returned. */
async function outcomeOf(bundle: string): Promise<Loaded | UserError> {
  const done = await Promise.race([
    load(database.db, [bundle]).catch((error: unknown) => error),
    pause(limit, new Error('it hangs'), { ref: false }),
  ]);
  if (done instanceof UserError) return done;
  if (Array.isArray(done)) return done[0];
  throw done;
}

test.each(['long', 'wide'] as const)(
  'an undamaged bundle with %s answers loads with all that it says',
  async (form) => {
    const bundle = filesOf(good, form);
    const loaded = (await outcomeOf(await files.folder(bundle))) as Loaded;
    const { cases, answers } = await stored(loaded.subject);
    expect({ cases, answers }).toEqual(meant(bundle));
    expect(cases).toHaveLength(6);
    // Those given and, of the questions of some disposals only, those not asked.
    expect(answers).toHaveLength([...isOfCourt].length * 3);
    expect(answers).toContain('C1 2.1.1 yes');
    expect(answers).toContain('C3 2.1.1 no');
  },
);

test.each(groups)(
  'bundles damaged with the seeds from $from to below $to',
  { timeout: 300_000 },
  async ({ from, to }) => {
    const clean = meant(filesOf(good, 'long'));
    let before = await contents(database.db);
    for (let seed = from; seed < to; seed++) {
      const { what, outcome, files: bundle } = damaged(good, seed);
      const done = await outcomeOf(await files.folder(bundle)).catch((error: unknown) => {
        throw new Error(what, { cause: error });
      });
      const after = await contents(database.db);
      if (done instanceof UserError) {
        counts.refused++;
        const said = [done.message, ...done.problems.slice(0, 3).map(({ message }) => message)].join('\n');
        expect(outcome, `${what}\n${said}`).not.toBe('loads');
        expectPlainWords(done);
        expect(after, what).toEqual(before);
      } else {
        counts.loaded++;
        expect(outcome, what).not.toBe('refused');
        const found = await stored(done.subject);
        expect(found, what).toEqual(meant(bundle));
        if (outcome === 'loads') expect(found, what).toEqual(clean);
      }
      before = after;
    }
  },
);

test('of damaged bundles some load and some are refused', () => {
  console.log(`${runs} damaged bundles: ${counts.loaded} loaded, ${counts.refused} refused`);
  expect(counts.loaded + counts.refused).toBe(runs);
  expect(counts.loaded).toBeGreaterThan(runs / 10);
  expect(counts.refused).toBeGreaterThan(runs / 3);
});
