import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { table } from '../../../src/cli/table.js';
import { formatProblem } from '../../../src/problem.js';
import { spreadsheetSafe, withoutApostrophe } from '../../../src/words/spreadsheet-safe.js';
import { visible, visibleJson, visibleLine } from '../../../src/words/visible.js';
import { good2018, testFolder } from '../../support/bundles.js';
import { command } from '../../support/command.js';
import { testDatabase } from '../../support/database.js';

// What data say never reaches a terminal as a command to it, nor as something that cannot be seen, nor a spreadsheet as a formula.

const database = testDatabase();
const files = testFolder();
const run = (...args: string[]) => command(args, { env: { DATABASE_URL: database.url } });

/** Each by its code: what obeys, turns round, hides, or ends a line elsewhere. */
const codes = [
  ...[
    0x00, 0x07, 0x08, 0x09, 0x0b, 0x0c, 0x0d, 0x1b, 0x7f, 0x80, 0x85, 0x9b, 0x9d, 0xa0, 0xad, 0x034f, 0x061c,
  ],
  ...[0x115f, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2060],
  ...[0x2066, 0x2069, 0x3164, 0xfe0f, 0xfeff, 0xffa0, 0xfff9, 0xd800, 0xdfff, 0xe0001, 0xe007f],
];
/** The same, told apart without the program's own way of telling. */
const bad = (text: string) =>
  [...text].filter((one) => {
    const code = one.codePointAt(0) as number;
    return codes.includes(code) || (code < 0x20 && code !== 0x0a) || (code >= 0x7f && code < 0xa0);
  });

test('what people write is left alone', () => {
  const text = 'Môn a St Cynfran’s — Zoë £5 “K&C” 北京 💥 ≥ é\nnext line';
  expect(visible(text)).toBe(text);
  expect(visibleLine(text)).toBe(text.replace('\n', '\\n'));
});

test('any text, with any of these in it, is shown without one, and JSON keeps it', () => {
  for (const code of codes)
    expect(visible(`a${String.fromCodePoint(code)}b`)).toMatch(/^a\\(u\{[0-9a-f]+\}|[trn])b$/);
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...codes.map((code) => String.fromCodePoint(code))),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      expect(visible(visible(text))).toBe(visible(text));
      const json = visibleJson(JSON.stringify({ text }, null, 2));
      expect([JSON.parse(json), bad(json)]).toEqual([{ text }, []]);
      const shown = [formatProblem({ file: text, line: 1, message: text }), ...table(['a'], [[text]])];
      expect(shown).toHaveLength(4);
      expect(bad(shown.join(''))).toEqual([]);
      expect(shown.join('')).not.toContain('\n');
    }),
    { seed: 7, numRuns: 300 },
  );
});

test.each([
  ['=HYPERLINK("http://x","y")', '\'=HYPERLINK("http://x","y")'],
  ['-2+3', "'-2+3"],
  ['\t=1', "'\t=1"],
  ['＝1', "'＝1"],
  ["'=1", "''=1"],
  ["'tis", "'tis"],
  ['2 = 1 + 1', '2 = 1 + 1'],
])('%j is %j in a table for spreadsheets', (text, safe) => {
  expect(spreadsheetSafe(text)).toBe(safe);
});

test('any text is no formula in a table for spreadsheets, and is read back', () => {
  const text = fc.stringMatching(/^'{0,3}[-=+@\t\r\n＝a1']{0,4}$/);
  fc.assert(
    fc.property(text, (one) => {
      expect(withoutApostrophe(spreadsheetSafe(one))).toBe(one);
      expect(spreadsheetSafe(one)).not.toMatch(/^[=+\-@\t\r\n＝]/);
    }),
    { seed: 11, numRuns: 500 },
  );
});

test('a service’s name to fool terminals and spreadsheets comes out of every command and message written out, and is no formula', async () => {
  const name =
    "=cmd|' /C calc'!A0 Barset \u001b]0;owned\u0007\u001b[31mred\u202eder\u200b Youth Justice Service";
  const bundle = await files.bundle(
    good2018.replace('{name: Barset Youth Justice Service,', `{name: ${JSON.stringify(name)},`),
  );
  const loaded = await run('load', bundle, '--new-service');
  expect(loaded.code, loaded.stderr).toBe(0);
  for (const call of [
    ['ratings', '--synthetic'],
    ['ratings', '--synthetic', '--json'],
    ['compare', 'Barset', '--synthetic'],
    ['ratings', name],
    ['load', `${bundle}${name}`],
    ['ratings', `--${name}`],
    ['db', 'url', '--role', name],
  ]) {
    const { stdout, stderr } = await run(...call);
    expect(bad(stdout + stderr), call.join(' ')).toEqual([]);
    if (call.includes('--json')) expect(JSON.parse(stdout)).toMatchObject([{ service: name }]);
    else expect(stdout + stderr, call.join(' ')).toContain('\\u{1b}]0;owned\\u{7}');
  }
  for (const call of [['ratings'], ['distance', 'Barset'], ['compare', 'Barset']]) {
    const { code, stdout, stderr } = await run(...call, '--synthetic', '--csv');
    expect(code, stderr).toBe(0);
    const { data } = Papa.parse<Record<string, string>>(stdout, { header: true, skipEmptyLines: true });
    expect([...new Set(data.map(({ service }) => service))]).toEqual([`'${name}`]);
    const cells = data.flatMap((row) => Object.values(row));
    // A number may begin with a minus, and has no apostrophe before it; nothing else does.
    const isNumber = /^-\d+(\.\d+)?$/;
    expect(cells.filter((cell) => /^[-=+@\t\r]/.test(cell) && !isNumber.test(cell))).toEqual([]);
    expect(cells.filter((cell) => /^'-\d/.test(cell))).toEqual([]);
  }
}, 240_000);
