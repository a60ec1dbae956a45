import { expect, test } from 'vitest';
import { benchReading } from '../../../src/bench/reading.js';

test('times reading a PDF beside the library alone, and reads all of it', async () => {
  const { pages, pieces, lines, ours, library } = await benchReading({ pages: 4, runs: 2 });
  expect(pages).toBe(4);
  expect(pieces).toBeGreaterThan(4 * 60);
  // A running head, a heading, a sentence, ten rows, a paragraph, a footnote and a number on each page.
  expect(lines).toBe(4 * 16);
  expect([ours.times.length, library.times.length]).toEqual([2, 2]);
});
