import { expect, test } from 'vitest';
import { factComparison } from '../../src/queries/of-inspections.js';
import { databaseWith } from '../support/asked.js';
import { good2018 } from '../support/bundles.js';

const { database } = databaseWith([good2018]);

test('a figure stands beside the national one and the overall rating', async () => {
  const barnet = (await factComparison(database.db, { synthetic: false })).filter(
    ({ area }) => area === 'Barnet',
  );
  expect(barnet.find(({ measure }) => measure === 'first-time entrant rate')).toMatchObject({
    ...{ value: 127, national_value: 167, difference: -40, unit: 'rate per 100,000' },
    ...{ rating: 'Good', rating_rank: 2, score: 21, max_score: 36 },
  });
  expect(
    barnet.filter(({ measure, breakdown }) => measure === 'caseload' && breakdown === 'gender'),
  ).toMatchObject([
    { category: 'Male', value: 82, national_value: 86, difference: -4, unit: 'percent' },
    { category: 'Female', value: 18, national_value: 13, difference: 5, unit: 'percent' },
  ]);
});

test("a figure beside another one than the nation's has no difference, and a lost one no row", async () => {
  const invented = await factComparison(database.db, { synthetic: true });
  expect(invented.map((row) => [row.measure, row.value, row.national_value, row.difference])).toEqual([
    ['total population', 41000, null, null],
    ['caseload', 3, null, null],
    ['caseload', 18, 15, 3],
    // beside neighbours
    ['reoffending', 30.5, null, null],
  ]);
});
