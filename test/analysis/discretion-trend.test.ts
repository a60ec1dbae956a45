import { beforeAll, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { discretionTrend } from '../../src/queries/discretion-trend.js';
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
  const [up, down] = rows.filter(({ standard }) => standard === '2.1');
  expect(up).toMatchObject({
    direction: 'up',
    decisions: 2,
    inspections: 4,
    percent: 50,
    near_boundary: 1,
    one_case_flips: 1,
    small_sample: 0,
    no_ground: 1,
    ground_unknown: 0,
    not_computed: 1,
  });
  expect(up?.low).toBeCloseTo(23.024_149_94, 6);
  expect(up?.high).toBeCloseTo(76.975_850_06, 6);
  expect(up?.low_95).toBeCloseTo(15.003_899, 5);
  expect(up?.high_95).toBeCloseTo(84.996_101, 5);
  expect(down).toMatchObject({
    direction: 'down',
    decisions: 1,
    inspections: 4,
    percent: 25,
    near_boundary: 0,
    no_ground: 1,
    not_computed: 0,
  });
  expect(rows.filter(({ standard }) => standard === '2.2')).toMatchObject([
    {
      direction: 'up',
      decisions: 1,
      inspections: 5,
      percent: 20,
      near_boundary: 0,
      no_ground: 0,
      ground_unknown: 1,
    },
    { direction: 'down', decisions: 0, inspections: 5, percent: 0 },
  ]);
});

test('the decisions of the published reports', async () => {
  const rows = await discretionTrend(database.db, { synthetic: false });
  const told = rows
    .filter(({ decisions }) => decisions > 0)
    .map((row) => [row.year, row.edition, row.standard, row.direction, row.decisions, row.inspections]);
  expect(told).toEqual([
    [2018, '2018', '3.4', 'up', 1, 1],
    [2020, '2018', '3.1', 'up', 1, 1],
    [2020, '2018', '3.2', 'up', 1, 1],
    [2022, '2021', '2.1', 'up', 1, 2],
    [2022, '2021', '2.3', 'up', 1, 2],
  ]);
  // Barnet, 5 of 11 (45%) and 7 of 11 (64%): near 50 and 65. One case more is above, where it is relevant: how many are is not printed
  for (const row of rows.filter(({ year, decisions }) => year === 2022 && decisions > 0))
    expect(row).toMatchObject({
      percent: 50,
      near_boundary: 1,
      one_case_flips: 0,
      small_sample: 0,
      no_ground: 0,
    });
  // Kensington and Chelsea, three cases
  for (const row of rows.filter(({ year, decisions }) => year === 2020 && decisions > 0))
    expect(row).toMatchObject({ small_sample: 1 });
});
