import { beforeAll, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { discretionTrend } from '../../src/queries/of-years.js';
import { testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';
import { whole2021 } from '../support/whole-inspections.js';

const database = testDatabase();
const files = testFolder();

const decided = (standard: string, from: string, to: string) =>
  `professional_discretion: [{standard: "${standard}", from: ${from}, to: ${to}, reason: It was so decided.}]\n`;

beforeAll(async () => {
  const bundles = [
    // 23 of 40 are 58%: six points or more, and two cases or more, from every boundary
    whole2021({
      day: '2023-01-09',
      cases: 40,
      figures: { '2.1.1': [23, 40] },
      more: decided('2.1', 'Requires improvement', 'Good'),
    }),
    // 78% are near to 80%, and one case of nine more is 89%
    whole2021({
      day: '2023-02-06',
      cases: 9,
      figures: { '2.1.1': [7, 9] },
      more: decided('2.1', 'Good', 'Outstanding'),
    }),
    whole2021({
      day: '2023-03-06',
      cases: 40,
      figures: { '2.1.1': [23, 40] },
      more: decided('2.1', 'Requires improvement', 'Inadequate'),
    }),
    // of a rating that is not computed
    whole2021({
      day: '2023-04-03',
      figures: { '2.1.1': '{lost: [percent_yes]}' },
      more: decided('2.1', 'Good', 'Outstanding'),
    }),
    // far from every boundary, and whether a case would do is not known: no whole number of nine cases is 73%
    whole2021({
      day: '2023-05-08',
      cases: 9,
      figures: { '2.2.1': '{percent_yes: 73}' },
      more: decided('2.2', 'Good', 'Outstanding'),
    }),
  ];
  await load(database.db, await Promise.all(bundles.map((text) => files.bundle(text))));
});

test('decisions are counted of all inspections in which the standard is computed, with the grounds there were', async () => {
  const rows = await discretionTrend(database.db, { year: 2023, synthetic: true });
  expect(rows.filter(({ standard }) => standard === '2.1')).toMatchObject([
    {
      inspections: 4,
      inspections_not_computed: 1,
      decisions: 3,
      up: 2,
      down: 1,
      percent: 75,
      decisions_near_boundary: 1,
      decisions_one_case_flips: 1,
      decisions_small_sample: 0,
      decisions_without_ground: 2,
      decisions_ground_unknown: 0,
      decisions_not_computed: 1,
    },
  ]);
  const [row] = rows.filter(({ standard }) => standard === '2.1');
  // Wilson's, 3 of 4
  expect(row?.low).toBeCloseTo(43.254145, 5);
  expect(row?.high).toBeCloseTo(92.191925, 5);
  expect(row?.low_95).toBeCloseTo(30.064184, 5);
  expect(row?.high_95).toBeCloseTo(95.441274, 5);
  expect(rows.filter(({ standard }) => standard === '2.2')).toMatchObject([
    {
      inspections: 5,
      inspections_not_computed: 0,
      decisions: 1,
      up: 1,
      down: 0,
      percent: 20,
      decisions_near_boundary: 0,
      decisions_without_ground: 0,
      decisions_ground_unknown: 1,
    },
  ]);
});

test('the decisions of the published reports', async () => {
  const rows = await discretionTrend(database.db, { synthetic: false });
  const told = rows
    .filter(({ decisions }) => decisions > 0)
    .map((row) => [row.year, row.edition, row.standard, row.up, row.decisions, row.inspections]);
  expect(told).toEqual([
    [2018, '2018', '3.4', 1, 1, 1],
    [2020, '2018', '3.1', 1, 1, 1],
    [2020, '2018', '3.2', 1, 1, 1],
    [2022, '2021', '2.1', 1, 1, 2],
    [2022, '2021', '2.3', 1, 1, 2],
  ]);
  // Barnet, 5 of 11 (45%) and 7 of 11 (64%): near 50 and 65. One case more is above, where it is relevant: how many are is not printed
  for (const row of rows.filter(({ year, decisions }) => year === 2022 && decisions > 0))
    expect(row).toMatchObject({
      percent: 50,
      decisions_near_boundary: 1,
      decisions_one_case_flips: 0,
      decisions_small_sample: 0,
      decisions_without_ground: 0,
    });
  // Kensington and Chelsea, three cases
  for (const row of rows.filter(({ year, decisions }) => year === 2020 && decisions > 0))
    expect(row).toMatchObject({ decisions_small_sample: 1 });
});
