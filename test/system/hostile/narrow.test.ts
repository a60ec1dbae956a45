import { beforeAll, describe, expect, test } from 'vitest';
import { comparisonTable } from '../../../src/cli/comparison-table.js';
import { ratingsTable } from '../../../src/cli/ratings-table.js';
import { table } from '../../../src/cli/table.js';
import { serviceComparison } from '../../../src/queries/of-inspections.js';
import { ratings } from '../../../src/queries/ratings.js';
import { loadPublishedRatings } from '../../../src/ratings-table/published.js';
import { wrapText } from '../../../src/words/wrap.js';
import { testDatabase } from '../../support/database.js';

const database = testDatabase();
beforeAll(() => loadPublishedRatings(database.db));

const longest = (lines: readonly string[]) => Math.max(...lines.map((line) => line.length));

describe('a table that is too wide', () => {
  const columns = [{ title: 'one' }, { title: 'two', align: 'right' as const }, { title: 'three' }];

  test('has the columns without room in a line below, indented', () => {
    expect(
      table(
        columns,
        [
          ['a', 1, 'long enough'],
          ['b', 22, ''],
        ],
        { width: 14 },
      ),
    ).toEqual(['one  two', '  three', '--------------', 'a      1', '  long enough', 'b     22']);
  });

  test('has a cell that is longer than a line in several', () => {
    expect(table(columns, [['a', 1, 'words that go on and on']], { width: 14 })).toEqual([
      'one  two',
      '  three',
      '--------------',
      'a      1',
      '  words that',
      '  go on and on',
    ]);
  });

  test('is as it was where there is room', () => {
    expect(table(columns, [['a', 1, 'c']], { width: 15 })).toEqual([
      'one  two  three',
      '---  ---  -----',
      'a      1  c',
    ]);
  });
});

test('the ratings of the country fit 80 columns, each inspection with its standards below it', async () => {
  const lines = ratingsTable(await ratings(database.db, { synthetic: false }), { width: 80 });
  // what stands below the table is broken at blanks when it is printed
  expect(longest(lines.slice(0, lines.indexOf('')))).toBeLessThanOrEqual(80);
  const barnet = lines.findIndex((line) => line.startsWith('Barnet YOS'));
  expect(lines.slice(barnet, barnet + 2)).toEqual([
    expect.stringMatching(/^Barnet YOS +2022-02 +2021 +21\/36 +G +agrees, 2\*$/),
    '  G    G    O    RI   RI*  G    G*   RI   RI   G    G    G    G',
  ]);
  const derby = lines.findIndex((line) => line.startsWith('Derby '));
  // of which no standard is known: the next line is the next inspection
  expect(lines[derby + 1]).toMatch(/^\S/);
});

test('a comparison fits 80 columns, one scope below the other', async () => {
  const [barnet] = await ratings(database.db, { service: 'Barnet' });
  const rows = await serviceComparison(database.db, { inspectionId: barnet?.inspection_id });
  const lines = comparisonTable(barnet as never, rows, { narrow: true });
  expect(longest(lines)).toBeLessThanOrEqual(80);
  expect(lines.filter((line) => line.startsWith('overall '))).toHaveLength(2);
});

test('help is broken anew where lines are too long: paragraphs as a whole, lists below the beginning of their text', () => {
  const text = 'One two three\nfour five.\n\n  --a <b>  six seven\n  it stays\n';
  const broken = 'One two three\nfour five.\n\n  --a <b>  six\n           seven\n  it stays\n';
  expect(wrapText(text, 16)).toBe(broken);
  expect(wrapText(text, 12)).toMatch(/^One two\nthree four\nfive\.\n\n/);
});
