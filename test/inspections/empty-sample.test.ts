import { describe, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { standardRating } from '../../src/queries/of-inspections.js';
import { compareSqlAndTypescript, type Row, rowsOfViews } from '../../src/reconcile/sql-and-typescript.js';
import { figuresOf, invented, testFolder } from '../support/bundles.js';
import { askedQuestions } from '../support/case-files.js';
import { testDatabase } from '../support/database.js';

// Under the 2018 edition domain 2 is judged on court cases, domain 3 on those out of court. All that is judged is Good, and every
// court case is yes: 4 x 2 and 4 x 3 points. Of out-of-court cases there were none, or nothing is said.

const database = testDatabase();
const files = testFolder();

const judged = Object.fromEntries(['1.1', '1.2', '1.3', '1.4'].map((code) => [code, 'Good']));
const inspection = (service: string, sample: object, figures: object = {}) =>
  invented({ service, report: { fieldwork_month: '2019-05' }, sample, standard_ratings: judged, ...figures });
const allYes = {
  key_questions: Object.assign(
    {},
    ...['2.1', '2.2', '2.3', '2.4'].map((standard) => figuresOf(standard, [8, 8], [8, 8], [8, 8])),
  ),
};

/** The rows of an inspection in the views, which TypeScript has to equal. */
async function shown(bundle: Promise<string>): Promise<Record<string, Row>> {
  const [{ inspectionId = 0 } = {}] = await load(database.db, [await bundle], { newService: true });
  expect((await compareSqlAndTypescript(database.db, [inspectionId])).differences).toEqual([]);
  return Object.fromEntries((await rowsOfViews(database.db, [inspectionId])).get(inspectionId) ?? []);
}

const noCase = { not_computed_because: 'no relevant case' };
const unknown = { not_computed_because: 'no case answers, counts or percentages' };

test('a sample of no cases has no relevant case for its questions, leaves its standards unrated and the maximum smaller', async () => {
  const samples = { court_disposals: { cases: 8 }, out_of_court_disposals: { cases: 0 } };
  const rows = await shown(files.bundle(inspection('Leeds Youth Offending Team', samples, allYes)));
  for (const question of ['key question 3.1.1', 'key question 3.4.2', 'prompt 3.1.1.a'])
    expect(rows[question]).toMatchObject({
      ...{ yes: 0, no: 0, not_applicable: 0, relevant: 0, inspected: 0, percent: null },
      evidence: 'published counts',
    });
  expect(rows['standard 3.1']).toMatchObject({ rating: null, score: null, ...noCase });
  expect(rows.overall).toMatchObject({
    ...{ score: 20, max_score: 24, not_computed_because: 'no relevant case for 3.1, 3.2, 3.3, 3.4' },
  });
});

test('a standard that is judged on a sample of no cases is not rated, and limits nothing', async () => {
  const report = { fieldwork_month: '2023-05' };
  const of = {
    service: 'Derby Youth Justice Service',
    report,
    edition: '2021',
    sample: { resettlement: { cases: 0 } },
  };
  const rows = await shown(files.bundle(invented(of)));
  expect(rows['standard 4.1']).toMatchObject({ rating: null });
  const derby = (await standardRating(database.db, { synthetic: true })).filter(
    ({ area }) => area === 'Derby',
  );
  const marker = (code: string) => derby.find(({ standard }) => standard === code)?.marker;
  expect([marker('3.4'), marker('4.1')]).toEqual(['[x]', '[z]']);
});

describe('a sample of which nothing is said', () => {
  test('may have had cases: its standards are not known', async () => {
    const text = inspection('Hull Youth Justice Service', { court_disposals: { cases: 8 } }, allYes);
    const rows = await shown(files.bundle(text));
    expect(rows['key question 3.1.1']).toBeUndefined();
    expect(rows['standard 3.1']).toMatchObject({ rating: null, ...unknown });
    expect(rows.overall).toMatchObject({ score: null, max_score: null });
  });

  test('nor do listed cases of another one say that it had none', async () => {
    const court = askedQuestions('2018').filter(({ code }) => code.startsWith('2'));
    const folder = (service: string, sample: object) =>
      files.folder({
        'inspection.yaml': inspection(service, sample),
        'cases.csv': 'case,sample,disposal\nC-1,court,referral_order\n',
        'answers.csv': `case,question,answer\n${court.map(({ code }) => `C-1,${code},yes\n`).join('')}`,
      });
    const unsaid = await shown(folder('Bury Youth Justice Service', { court_disposals: { cases: 1 } }));
    expect(unsaid['standard 2.1']).toMatchObject({ rating: 'Outstanding' });
    expect(unsaid['standard 3.1']).toMatchObject(unknown);
    const none = await shown(
      folder('Bolton Youth Justice Service', { out_of_court_disposals: { cases: 0 } }),
    );
    expect(none['standard 3.1']).toMatchObject(noCase);
  });
});
