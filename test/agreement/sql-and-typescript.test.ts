import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Framework } from '../../src/framework/framework.js';
import { compareSqlAndTypescript, type Row } from '../../src/reconcile/sql-and-typescript.js';
import { compareBatch } from '../support/agreement-batch.js';
import { testDatabase } from '../support/database.js';

// The short run of test/long/agreement.test.ts: AGREEMENT_BATCHES and AGREEMENT_SEED make it longer, or another.
const database = testDatabase();
const seed = Number(process.env.AGREEMENT_SEED ?? 20_210_804) % 2000;
const batches = Number(process.env.AGREEMENT_BATCHES ?? 10);
const inspections = 16;

test('SQL and TypeScript give the same for every bundled inspection', async () => {
  const { cells, differences } = await compareSqlAndTypescript(database.db);
  expect(differences).toEqual([]);
  expect(cells).toBeGreaterThan(4000);
});

test('SQL and TypeScript give the same for drawn inspections, whole batches of a random edition each', async () => {
  const seen = new Set<string>();
  let [decisions, ratings] = [0, 0];
  for (let batch = 0; batch < batches; batch++) {
    const compared = await compareBatch(database.db, { seed, batch, inspections }, (rows, edition) => {
      const judged = judgedQuestions(edition);
      for (const own of rows.values())
        for (const [key, row] of own) for (const outcome of outcomesOf(key, row, judged)) seen.add(outcome);
    });
    expect(compared.differences.slice(0, 3), `batch ${batch}`).toEqual([]);
    expect(compared.inspections).toBe(inspections);
    decisions += compared.decisions;
    ratings += compared.ratings;
  }
  expect(ratings).toBeGreaterThan(batches * inspections);
  expect(decisions).toBeGreaterThan(ratings);
  // Agreement about nothing would prove nothing: every kind of outcome has to have come up.
  expect([...seen]).toEqual(
    expect.arrayContaining([
      ...['overall computed', 'overall not computed', 'limited', 'standard computed', 'one case flips'],
      ...['rounding matters', 'no relevant case', 'set by a judged key question', 'no rating is known'],
      ...['the bands of the edition are not known', 'the rule of the overall rating is not known'],
      ...['it is judged, not computed', 'the edition has no overall rating'],
    ]),
  );
  // nothing of it stays
  const { rows } = await sql`select from core.edition where edition_code = 'random'`.execute(database.db);
  expect(rows).toEqual([]);
}, 300_000);

/** What came out in a row of the views. */
function outcomesOf(key: string, row: Row, judged: ReadonlySet<string>): string[] {
  const isStandard = key.startsWith('standard');
  const outcomes = {
    [`overall ${row.rating_without_discretion ? 'computed' : 'not computed'}`]: key === 'overall',
    limited: row.limited_by,
    'standard computed': isStandard && row.computed_rating,
    'set by a judged key question': isStandard && judged.has(`${row.driving_key_question}`),
    'one case flips': row.one_case_flips,
    'rounding matters': row.rounding_matters,
    [`${row.not_computed_because}`.replace(/ (for|rated:) .*/, '')]: row.not_computed_because,
  };
  return Object.keys(outcomes).filter((outcome) => outcomes[outcome]);
}

/** Codes of the key questions of case-based standards that are judged. */
const judgedQuestions = ({ standards }: Framework) =>
  new Set(
    standards
      .filter(({ basis }) => basis === 'cases')
      .flatMap(({ keyQuestions }) => keyQuestions)
      .filter(({ basis }) => basis === 'qualitative')
      .map(({ code }) => code),
  );
