import { beforeAll, describe, expect, test } from 'vitest';
import { ratingsTable } from '../../../src/cli/ratings-table.js';
import { table } from '../../../src/cli/table.js';
import { ratings } from '../../../src/queries/ratings.js';
import { loadPublishedRatings } from '../../../src/ratings-table/published.js';
import { wrapText } from '../../../src/words/wrap.js';
import { testDatabase } from '../../support/database.js';

const database = testDatabase();
beforeAll(() => loadPublishedRatings(database.db));

describe('a table that is too wide', () => {
  const columns = ['one', { right: 'two' }, 'three'];
  test.each([
    ['is as it is where there is room', 15, 'c', ['one  two  three', '---  ---  -----', 'a      1  c']],
    [
      'has the columns without room in a line below, indented',
      14,
      'long enough',
      ['one  two', '  three', '--------------', 'a      1', '  long enough'],
    ],
    ['has no line for what is empty', 5, '', ['one', '  two', '  three', '-----', 'a', '    1']],
    [
      'has a cell that is longer than a line in several',
      14,
      'words that go on and on',
      ['one  two', '  three', '--------------', 'a      1', '  words that', '  go on and on'],
    ],
  ])('%s', (_, width, cell, lines) => {
    expect(table(columns, [['a', 1, cell]], width)).toEqual(lines);
  });
});

test('the ratings of the country fit 80 columns, each inspection with its standards below it', async () => {
  const lines = ratingsTable(await ratings(database.db, { synthetic: false }), 80);
  // what stands below the table is broken at blanks when it is printed
  expect(lines.slice(0, lines.indexOf('')).filter((line) => line.length > 80)).toEqual([]);
  const barnet = lines.findIndex((line) => line.startsWith('Barnet YOS'));
  expect(lines.slice(barnet, barnet + 2)).toEqual([
    expect.stringMatching(/^Barnet YOS +2022-02 +2021 +21\/36 +G +agrees, 2\*$/),
    '  G    G    O    RI   RI*  G    G*   RI   RI   G    G    G    G',
  ]);
  const derby = lines.findIndex((line) => line.startsWith('Derby '));
  // of which no standard is known: the next line is the next inspection
  expect(lines[derby + 1]).toMatch(/^\S/);
});

test('help is broken anew where lines are too long: paragraphs as a whole, lists below the beginning of their text', () => {
  const text = 'One two three\nfour five.\n\n  --a <b>  six seven\n  it stays\n';
  const broken = 'One two three\nfour five.\n\n  --a <b>  six\n           seven\n  it stays\n';
  expect(wrapText(text, 16)).toBe(broken);
  expect(wrapText(text, 12)).toMatch(/^One two\nthree four\nfive\.\n\n/);
});
