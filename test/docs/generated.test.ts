import { expect, test } from 'vitest';
import { measuredTables, withTables } from '../../scripts/generate/tables-in-pages.js';

test('a table is put between its marks, and the rest of the page stays', () => {
  const page = 'Before\n<!-- begin bench -->\nold\n<!-- end bench -->\nAfter\n';
  const made = withTables(page, { bench: ['| a |', '| - |'] });
  expect(made).toBe('Before\n<!-- begin bench -->\n| a |\n| - |\n<!-- end bench -->\nAfter\n');
  expect(withTables(made, { bench: ['| a |', '| - |'] })).toBe(made);
  expect(() => withTables('No marks', { bench: [] })).toThrow('<!-- begin bench -->');
});

test('without measurements the page says so', () => {
  expect(measuredTables([]).join('\n')).toContain('npm run bench');
});
