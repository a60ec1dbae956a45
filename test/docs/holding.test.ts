import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const rows = readFileSync(new URL('docs/holding.md', root), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(1);

test('every fault of the page on what holds is said in full, and tried by files that are there', () => {
  expect(rows.length).toBeGreaterThan(40);
  for (const row of rows) {
    const cells = row.split('|').slice(1, -1);
    expect(
      cells.filter((cell) => cell.trim() !== ''),
      row,
    ).toHaveLength(5);
    const files = [...(cells[2] ?? '').matchAll(/(?:test|scripts)\/[\w/.-]+\.ts/g)].map(([file]) => file);
    expect(files.length, row).toBeGreaterThan(0);
    expect(
      files.filter((file) => !existsSync(new URL(file, root))),
      row,
    ).toEqual([]);
  }
});
