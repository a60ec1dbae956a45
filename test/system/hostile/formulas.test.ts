import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { spreadsheetSafe, withoutApostrophe } from '../../../src/export/spreadsheet-safe.js';
import { good2018, testFolder } from '../../support/bundles.js';
import { command } from '../../support/command.js';
import { testDatabase } from '../../support/database.js';

const database = testDatabase();
const files = testFolder();

test.each([
  ['=HYPERLINK("http://x","y")', '\'=HYPERLINK("http://x","y")'],
  ['-2+3', "'-2+3"],
  ['\t=1', "'\t=1"],
  ['＝1', "'＝1"],
  ["'=1", "''=1"],
  ["'tis", "'tis"],
  ['2 = 1 + 1', '2 = 1 + 1'],
])('%j becomes %j, and is read back', (text, safe) => {
  expect(spreadsheetSafe(text)).toBe(safe);
  expect(withoutApostrophe(safe)).toBe(text);
});

test('any text is read back', () => {
  const text = fc.stringMatching(/^'{0,3}[-=+@\t\r\n＝a1']{0,4}$/);
  fc.assert(
    fc.property(text, (one) => {
      expect(withoutApostrophe(spreadsheetSafe(one))).toBe(one);
      expect(spreadsheetSafe(one)).not.toMatch(/^[=+\-@\t\r\n＝]/);
    }),
    { seed: 11, numRuns: 500 },
  );
});

test('--csv makes no formula of a service’s name', async () => {
  const name = "=cmd|' /C calc'!A0 Barset Youth Justice Service";
  const bundle = await files.bundle(
    good2018.replace('{name: Barset Youth Justice Service,', `{name: ${JSON.stringify(name)},`),
  );
  const env = { DATABASE_URL: database.url };
  const loaded = await command(['load', bundle, '--new-service'], { env });
  expect(loaded.code, loaded.stderr).toBe(0);
  for (const call of [['ratings'], ['distance', 'Barset'], ['compare', 'Barset']]) {
    const { code, stdout, stderr } = await command([...call, '--synthetic', '--csv'], { env });
    expect(code, stderr).toBe(0);
    const { data } = Papa.parse<Record<string, string>>(stdout, { header: true, skipEmptyLines: true });
    const services = new Set(data.map(({ service }) => service));
    expect([...services]).toEqual([`'${name}`]);
    const cells = data.flatMap((row) => Object.values(row));
    expect(cells.filter((cell) => /^[=+@\t\r]/.test(cell))).toEqual([]);
    expect(cells.filter((cell) => /^-/.test(cell) && !/^-\d+(\.\d+)?$/.test(cell))).toEqual([]);
    expect(cells.filter((cell) => /^'-\d/.test(cell))).toEqual([]);
  }
}, 120_000);
