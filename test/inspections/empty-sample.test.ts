import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { compareSqlAndTypescript, rowsOfViews } from '../../src/reconcile/sql-and-typescript.js';
import { testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';

// Under the 2018 edition domain 2 is judged on court cases, domain 3 on those out of court. All that is judged is Good, and every
// court case is yes: 4 x 2 and 4 x 3 points. Of out-of-court cases there were none, or nothing is said.

const database = testDatabase();
const files = testFolder();

const inspection = (service: string, sample: string, figures = '') => `synthetic: true
service: ${service}
report: {fieldwork_month: "2019-05"}
edition: "2018"
sample: {${sample}}
standard_ratings: {"1.1": Good, "1.2": Good, "1.3": Good, "1.4": Good}
${figures}`;
const allYes = `key_questions: {${['2.1', '2.2', '2.3', '2.4']
  .flatMap((standard) => [1, 2, 3].map((n) => `"${standard}.${n}": {relevant_cases: 8, yes: 8}`))
  .join(', ')}}`;

/** The rows of an inspection in the views, which TypeScript has to equal. */
async function rowsOf(bundle: string) {
  const [{ inspectionId = 0 } = {}] = await load(database.db, [bundle], { newService: true });
  expect((await compareSqlAndTypescript(database.db, [inspectionId])).differences).toEqual([]);
  const rows = (await rowsOfViews(database.db, [inspectionId])).get(inspectionId);
  return (key: string) => rows?.get(key);
}

describe('a sample of no cases', () => {
  let row: Awaited<ReturnType<typeof rowsOf>>;
  beforeAll(async () => {
    const text = inspection(
      'Leeds Youth Offending Team',
      'court_disposals: {cases: 8}, out_of_court_disposals: {cases: 0}',
      allYes,
    );
    row = await rowsOf(await files.bundle(text));
  });

  test.each(['key question 3.1.1', 'key question 3.4.2', 'prompt 3.1.1.a'])(
    'has no relevant case for %s',
    (question) => {
      expect(row(question)).toMatchObject({
        yes: 0,
        no: 0,
        not_applicable: 0,
        relevant: 0,
        inspected: 0,
        percent: null,
        evidence: 'published counts',
      });
    },
  );

  test('leaves its standards unrated, and the maximum smaller', () => {
    expect(row('standard 3.1')).toMatchObject({
      rating: null,
      not_computed_because: 'no relevant case',
      score: null,
    });
    expect(row('overall')).toMatchObject({
      score: 20,
      max_score: 24,
      not_computed_because: 'no relevant case for 3.1, 3.2, 3.3, 3.4',
    });
  });
});

test('a standard that is judged on a sample of no cases is not rated, and limits nothing', async () => {
  const row = await rowsOf(
    await files.bundle(`synthetic: true
service: Derby Youth Justice Service
report: {fieldwork_month: "2023-05"}
edition: "2021"
sample: {resettlement: {cases: 0}}
`),
  );
  expect(row('standard 4.1')).toMatchObject({ rating: null });
  const { rows } = await sql`
    select marker from analytics.standard_rating where area = 'Derby' and standard in ('3.4', '4.1') and is_synthetic
    order by standard`.execute(database.db);
  expect(rows).toEqual([{ marker: '[x]' }, { marker: '[z]' }]);
});

describe('a sample of which nothing is said', () => {
  test('may have had cases: its standards are not known', async () => {
    const text = inspection('Hull Youth Justice Service', 'court_disposals: {cases: 8}', allYes);
    const row = await rowsOf(await files.bundle(text));
    expect(row('key question 3.1.1')).toBeUndefined();
    expect(row('standard 3.1')).toMatchObject({
      rating: null,
      not_computed_because: 'no case answers, counts or percentages',
    });
    expect(row('overall')).toMatchObject({ score: null, max_score: null });
  });

  test('nor do listed cases of another one say that it had none', async () => {
    const { rows } = await sql<{ code: string }>`
      select question_code as code
      from core.question
      join core.standard using (edition_code, standard_code)
      where edition_code = '2018' and domain_code = '2' and standard.basis = 'cases'`.execute(database.db);
    const answers = rows.map(({ code }) => `C-1,${code},yes\n`).join('');
    const bundle = (service: string, sample: string) =>
      files.folder({
        'inspection.yaml': inspection(service, sample),
        'cases.csv': 'case,sample,disposal\nC-1,court,referral_order\n',
        'answers.csv': `case,question,answer\n${answers}`,
      });
    const unsaid = await rowsOf(await bundle('Bury Youth Justice Service', 'court_disposals: {cases: 1}'));
    expect(unsaid('standard 2.1')).toMatchObject({ rating: 'Outstanding' });
    expect(unsaid('standard 3.1')).toMatchObject({
      not_computed_because: 'no case answers, counts or percentages',
    });
    const none = await rowsOf(
      await bundle('Bolton Youth Justice Service', 'out_of_court_disposals: {cases: 0}'),
    );
    expect(none('standard 3.1')).toMatchObject({ not_computed_because: 'no relevant case' });
  });
});
