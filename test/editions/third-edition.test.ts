import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { load } from '../../src/import/load.js';
import { compareSqlAndTypescript, rowsOfViews } from '../../src/reconcile/sql-and-typescript.js';
import { testDatabase } from '../support/database.js';

// An edition that differs from the real ones wherever rules can differ is added as data alone, and inspections are rated
// under it. Everything expected here is worked by hand from third-edition.yaml.

const database = testDatabase();
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-edition-'));
  await mkdir(path.join(folder, 'edition'));
  await cp(here('third-edition.yaml'), path.join(folder, 'edition', 'rules.yaml'));
  await cp(here('third-edition-questions.yaml'), path.join(folder, 'edition', 'questions.yaml'));
  await load(database.db, [path.join(folder, 'edition')]);
});

/** Loads an inspection under the invented edition and gives its rows in the views, which TypeScript has to equal. */
async function rated(name: string, fieldwork: string, given: object) {
  const bundle = {
    service: { name: `${name} Service`, area: name },
    report: { fieldwork_from: fieldwork },
    edition: '2030',
    synthetic: true,
    ...given,
  };
  const file = path.join(folder, `${name}.yaml`);
  await writeFile(file, stringify(bundle));
  await load(database.db, [file], { newService: true });
  const { rows } = await sql<{ id: number }>`
    select inspection_id as id from core.inspection join core.service using (service_id) where area = ${name}`.execute(
    database.db,
  );
  const id = rows[0]?.id as number;
  expect((await compareSqlAndTypescript(database.db, [id])).differences).toEqual([]);
  return (key: string) => rowsOfViews(database.db, [id]).then((all) => all.get(id)?.get(key));
}

describe('an invented third edition', () => {
  test('rates by its own scale, bands, bases and rounding', async () => {
    const row = await rated('Ashby', '2030-05-06', {
      sample: { out_of_court_disposals: { cases: 8 } },
      judgements: { A1: 'Strong', A2: 'Fair', A3: 'Poor' },
      key_questions: {
        'B1.1': { relevant_cases: 4, yes: 4 }, // 4/8 = 50%: Fair
        'B1.2': { relevant_cases: 8, yes: 6 }, // 75%: Strong
        'B2.1': { relevant_cases: 8, yes: 7 }, // 87.5%, rounded down to 87: Strong
      },
      prompts: { 'B1.1.a': { relevant_cases: 3, yes: 2 } }, // of relevant cases, 66.7 rounded down
    });
    expect(await row('key question B1.1')).toMatchObject({
      percent: 50,
      percent_of_relevant: 100,
      rating: 'Fair',
    });
    expect(await row('key question B2.1')).toMatchObject({ percent: 87, rating: 'Strong' });
    expect(await row('prompt B1.1.a')).toMatchObject({ percent: 66, percent_of_inspected: 25 });
    // B1: 50% is 25 points from 75 and 10 from 40; two answers more make 75%, and two are enough here
    expect(await row('standard B1')).toMatchObject({
      computed_rating: 'Fair',
      driving_key_question: 'B1.1',
      score: 2,
      near_boundary: false,
      one_case_flips: true,
      small_sample: false,
    });
    // 5 + 2 + 2 + 5 = 14 of 20: Fair from 8, Strong from 16. A3 is Poor but does not count, and alone limits nothing.
    expect(await row('overall')).toMatchObject({
      score: 14,
      max_score: 20,
      rating: 'Fair',
      limited_by: null,
    });
  });

  test('bands the exact fraction: 2 of 5 reach 40%, 39.9% would not', async () => {
    const row = await rated('Brook', '2030-05-06', {
      sample: { out_of_court_disposals: { cases: 18 } },
      key_questions: {
        'B1.1': { relevant_cases: 18, yes: 7 },
        'B1.2': { percent_yes: 50 },
        'B2.1': { percent_yes: 61 },
      },
    });
    // 7/18 = 38.9%
    expect(await row('key question B1.1')).toMatchObject({ percent: 38, rating: 'Poor' });
    // 50% of 18 is 9 cases
    expect(await row('key question B1.2')).toMatchObject({ rating: 'Fair', yes: null });
    // 61%, rounded down, is 11 of 18
    expect(await row('standard B2')).toMatchObject({ computed_rating: 'Fair' });
  });

  test('limits by its own rule: two of three standards Poor make overall Poor', async () => {
    const row = await rated('Croft', '2030-05-06', {
      sample: { out_of_court_disposals: { cases: 2 } },
      judgements: { A1: 'Poor', A2: 'Strong', A3: 'Poor' },
      key_questions: {
        'B1.1': { relevant_cases: 2, yes: 2 },
        'B1.2': { relevant_cases: 2, yes: 2 },
        'B2.1': { relevant_cases: 2, yes: 2 },
      },
    });
    expect(await row('standard B1')).toMatchObject({ computed_rating: 'Strong', small_sample: true });
    // 0 + 5 + 5 + 5 = 15: Fair by the score
    expect(await row('overall')).toMatchObject({
      score: 15,
      rating: 'Poor',
      limited_by: 'A1 Poor, A3 Poor: overall at most Poor',
    });
  });

  test('an unrated standard shrinks the bands in proportion', async () => {
    const row = await rated('Dale', '2030-05-06', {
      sample: { out_of_court_disposals: { cases: 5 } },
      judgements: { A1: 'Strong', A2: 'Fair' },
      key_questions: {
        'B1.1': { relevant_cases: 5, yes: 5 },
        'B1.2': { relevant_cases: 5, yes: 5 },
        'B2.1': { not_applicable: true },
      },
    });
    // 5 + 2 + 5 = 12 of 15, which is 16 of 20: just Strong
    expect(await row('overall')).toMatchObject({
      score: 12,
      max_score: 15,
      rating: 'Strong',
      not_computed_because: null,
    });
  });

  test('an amendment holds from its date on', async () => {
    const row = await rated('Eaves', '2031-03-01', {
      sample: { out_of_court_disposals: { cases: 2 } },
      judgements: { A1: 'Strong', A2: 'Fair' },
      key_questions: {
        'B1.1': { relevant_cases: 2, yes: 2 },
        'B1.2': { relevant_cases: 2, yes: 2 },
        'B1.3': { relevant_cases: 2, yes: 1 },
        'B2.1': { relevant_cases: 2, yes: 0 },
      },
    });
    // B1.3 is asked from 2031 on, and 50% is Fair; a sample of 2 is no longer a ground
    expect(await row('standard B1')).toMatchObject({
      computed_rating: 'Fair',
      driving_key_question: 'B1.3',
      small_sample: false,
    });
    // B2 no longer counts: 5 + 2 + 2 of 15. The full score is 15 too, so Fair begins at 8.
    expect(await row('standard B2')).toMatchObject({ computed_rating: 'Poor', score: null });
    expect(await row('overall')).toMatchObject({ score: 9, max_score: 15, rating: 'Fair' });
  });
});
