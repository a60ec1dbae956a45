import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { load } from '../../src/import/load.js';
import { compareSqlAndTypescript, rowsOfViews } from '../../src/reconcile/sql-and-typescript.js';
import { testDatabase } from '../support/database.js';

// What an edition may have beyond the real ones' rules. Everything expected here is worked by hand from two-programmes.yaml.

const database = testDatabase();
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-edition-'));
  await mkdir(path.join(folder, 'edition'));
  await cp(here('two-programmes.yaml'), path.join(folder, 'edition', 'rules.yaml'));
  await cp(here('two-programmes-questions.yaml'), path.join(folder, 'edition', 'questions.yaml'));
  await load(database.db, [path.join(folder, 'edition')]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Figures = Record<string, object>;
/** What a report says besides; figures are those of key questions that are other than usual. */
type Told = { figures?: Figures; [section: string]: unknown };

/** What an inspection's report says, unless told otherwise: 20 cases, and something of every key question. */
const usual: Figures = {
  'C1.1': { relevant_cases: 20, yes: 16 }, // 80%: Great
  'C1.2': { rating: 'Fair' },
  'C1.3': { relevant_cases: 10, yes: 7 }, // 70%: Good
  'C2.1': { relevant_cases: 20, yes: 13 }, // 65%: just Good
  'C2.2': { rating: 'Weak' },
  'C3.1': { relevant_cases: 20, yes: 2 }, // 10%: Weak
  'C3.2': { rating: 'Great' },
  'C3.3': { rating: 'Good' },
};

function bundle(name: string, fieldwork: string, { figures = {}, ...given }: Told) {
  return {
    service: { name: `${name} Service`, area: name },
    report: { fieldwork_from: fieldwork },
    edition: '2040',
    synthetic: true,
    samples: { community: { cases: 20 } },
    key_questions: { ...usual, ...figures },
    ...given,
  };
}

/** Loads an inspection and gives its rows in the views, which TypeScript has to equal. */
async function rated(name: string, ...told: [fieldwork: string, given: Told]) {
  const file = path.join(folder, `${name}.yaml`);
  await writeFile(file, stringify(bundle(name, ...told)));
  return rowsOf(name, file);
}

async function rowsOf(name: string, bundle: string) {
  const [loaded] = await load(database.db, [bundle], { newService: true });
  const { rows } = await sql<{ id: number }>`
    select inspection_id as id from core.inspection join core.service using (service_id) where area = ${name}`.execute(
    database.db,
  );
  const id = rows[0]?.id as number;
  expect((await compareSqlAndTypescript(database.db, [id])).differences).toEqual([]);
  const found = (await rowsOfViews(database.db, [id])).get(id);
  return { row: (key: string) => found?.get(key), notices: loaded?.notices };
}

const messages = (problems: readonly { message: string }[] | undefined) =>
  problems?.map(({ message }) => message);

describe('a judged key question beside counted ones', () => {
  test('sets the rating where it is the lowest, as the standard says which count', async () => {
    const { row } = await rated('Alder', '2040-05-07', { judgements: { O1: 'Good' } });
    // all of them: Great, Fair as judged, Good; three of the ten answers to C1.3 would have to go for less than Fair
    expect(await row('standard C1')).toMatchObject({
      computed_rating: 'Fair',
      driving_key_question: 'C1.2',
      lowest_percent: 70,
      near_boundary: false,
      one_case_flips: false,
      small_sample: false,
      score: 3,
    });
    // the counted alone, though what is judged is Weak; 65% is at the boundary, and 12 of 20 are 60%
    expect(await row('standard C2')).toMatchObject({
      computed_rating: 'Good',
      driving_key_question: 'C2.1',
      near_boundary: true,
      one_case_flips: true,
      score: 2,
    });
    // the judged alone, though what is counted is Weak: no answer of a case changes it
    expect(await row('standard C3')).toMatchObject({
      computed_rating: 'Good',
      driving_key_question: 'C3.3',
      lowest_percent: null,
      near_boundary: false,
      one_case_flips: false,
      small_sample: false,
      evidence: 'ratings only',
      score: 2,
    });
    expect(await row('key question C3.1')).toMatchObject({ percent: 10, rating: 'Weak' });
    expect(await row('key question C1.2')).toBeUndefined();
    // Good twice, Fair three times, Good, Good: 2 * 2 + 3 * 1 + 2 + 2 of 7 * 3; Good begins at 12
    expect(await row('overall')).toMatchObject({
      score: 11,
      max_score: 21,
      rating: 'Fair',
      limited_by: null,
    });
  });

  test('leaves the standard unrated where no judgement is recorded', async () => {
    const figures = { 'C1.2': { lost: ['rating'] } };
    const { row } = await rated('Birch', '2040-05-07', { figures, judgements: { O1: 'Good' } });
    expect(await row('standard C1')).toMatchObject({
      computed_rating: null,
      not_computed_because: 'not known: C1.2',
      rating: null,
    });
    expect(await row('overall')).toMatchObject({
      score: null,
      rating: null,
      not_computed_because: 'no rating is known for C1',
    });
  });

  test('but not where the lowest rating is reached already', async () => {
    const figures = { 'C1.1': { relevant_cases: 20, yes: 9 }, 'C1.2': { lost: ['rating'] } };
    const { row } = await rated('Cedar', '2040-05-07', { figures, judgements: { O1: 'Good' } });
    // 45% is Weak; one answer more is 50%, but what was judged may be Weak too
    expect(await row('standard C1')).toMatchObject({
      computed_rating: 'Weak',
      driving_key_question: 'C1.1',
      one_case_flips: null,
      score: 0,
    });
    // 4 + 0 + 2 + 2
    expect(await row('overall')).toMatchObject({ score: 8, rating: 'Fair' });
  });
});

describe('a programme of some standards', () => {
  test('has its own standards, points and bands', async () => {
    const figures = {
      'C1.1': { relevant_cases: 20, yes: 20 },
      'C1.2': { rating: 'Great' },
      'C1.3': { relevant_cases: 20, yes: 20 },
      'C3.2': { rating: 'Fair' },
    };
    const { row } = await rated('Dogwood', '2040-05-07', { programme: 'brief', figures });
    expect(await row('standard O1')).toBeUndefined();
    expect(await row('standard C1')).toMatchObject({ computed_rating: 'Great', score: 3 });
    // 3 + 2 + 1 of 9, each once: Good from 5 here, Weak below 7 in the other programme
    expect(await row('overall')).toMatchObject({ score: 6, max_score: 9, rating: 'Good' });
  });

  test('rates no others, and is one that the edition has', async () => {
    const file = path.join(folder, 'Dewberry.yaml');
    const refused = async (given: Told) => {
      await writeFile(file, stringify(bundle('Dewberry', '2040-05-07', given)));
      const error = await load(database.db, [file], { newService: true }).catch((reason: unknown) => reason);
      return messages((error as { problems: { message: string }[] }).problems);
    };
    expect(await refused({ programme: 'brief', judgements: { O1: 'Good' } })).toEqual([
      'standard O1 is not inspected in programme brief',
    ]);
    const discretion = [{ standard: 'O1', from: 'Fair', to: 'Good', reason: 'They said so.' }];
    expect(await refused({ programme: 'brief', professional_discretion: discretion })).toContain(
      'standard O1 is not inspected in programme brief',
    );
    expect(await refused({ programme: 'breif' })).toEqual([
      'edition 2040 has no programme "breif" (did you mean "brief"?): whole, brief',
    ]);
    expect(await refused({ figures: { 'C1.2': { relevant_cases: 9, yes: 1 } } })).toEqual([
      'C1.2 is judged, not counted: it has a rating and no figures',
    ]);
    expect(await refused({ figures: { 'C1.1': { rating: 'Good' } } })).toContain(
      'C1.1 is counted from cases: its rating is computed, not given',
    );
    expect(await refused({ prompts: { 'C1.2.a': { rating: 'Good' } } })).toEqual([
      'C1.2.a stands below a key question that is judged: it has no figures and no rating',
    ]);
  });
});

describe('an overall rating', () => {
  const judgements = { O1: 'Good' };

  test('that is judged is the one that was published', async () => {
    const { row } = await rated('Elm', '2041-05-07', { judgements, overall: { rating: 'Great' } });
    expect(await row('overall')).toMatchObject({
      score: null,
      max_score: null,
      rating: 'Great',
      not_computed_because: 'it is judged, not computed',
    });
    const { rows } = await sql`
      select rating_source from analytics.overall_rating where area = 'Elm'`.execute(database.db);
    expect(rows).toEqual([{ rating_source: 'judgement' }]);
  });

  test('that the edition does not give is none', async () => {
    const { row } = await rated('Fir', '2042-05-07', { judgements });
    expect(await row('standard C1')).toMatchObject({ rating: 'Fair', score: 3 });
    expect(await row('overall')).toMatchObject({
      score: null,
      rating: null,
      not_computed_because: 'the edition has no overall rating',
    });
  });

  test('of which no rule is known is not computed', async () => {
    const { row } = await rated('Gorse', '2043-05-07', { judgements, overall: { rating: 'Good' } });
    expect(await row('overall')).toMatchObject({
      score: null,
      rating: 'Good',
      not_computed_because: 'the rule of the overall rating is not known',
    });
  });
});

test('without known bands and bases counts stay counts, what is judged is rated, and published ratings stand', async () => {
  const { row } = await rated('Holly', '2044-05-07', {
    samples: { community: { cases: 25 } },
    judgements: { O1: 'Good' },
    standard_ratings: { C1: 'Good', C2: 'Fair' },
  });
  expect(await row('key question C1.1')).toMatchObject({
    yes: 16,
    relevant: 20,
    percent_of_relevant: 80,
    percent_of_inspected: 64,
    percent: null,
    rating: null,
    low: null,
  });
  expect(await row('standard C1')).toMatchObject({
    computed_rating: null,
    not_computed_because: 'the bands of the edition are not known',
    rating: 'Good',
    rating_source: 'published',
    score: 6,
  });
  expect(await row('standard C3')).toMatchObject({ computed_rating: 'Good', rating_source: 'computed' });
  // 4 + 6 + 1 + 2
  expect(await row('overall')).toMatchObject({ score: 13, max_score: 21, rating: 'Good' });
});

test('a question is not asked of a case with some value: no answer is missed, and one that is there is kept and told', async () => {
  const to = path.join(folder, 'Ivy');
  await mkdir(to);
  const judged = Object.fromEntries(
    Object.entries(usual).filter(([code]) => ['C1.2', 'C2.2', 'C3.2', 'C3.3'].includes(code)),
  );
  await writeFile(
    path.join(to, 'inspection.yaml'),
    stringify(
      bundle('Ivy', '2040-05-07', {
        samples: { community: { cases: 3 } },
        judgements: { O1: 'Good' },
        key_questions: judged,
      }),
    ),
  );
  await writeFile(
    path.join(to, 'cases.csv'),
    'case,sample,order,stage\nK1,community,long,early\nK2,community,short,late\nK3,community,short,early\n',
  );
  await writeFile(
    path.join(to, 'answers.csv'),
    `case,C1.1,C1.1.a,C1.3,C2.1,C3.1
K1,yes,yes,,yes,yes
K2,yes,no,no,yes,yes
K3,yes,yes,yes,no,yes
`,
  );
  const { row, notices } = await rowsOf('Ivy', to);
  expect(messages(notices)).toEqual([
    'question C1.3 is not asked where stage is early, but 1 such case has an answer: kept as it is',
  ]);
  // K1 is not asked, K2 says no, K3 says yes
  expect(await row('key question C1.3')).toMatchObject({ yes: 1, no: 1, not_applicable: 1, percent: 50 });
  expect(await row('standard C1')).toMatchObject({ computed_rating: 'Fair', evidence: 'case answers' });
});
