import { beforeAll, describe, expect, test } from 'vitest';
import { sparkline, stackedBar } from '../../src/cli/bars.js';
import { keyQuestionTrendTables } from '../../src/cli/trend-tables.js';
import { command, temporaryFolders } from '../support/command.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();
const folder = temporaryFolders();
let home: string;
beforeAll(async () => {
  home = await folder();
});
const trends = (...args: string[]) =>
  command(['trends', ...args], { env: { DATABASE_URL: database.url, YOT_RATINGS_HOME: home } });

describe('trends', () => {
  test('prints the ratings of each year, overall first, with a bar', async () => {
    const { code, stdout, stderr } = await trends();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('overall, edition 2018');
    expect(lines[2]).toBe('year  rated  Inadequate ░  Requires improvement ▒  Good ▓  Outstanding █');
    // Essex was Outstanding in 2018
    expect(lines[4]).toMatch(/^2018 +1 +0 +0 +0 +1 {2}█{20}$/);
    expect(stdout).toMatch(/^overall, edition 2021$/m);
    expect(stdout).toMatch(/^2022 +2 +0 +0 +1 +1 {2}▓{10}█{10}$/m);
    expect(stdout).toMatch(/^2\.1 Assess.*, edition 2021$/m);
  });

  test('of a standard, as JSON and as CSV', async () => {
    const json = JSON.parse((await trends('2.1', '--json')).stdout) as Record<string, unknown>[];
    expect(new Set(json.map(({ standard }) => standard))).toEqual(new Set(['2.1']));
    expect(json.find(({ year, rating }) => year === 2022 && rating === 'Outstanding')).toMatchObject({
      edition: '2021',
      inspections: 1,
      rated: 2,
      share: 0.5,
    });
    const csv = (await trends('2.1', '--csv')).stdout.trimEnd().split('\n');
    expect(csv[0]).toBe(
      'year,is_synthetic,edition,domain,domain_title,standard,title,standard_series,rating,rating_rank,inspections,as_published,rated,not_known,share,low,high,low_95,high_95',
    );
    expect(csv).toHaveLength(json.length + 1);
  });

  test('of key questions, with counts and interval', async () => {
    const { stdout } = await trends('2.2', '--questions');
    expect(stdout).toMatch(
      /^key question +2018 to 2022 +year +edition +services +yes +relevant +percent +80% interval$/m,
    );
    // Wigan prints 9 relevant cases, 8 of them yes; Kensington and Chelsea, the year before, 4 of 4
    expect(stdout).toMatch(
      /^2\.2\.1 \(2021\) +··██· +2018 +2018 +0 +- +- +- +-\n +2020 +2018 +1 +4 +4 +100% +71 to 100\n +2021 +2018 +1 +8 +9 +89% +69 to 97\n/m,
    );
  });

  test('says where a series breaks, and leaves a dot for a year without figures', () => {
    const of = (year: number, percent: number, series_break: boolean) => ({
      year,
      edition: '2021',
      domain: '2',
      domain_title: '',
      standard: '2.1',
      title: '',
      key_question: '2.1.1',
      text: '',
      question_series: '2021 2.1.1',
      services: 1,
      inspections: 1,
      is_synthetic: false,
      inspections_without_counts: 0,
      percentages_only: 0,
      base: 'relevant',
      effective_relevant: 100,
      design_effect: null,
      yes: percent,
      relevant: 100,
      percent,
      low: percent - 5.4,
      high: percent + 5.4,
      low_95: percent - 8,
      high_95: percent + 8,
      series_break,
      series_break_because: series_break ? 'asked of other cases' : null,
    });
    const lines = keyQuestionTrendTables([of(2019, 50, false), of(2021, 75, true)], { confidence_level: 80 });
    expect(lines[2]).toMatch(/^2\.1\.1 \(2021\) +▅·▇ +2019 +2021 +1 +50 +100 +50% +45 to 55$/);
    expect(lines[3]).toMatch(/^ +2021 +2021 +1 +75 +100 +75% +70 to 80 +series breaks here$/);
  });

  test.each([
    [['9.9'], /^No real inspection has ratings of "9\.9"\. There are ratings of overall, 1\.1, .*4\.1\.\n$/],
    [['--synthetic'], /^There is no invented inspection with a rating\.\n$/],
    [['--json', '--csv'], /^--json and --csv are two ways to print: leave one\.\n$/],
    [['overall', '--questions'], /^overall has no key questions: name a standard, such as 2\.1\.\n$/],
  ])('%j is answered with one message', async (args, message) => {
    const { code, stdout, stderr } = await trends(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

describe('bars', () => {
  test('grow with the percentage, and leave a dot where there is none', () => {
    expect(sparkline([0, 12, 13, 50, 99, 100, null])).toBe('▁▁▂▅██·');
  });

  test('fill their length whatever the shares round to', () => {
    expect(stackedBar([1 / 3, 1 / 3, 1 / 3, 0], 10)).toBe('░░░▒▒▒▒▓▓▓');
    expect(stackedBar([0, 0, 0, 1], 4)).toBe('████');
    expect(stackedBar([0.01, 0.99], 10)).toBe('▒▒▒▒▒▒▒▒▒▒');
  });
});
