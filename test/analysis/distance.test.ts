import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { standardDistance } from '../../src/queries/of-inspections.js';
import { type OverallDistanceRow, overallDistance } from '../../src/queries/overall-distance.js';
import { questionsInWords, standardsInWords } from '../../src/words/distance-rows.js';
import { databaseWith } from '../support/asked.js';
import { whole2021 } from '../support/whole-inspections.js';

const judged = { '1.1': 'Good', '1.2': 'Good', '1.3': 'Good', '1.4': 'Good', '3.4': 'Good' };

const { database } = databaseWith([
  // of ten cases, under an edition that divides by all of them
  whole2021({
    day: '2021-11-08',
    figures: {
      // 60%, and no more relevant cases; 50%
      '2.1.1': [6, 6],
      '2.1.3': [5, 8],
      // 6 of 10, as the printed percentage implies
      '2.2.1': { percent_yes: 60 },
      // printed without counts, and three whole numbers of cases give none
      '2.3.1': { percent_yes: 61 },
      '2.4.1': { not_applicable: true },
      '2.4.2': { not_applicable: true },
      '2.4.3': { not_applicable: true },
      // the report lost what would say more
      '3.1.1': { lost: ['percent_yes'] },
      // at the bottom whatever is lost
      '3.2.1': { lost: ['percent_yes'] },
      '3.2.2': [1, 10],
      // no yes: perhaps no relevant case either
      '3.3.1': { yes: 0, lost: ['relevant_cases'] },
      '3.3.2': [1, 10],
    },
  }),
  // five judged standards of 2 points, six computed ones of 3 and one of 2: 30 of 36, Good
  whole2021({ day: '2022-01-10', judged, figures: { '2.1.2': [7, 10] } }),
  whole2021({ day: '2022-01-17', judged, figures: { '2.1.2': { percent_yes: 70 } } }),
  whole2021({ day: '2022-01-24', judged: { '4.1': 'Inadequate' } }),
  whole2021({ day: '2022-01-31', figures: { '2.2.3': { lost: ['percent_yes'] } } }),
  whole2021({ day: '2022-02-07', figures: { '2.2.3': { percent_yes: 81 } } }),
  // out of reach: no relevant cases for more yes
  whole2021({ day: '2022-02-14', judged, figures: { '2.1.2': [7, 7] } }),
]);

/** How far a standard is, up and down: next rating; answers; which of them; whether it can be reached; why not known. */
async function ofStandard(area: string, standard: string): Promise<string[]> {
  const rows = await standardDistance(database.db, { synthetic: 'both' });
  return rows
    .filter((row) => row.standard === standard)
    .filter(
      (row) => area === (row.fieldwork_start === '2021-11-08' ? 'invented' : !row.is_synthetic && row.area),
    )
    .map((row) => {
      const cells = [row.next_rating, row.answers, questionsInWords(row), row.is_reachable, row.explanation];
      return cells.map((cell) => cell ?? '-').join('; ');
    });
}

const highest = '-; -; -; -; it is the highest rating';
const lowest = '-; -; -; -; it is the lowest rating';

test.each([
  // up, all have to rise that are below. 8 of 9, 5 of 8 (63%), 4 of 7 (57%). Good begins at 65%: 6 of 8 are 75%, 5 of 7 are 71%.
  // Below 50% are 3 of 8 (two answers fewer) and 3 of 7 (one).
  ['Wigan 2.2', 'Good; 2; 2.2.2 +1, 2.2.3 +1; true; -', 'Inadequate; 1; 2.2.3 -1; true; -'],
  // down, one has to fall. 4 of 5, 3 of 5, 2 of 3: 2 of 5 and 1 of 3 are both below 50%
  ['Wigan 3.2', 'Good; 1; 3.2.2 +1; true; -', 'Inadequate; 1; 3.2.2 -1 or 3.2.3 -1; true; -'],
  // yes can not be more than the relevant cases, of whichever cases the percentage is taken
  [
    'invented 2.1',
    'Good; -; -; false; more yes than relevant cases: 2.1.1',
    'Inadequate; 1; 2.1.3 -1; true; -',
  ],
  // a printed percentage tells how many yes, but not whether there are relevant cases enough
  [
    'invented 2.2',
    'Good; 1; 2.2.1 +1; -; relevant cases not known: 2.2.1',
    'Inadequate; 2; 2.2.1 -2; true; -',
  ],
  // no whole number of ten cases is 61%
  ['invented 2.3', 'Good; -; -; -; counts not known: 2.3.1', 'Inadequate; -; -; -; counts not known: 2.3.1'],
  // 2018 divides by relevant cases, which Essex does not print
  ['Essex 2.2', highest, 'Good; -; -; -; counts not known: 2.2.1, 2.2.2, 2.2.3'],
  ['invented 2.4', '-; -; -; -; no relevant case', '-; -; -; -; no relevant case'],
  ['invented 3.1', '-; -; -; -; not known: 3.1.1', '-; -; -; -; not known: 3.1.1'],
  // one at the bottom can only rise
  ['invented 3.2', 'Requires improvement; -; -; -; counts not known: 3.2.1', lowest],
  ['invented 3.3', 'Requires improvement; -; -; -; counts not known: 3.3.1', lowest],
])('%s is from the next rating, up: %s, down: %s', async (which, up, down) => {
  const [area, standard] = which.split(' ') as [string, string];
  expect(await ofStandard(area, standard)).toEqual([up, down]);
});

test("after a panel's decision the distance is that of the computed rating, and says so", async () => {
  const rows = await standardDistance(database.db, { synthetic: 'both' });
  const decided = rows.filter(({ discretion, direction }) => discretion && direction === 'up');
  expect(decided).toHaveLength(5);
  // of 11 cases: 91% is 10, 73% is 8, 45% is 5; 50% begins at 6
  expect(decided.find(({ area, standard }) => area === 'Barnet' && standard === '2.1')).toMatchObject({
    ...{ computed_rating: 'Inadequate', rating: 'Requires improvement', next_rating: 'Requires improvement' },
    ...{ answers: 1, key_questions: ['2.1.3'], key_question_answers: [1], is_reachable: null },
  });
});

/** With the standards that move in words: 2.1 to Good (2). */
const inWords = ({ standards, ...row }: OverallDistanceRow) => ({
  ...row,
  standards:
    standards?.map((move) => `${move.standard} to ${move.to_rating} (${move.answers})`).join(', ') ?? null,
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
const cases = parse(readFileSync(new URL('./distance.yaml', import.meta.url), 'utf8')) as Case[];

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
  // 2.2 Outstanding (2) it costs as much, over more standards.
  expect(of('Kensington and Chelsea', 'up')).toEqual([2, 3, true, '2.1 to Outstanding (2.1.2 +1, 2.1.3 +2)']);
  expect(of('Barnet', 'down')[3]).toBe(
    '2.2 to Requires improvement (2.2.3 -1), 3.1 to Inadequate (3.1.1 -1 or 3.1.2 -1), 3.2 to Requires improvement (3.2.2 -1)',
  );
  expect(rows.find(({ area }) => area === 'Barnet')?.fixed_standards).toBe(
    'judgement: 1.1, 1.2, 1.3, 1.4, 3.4, 4.1; panel decision: 2.1, 2.3',
  );
});
