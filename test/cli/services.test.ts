import { describe, expect, test } from 'vitest';
import { sparkline, stackedBar } from '../../src/cli/bars.js';
import type { DistanceRow } from '../../src/words/distance-rows.js';
import { distanceSentence } from '../../src/words/distance-sentence.js';
import { testCommands } from '../support/command.js';

const { printed } = testCommands();

/** What a command prints as CSV: its columns, and how many rows. */
async function csvOf(...args: string[]): Promise<[string[], number]> {
  const [heading = '', ...rows] = (await printed(...args, '--csv')).trimEnd().split('\n');
  return [heading.split(','), rows.length];
}

describe('compare', () => {
  test('puts a service beside all of its year and edition, and beside its region, in 80 columns', async () => {
    const stdout = await printed('compare', 'Barnet');
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('Barnet YOS, fieldwork 2022-02, edition 2021');
    // The other is Hammersmith and Fulham, in London too: 31 points, Outstanding; 2.1 Outstanding, 1.1 Good as here.
    for (const line of [
      /^overall +G +everywhere +21 +2 +1 +1 +0 +26 {2}░{3}▒{3}\n +region +21 +2 +1 +1 +0 +26 {2}░{3}▒{3}$/m,
      /^1\.1 +G +everywhere +2 +2 +0 +2 +0 +2 {2}▒{6}$/m,
      // does not count, so has no score
      /^4\.1 +G +everywhere +- +2 +1 +1 +0 +- {2}░{3}▒{3}$/m,
      /^Beside all that are rated of 2022 under edition 2021, itself among them; region London$/m,
      /\n1\.1 Governance and leadership; .*; 4\.1 Resettlement policy and provision\n$/,
    ])
      expect(stdout).toMatch(line);
    expect(Math.max(...lines.slice(0, 32).map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('--json and --csv print the rows of the view', async () => {
    const json = JSON.parse(await printed('compare', 'Hammersmith', '--json'));
    // 14 subjects: 13 standards and overall; each everywhere and in London
    expect(json).toHaveLength(28);
    expect(await csvOf('compare', 'Hammersmith')).toEqual([Object.keys(json[0]), 28]);
  });
});

describe('distance', () => {
  // that they are so far, test/analysis holds
  test('says up and down, by which questions, and what does not move', async () => {
    const stdout = await printed('distance', 'wigan');
    expect(stdout).toMatch(/^Wigan YOT, fieldwork 2021-04-26, edition 2018: Good, score 19\/36\n/);
    for (const line of [
      /^overall +Good +↑ no other answers make it Outstanding: out of reach of the standards that can move$/m,
      /^ +↓ one fewer yes makes it Requires improvement: 2\.1 to Requires improvement \(2\.1\.3 -1\)$/m,
      /^2\.1 +Good +↑ two more yes to 2\.1\.3 make it Outstanding\n +↓ one fewer yes to 2\.1\.3 makes it Requires improvement$/m,
      /^3\.3 +Outstanding +↑ it is the highest rating$/m,
      /^no answer moves: judgement: 1\.1, 1\.2, 1\.3, 1\.4$/m,
    ])
      expect(stdout).toMatch(line);
    expect(await printed('distance', 'Kensington')).toContain(
      '\n* a ratings panel decided otherwise: 3.1 Requires improvement, 3.2 Requires improvement\n',
    );
  });

  test('--json and --csv print the same rows, overall first', async () => {
    const json = JSON.parse(await printed('distance', 'Wigan', '--json')) as DistanceRow[];
    // overall and 8 standards that are judged on cases, up and down
    expect(json).toHaveLength(18);
    expect(json[1]).toMatchObject({
      direction: 'down',
      answers: 1,
      key_questions: expect.stringMatching(/\(2\.1\.3 -1\)$/),
    });
    expect(await csvOf('distance', 'Wigan')).toEqual([
      expect.arrayContaining(['service', 'standard', 'direction', 'next_rating', 'answers', 'explanation']),
      18,
    ]);
  });

  test('in words, few of them as words and more as digits, of one question or of several', () => {
    const row = {
      standard: '2.2',
      direction: 'up',
      next_rating: 'Good',
      is_reachable: true,
      explanation: null,
    };
    const twelve = { ...row, answers: 12, key_questions: '2.2.3 +12' };
    expect(distanceSentence(twelve)).toBe('12 more yes to 2.2.3 make it Good');
    const two = { ...row, direction: 'down', answers: 2, key_questions: '2.2.1 -2 or 2.2.2 -2' };
    expect(distanceSentence(two)).toBe('two fewer yes make it Good: 2.2.1 -2 or 2.2.2 -2');
  });
});

describe('trends', () => {
  test('prints the ratings of each year, overall first, with a bar', async () => {
    const stdout = await printed('trends');
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('overall, edition 2018');
    expect(lines[2]).toBe('year  rated  I ░  RI ▒  G ▓  O █');
    // Essex was Outstanding in 2018
    expect(lines[4]).toMatch(/^2018 +1 +0 +0 +0 +1 {2}█{20}$/);
    expect(stdout).toMatch(/^2022 +2 +0 +0 +1 +1 {2}▓{10}█{10}$/m);
    expect(stdout).toMatch(/^2\.1 Assess.*, edition 2021$/m);
    expect(lines.at(-2)).toBe('G Good, I Inadequate, O Outstanding, RI Requires improvement');
  });

  test('of key questions, with counts and interval', async () => {
    const stdout = await printed('trends', '2.2', '--questions');
    expect(stdout).toMatch(
      /^key question +2018 to 2022 +year +edition +services +yes +relevant +percent +80% interval$/m,
    );
    // Wigan prints 9 relevant cases, 8 of them yes; Kensington and Chelsea, the year before, 4 of 4
    expect(stdout).toMatch(
      /^2\.2\.1 \(2021\) +··██· +2018 +2018 +0 +- +- +- +-\n +2020 +2018 +1 +4 +4 +100% +71 to 100\n +2021 +2018 +1 +8 +9 +89% +69 to 97\n/m,
    );
  });

  test('bars fill their length whatever shares round to, and leave a dot where nothing is known', () => {
    expect(sparkline([0, 12, 13, 50, 99, 100, null])).toBe('▁▁▂▅██·');
    expect(stackedBar([1 / 3, 1 / 3, 1 / 3, 0], 10)).toBe('░░░▒▒▒▒▓▓▓');
    expect(stackedBar([0, 0, 0, 1], 4)).toBe('████');
    expect(stackedBar([0.01, 0.99], 10)).toBe('▒▒▒▒▒▒▒▒▒▒');
  });
});
