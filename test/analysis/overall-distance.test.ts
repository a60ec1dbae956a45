import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type OverallDistanceRow, overallDistance } from '../../src/queries/overall-distance.js';
import { standardsInWords } from '../../src/words/distance-rows.js';
import { databaseWith } from '../support/asked.js';
import { whole2021 } from '../support/whole-inspections.js';

const judged = { '1.1': 'Good', '1.2': 'Good', '1.3': 'Good', '1.4': 'Good', '3.4': 'Good' };

const { database } = databaseWith([
  // five judged standards of 2 points, six computed ones of 3 and one of 2: 30 of 36, Good
  whole2021({ day: '2022-01-10', judged, figures: { '2.1.2': [7, 10] } }),
  whole2021({ day: '2022-01-17', judged, figures: { '2.1.2': '{percent_yes: 70}' } }),
  whole2021({ day: '2022-01-24', judged: { '4.1': 'Inadequate' } }),
  whole2021({ day: '2022-01-31', figures: { '2.2.3': '{lost: [percent_yes]}' } }),
  whole2021({ day: '2022-02-07', figures: { '2.2.3': '{percent_yes: 81}' } }),
  // out of reach: no relevant cases for more yes
  whole2021({ day: '2022-02-14', judged, figures: { '2.1.2': [7, 7] } }),
]);

/** With the standards that move in words: 2.1 to Good (2). */
const inWords = ({ standards, ...row }: OverallDistanceRow) => ({
  ...row,
  standards:
    standards?.map(({ code, toRating, answers }) => `${code} to ${toRating} (${answers})`).join(', ') ?? null,
});

/** How far an invented inspection is, by the day of its fieldwork. */
async function told(day: string, direction: string) {
  const rows = await overallDistance(database.db, { synthetic: true });
  const row = rows.find((row) => row.fieldwork_start === day && row.direction === direction);
  return row && inWords(row);
}

interface Case {
  what: string;
  day: string;
  direction: string;
  distance: Partial<ReturnType<typeof inWords>>;
}
const cases = parse(readFileSync(new URL('./overall-distance.yaml', import.meta.url), 'utf8')) as Case[];

test.each(cases)('$what', async ({ day, direction, distance }) => {
  expect(await told(day, direction)).toMatchObject(distance);
});

test('the bundled inspections, by hand, with the key questions of each standard that moves', async () => {
  const rows = await overallDistance(database.db, { synthetic: false });
  const of = (area: string, direction: string) => {
    const row = rows.find((row) => row.area === area && row.direction === direction) as OverallDistanceRow;
    return [row.points, row.answers, row.is_reachable, standardsInWords(row)];
  };
  // K&C, 29: 2.1 (4, 3 and 2 of 4: below 80% until all are 4) is Outstanding with 4 of 4 and 4 of 4; with 2.1 Good (1) and
  // 2.2 Outstanding (2) it costs as much, over more standards. Down to 18: 2.2.2, 3.3.3 and 3.4.2 fall to the bottom in one
  // answer each (2, 3 and 3 points), 2.3.2 in two (3 points).
  expect(of('Kensington and Chelsea', 'up')).toEqual([2, 3, true, '2.1 to Outstanding (2.1.2 +1, 2.1.3 +2)']);
  expect(of('Kensington and Chelsea', 'down').slice(0, 3)).toEqual([11, 5, true]);
  expect(of('Kensington and Chelsea', 'down')[3]).toMatch(
    /^2\.2 to Inadequate \(2\.2\.2 -1.*\), 2\.3 to Inadequate \(2\.3\.2 -2.*\), 3\.3 to Inadequate \(.*3\.3\.3 -1\), 3\.4 to Inadequate \(.*3\.4\.2 -1\)$/,
  );
  // Wigan, 19: its eight computed standards have 13 points and could have 24, 11 more; 12 are missing
  expect(of('Wigan', 'up')).toEqual([12, null, false, null]);
  expect(of('Wigan', 'down').slice(0, 3)).toEqual([1, 1, true]);
  expect(of('Barnet', 'down')[3]).toBe(
    '2.2 to Requires improvement (2.2.3 -1), 3.1 to Inadequate (3.1.1 -1 or 3.1.2 -1), 3.2 to Requires improvement (3.2.2 -1)',
  );
  expect(rows.find(({ area }) => area === 'Barnet')?.fixed_standards).toBe(
    'judgement: 1.1, 1.2, 1.3, 1.4, 3.4, 4.1; panel decision: 2.1, 2.3',
  );
});
