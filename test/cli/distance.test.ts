import { beforeAll, describe, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import type { DistanceRow } from '../../src/words/distance-rows.js';
import { distanceSentence } from '../../src/words/distance-sentence.js';
import { wrap } from '../../src/words/wrap.js';
import { testFolder } from '../support/bundles.js';
import { command, temporaryFolders } from '../support/command.js';
import { testDatabase } from '../support/database.js';
import { whole2021 } from '../support/whole-inspections.js';

const database = testDatabase();
const files = testFolder();
const folder = temporaryFolders();
let home: string;
beforeAll(async () => {
  home = await folder();
});
const distance = (...args: string[]) =>
  command(['distance', ...args], { env: { DATABASE_URL: database.url, YOT_RATINGS_HOME: home } });

describe('distance', () => {
  test('Wigan is one answer from Requires improvement', async () => {
    const { code, stdout, stderr } = await distance('wigan');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('Wigan YOT, fieldwork 2021-04-26, edition 2018: Good, score 19/36');
    expect(lines[2]).toMatch(/^standard +computed rating +next +answers +which, or why not$/);
    expect(lines[4]).toMatch(
      /^overall +Good +↑ Outstanding +- +out of reach of the standards that can move$/,
    );
    expect(lines[5]).toMatch(/^ +↓ Requires improvement +1 +2\.1 to Requires improvement \(2\.1\.3 -1\)$/);
    // 2.2.2 is 5 of 8 (63%), 2.2.3 is 4 of 7 (57%): 6 and 5 make 75% and 71%; 3 of 7 is 43%
    expect(stdout).toMatch(
      /^2\.2 +Requires improvement +↑ Good +2 +2\.2\.2 \+1, 2\.2\.3 \+1\n +↓ Inadequate +1 +2\.2\.3 -1$/m,
    );
    expect(stdout).toMatch(/^3\.3 +Outstanding +↑ +- +\(it is the highest rating\)$/m);
    expect(stdout).toContain('\nno answer moves: judgement: 1.1, 1.2, 1.3, 1.4\n');
    for (const sentence of [
      'overall: no other answers make it Outstanding: out of reach of the standards that can move',
      'overall: one fewer yes makes it Requires improvement: 2.1 to Requires improvement (2.1.3 -1)',
      // 6 of 9 is 67%: 8 make 89%, 5 make 56%
      '2.1: two more yes to 2.1.3 make it Outstanding',
      '2.1: one fewer yes to 2.1.3 makes it Requires improvement',
      '2.2: two more yes make it Good: one to 2.2.2 and one to 2.2.3',
    ])
      expect(lines).toContain(sentence);
  });

  test('Kensington & Chelsea is three answers from Outstanding; what a panel decided stands beside what is computed', async () => {
    const { stdout } = await distance('Kensington');
    // 2.1.1 is 4 of 4, 2.1.2 is 3, 2.1.3 is 2: each has to be all of 4, two ratings up
    expect(stdout).toMatch(
      /^overall +Good +↑ Outstanding +3 +2\.1 to Outstanding \(2\.1\.2 \+1, 2\.1\.3 \+2\)$/m,
    );
    expect(stdout).toContain(
      '\noverall: three more yes make it Outstanding: 2.1 to Outstanding (2.1.2 +1, 2.1.3 +2)\n',
    );
    expect(stdout).toMatch(/^3\.2 +Inadequate\* +↑ Requires improvement +1 +3\.2\.3 \+1$/m);
    expect(stdout).toMatch(/^ +↓ +- +\(it is the lowest rating\)$/m);
    expect(stdout).toContain(
      '\n* a ratings panel decided otherwise: 3.1 Requires improvement, 3.2 Requires improvement\n',
    );
    expect(stdout).toContain('\n2.3: one fewer yes to 2.3.1, 2.3.2 or 2.3.3 makes it Good\n');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(140);
  });

  test('says what is not known, and why', async () => {
    const essex = (await distance('Essex')).stdout;
    expect(essex).toMatch(/^ +↓ Good +- +counts not known: 2\.1, 2\.2, 2\.3, 2\.4, 3\.1, 3\.2, 3\.3$/m);
    expect(essex).toContain('\n3.3: how far it is from Outstanding is not known: counts not known: 3.3.3\n');
    const barnet = (await distance('Barnet')).stdout;
    expect(barnet).toContain(
      '\n2.2: one more yes to 2.2.3 makes it Outstanding, if there are enough relevant cases (relevant cases not known: 2.2.3)\n',
    );
    for (const line of [essex, barnet].join('\n').split('\n')) expect(line.length).toBeLessThanOrEqual(140);
  });

  test('--json and --csv print the same rows, overall first', async () => {
    const json = JSON.parse((await distance('Wigan', '--json')).stdout) as DistanceRow[];
    // overall and 8 standards that are judged on cases, up and down
    expect(json).toHaveLength(18);
    expect(json.slice(0, 3)).toMatchObject([
      { standard: 'overall', direction: 'up', rating: 'Good', answers: null, is_reachable: false },
      {
        standard: 'overall',
        direction: 'down',
        next_rating: 'Requires improvement',
        answers: 1,
        points: 1,
        standards: '2.1 to Requires improvement (1)',
        key_questions: '2.1 to Requires improvement (2.1.3 -1)',
      },
      { standard: '2.1', direction: 'up', answers: 2, key_questions: '2.1.3 +2', explanation: null },
    ]);
    const csv = (await distance('Wigan', '--csv')).stdout.trimEnd().split('\n');
    expect(csv[0]?.split(',')).toEqual(Object.keys(json[0] ?? {}));
    expect(csv).toHaveLength(19);
    expect(csv[3]).toMatch(
      /,2\.1,Assess\w+,up,Good,Good,false,Outstanding,2,2\.1\.3 \+2,,,true,,,published counts$/,
    );
  });

  test("of invented inspections, the latest or all, with what can't be reached", async () => {
    const bundles = [
      whole2021({ day: '2023-01-09' }),
      // one relevant case of ten that were inspected: the 2021 edition divides by all
      whole2021({ day: '2022-01-10', figures: { '2.1.1': [0, 1] } }),
    ];
    await load(database.db, await Promise.all(bundles.map((text) => files.bundle(text))));
    const latest = (await distance('westminster', '--synthetic')).stdout;
    expect(latest).toMatch(
      /^Westminster YOT, fieldwork 2023-01-09, edition 2021 \(invented\): Outstanding, score 36\/36\n/,
    );
    expect(latest).toMatch(/\n1 earlier inspection not shown: --all shows them\n$/);
    const all = (await distance('westminster', '--synthetic', '--all')).stdout;
    expect(all).toMatch(/^Westminster YOT, fieldwork 2022-01-10, .*: Outstanding, score 33\/36\n/);
    expect(all).toMatch(/\nWestminster YOT, fieldwork 2023-01-09, /);
    expect(all).toContain(
      '\n2.1: no other answers make it Requires improvement: more yes than relevant cases: 2.1.1\n',
    );
    expect(all).not.toContain('not shown');
  });
});

test('where nothing is computed, it says so once', async () => {
  const ratingsOnly = `synthetic: true
service: Essex Youth Offending Service
report: {fieldwork_from: "2019-05-13"}
edition: "2018"
standard_ratings: {"1.1": Good, "2.1": Outstanding}
`;
  await load(database.db, [await files.bundle(ratingsOnly)]);
  const { stdout } = await distance('Essex', '--synthetic');
  const lines = stdout.trimEnd().split('\n');
  expect(lines[0]).toBe('Essex YOS, fieldwork 2019-05-13, edition 2018 (invented): not rated');
  expect(stdout).toMatch(/^overall +- +- +- +no overall rating is computed: no rating is known for 1\.2, /m);
  expect(lines.filter((line) => line.startsWith('2.1'))).toEqual([
    expect.stringMatching(/^2\.1 +Outstanding \(p\) +- +- +no case answers, counts or percentages$/),
  ]);
  // 8 standards are judged on cases
  expect(stdout.match(/no case answers, counts or percentages$/gm)).toHaveLength(8);
  expect(stdout).not.toMatch(/[↑↓]|next is/);
  expect(lines.at(-2)).toBe('(p) as published: nothing is computed');
  expect(lines.at(-1)).toMatch(/^no answer moves: judgement: 1\.1; not rated: .*; published: 2\.1$/);
});

describe('a sentence', () => {
  const row = (given: Partial<DistanceRow>): DistanceRow =>
    ({
      standard: '2.2',
      direction: 'up',
      next_rating: 'Good',
      is_reachable: true,
      explanation: null,
      key_questions: null,
      standards: null,
      ...given,
    }) as DistanceRow;

  test.each([
    [{ answers: 1, key_questions: '2.2.3 +1' }, 'one more yes to 2.2.3 makes it Good'],
    [{ answers: 2, key_questions: '2.2.3 +2' }, 'two more yes to 2.2.3 make it Good'],
    [{ answers: 12, key_questions: '2.2.3 +12' }, '12 more yes to 2.2.3 make it Good'],
    [
      { answers: 6, key_questions: '2.2.1 +1, 2.2.2 +2, 2.2.3 +3' },
      'six more yes make it Good: one to 2.2.1, two to 2.2.2 and three to 2.2.3',
    ],
    [
      { direction: 'down', answers: 2, key_questions: '2.2.1 -2 or 2.2.2 -2' },
      'two fewer yes to 2.2.1 or 2.2.2 make it Good',
    ],
    [
      {
        standard: 'overall',
        answers: 3,
        key_questions: '2.1 to Good (2.1.3 +1), 2.2 to Outstanding (2.2.3 +2)',
      },
      'three more yes make it Good: 2.1 to Good (2.1.3 +1), 2.2 to Outstanding (2.2.3 +2)',
    ],
    [
      { answers: null, next_rating: null, explanation: 'it is the highest rating' },
      'it is the highest rating',
    ],
  ])('of %j', (given, sentence) => {
    expect(distanceSentence(row(given))).toBe(sentence);
  });

  test('goes on in the next line where it is long', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('extraordinary', 5)).toEqual(['extraordinary']);
  });
});

describe('a call that is wrong ends with 2 and one message', () => {
  test.each([
    [['nowhere'], /^No service is called "nowhere"\. yot-ratings ratings lists all\.\n$/],
    [['West'], /^"West" may be 8 services: .*\. Name the one that is meant\.\n$/],
    [['Bridgend'], /^There is no inspection of Bridgend YJS\.\n$/],
    [
      ['Barnet', '--synthetic'],
      /^There is no invented inspection of Barnet YOS: without --synthetic there are real ones\.\n$/,
    ],
    [['Barnet', '--json', '--csv'], /^--json and --csv are two ways to print: leave one\.\n$/],
    [[], /^error: missing required argument 'service'\n\(--help explains the command\)\n$/],
    [
      ['Barnet', 'Wigan'],
      /^error: too many arguments for 'distance'\. .*\n\(--help explains the command\)\n$/,
    ],
    [['Barnet', '--jsn'], /^error: unknown option '--jsn'\n.*--json.*\n\(--help explains the command\)\n$/],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await distance(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
