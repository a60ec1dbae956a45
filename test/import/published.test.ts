import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Problem } from '../../src/problem.js';
import { loadPublishedRatings, publishedRatings } from '../../src/ratings-table/published.js';
import { rolledBack, testDatabase } from '../support/database.js';
import { tableRows } from '../support/shared.js';

const database = testDatabase();

test('the published ratings of the package become inspections without a fault, and again change nothing', async () => {
  const notices: Problem[] = [];
  await rolledBack(database.db, async (trx) => {
    const rows = await loadPublishedRatings(trx, { notice: (notice) => notices.push(notice) });
    const table = tableRows(await readFile(publishedRatings, 'utf8'));
    expect(notices).toEqual([]);
    expect(rows).toHaveLength(table.length);
    const better = rows.filter(({ outcome }) => outcome === 'known better');
    expect(better.map(({ name }) => name.replace(/^\S+ /, '')).sort()).toEqual([
      'Barnet 2022-05-31',
      'Essex 2018-12',
      'Hammersmith and Fulham 2022-10-20',
      'Kensington and Chelsea 2021-03-09',
      'Wigan 2021-08',
    ]);
    // What the reports say is what the table says.
    expect(better.flatMap(({ remarks }) => remarks)).toEqual([]);
    expect(rows.filter(({ outcome }) => outcome === 'loaded')).toHaveLength(rows.length - 5);
    // No row contradicts itself but in ways that are known: a maximum of 24, and what a standard not known may have limited.
    const remarks = rows.flatMap((row) => row.remarks.map(({ message }) => `${row.name}: ${message}`));
    expect(remarks.filter((remark) => !/ Ceredigion .*out of 24/.test(remark))).toEqual([]);
    const again = await loadPublishedRatings(trx);
    expect(new Set(again.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged', 'known better']));
  });
});
