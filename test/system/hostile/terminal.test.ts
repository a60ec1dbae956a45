import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { table } from '../../../src/cli/table.js';
import { formatProblem } from '../../../src/problem.js';
import { visible, visibleJson, visibleLine } from '../../../src/visible.js';
import { good2018, testFolder } from '../../support/bundles.js';
import { command } from '../../support/command.js';
import { testDatabase } from '../../support/database.js';

// What data say never reaches a terminal as a command to it, nor as something that cannot be seen.

const database = testDatabase();
const files = testFolder();
const run = (...args: string[]) => command(args, { env: { DATABASE_URL: database.url } });

/** Each by its code: what obeys, turns round, hides, or ends a line elsewhere. */
const codes = [
  ...[0x00, 0x07, 0x08, 0x09, 0x0b, 0x0c, 0x0d, 0x1b, 0x7f, 0x80, 0x85, 0x9b, 0x9d, 0xad, 0x034f, 0x061c],
  ...[0x115f, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2060],
  ...[0x2066, 0x2069, 0x3164, 0xfe0f, 0xfeff, 0xffa0, 0xfff9, 0xd800, 0xdfff, 0xe0001, 0xe007f],
];
/** The same, told apart without the program's own way of telling. */
const bad = (text: string) =>
  [...text].filter((one) => {
    const code = one.codePointAt(0) as number;
    return codes.includes(code) || (code < 0x20 && code !== 0x0a) || (code >= 0x7f && code < 0xa0);
  });

test.each(codes)('character %i is written out', (code) => {
  const text = `a${String.fromCodePoint(code)}b`;
  expect(bad(visible(text))).toEqual([]);
  expect(visible(text)).toMatch(/^a\\(u\{[0-9a-f]+\}|[trn])b$/);
  expect(JSON.parse(visibleJson(JSON.stringify({ text })))).toEqual({ text });
  expect(bad(visibleJson(JSON.stringify(text)))).toEqual([]);
});

test('what people write is left alone', () => {
  const text = 'Môn a St Cynfran’s — Zoë £5 “K&C” 北京 💥 ≥ é\nnext line';
  expect(visible(text)).toBe(text);
  expect(visibleLine(text)).toBe(text.replace('\n', '\\n'));
});

test('any text', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...codes.map((code) => String.fromCodePoint(code))),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      expect(visible(visible(text))).toBe(visible(text));
      expect(JSON.parse(visibleJson(JSON.stringify({ text }, null, 2)))).toEqual({ text });
      const shown = [formatProblem({ file: text, line: 1, message: text }), ...table(['a'], [[text]])];
      expect(shown).toHaveLength(4);
      expect(bad(shown.join(''))).toEqual([]);
      expect(shown.join('')).not.toContain('\n');
    }),
    { seed: 7, numRuns: 300 },
  );
});

describe('a service with a name to fool a terminal', () => {
  const name = 'Barset \u001b]0;owned\u0007\u001b[31mred\u202eder\u200b Youth Justice Service';
  test('comes out of every command and message with it written out', async () => {
    const bundle = await files.bundle(
      good2018.replace('{name: Barset Youth Justice Service,', `{name: ${JSON.stringify(name)},`),
    );
    const loaded = await run('load', bundle, '--new-service');
    expect(loaded.code, loaded.stderr).toBe(0);
    const calls = [
      ['ratings', '--synthetic'],
      ['ratings', '--synthetic', '--json'],
      ['compare', 'Barset', '--synthetic'],
      ['ratings', name],
      ['load', `${bundle}${name}`],
      ['ratings', `--${name}`],
      ['db', 'url', '--role', name],
    ];
    for (const call of calls) {
      const { stdout, stderr } = await run(...call);
      expect(bad(stdout + stderr), call.join(' ')).toEqual([]);
      if (call.includes('--json')) expect(JSON.parse(stdout)).toMatchObject([{ service: name }]);
      else expect(stdout + stderr, call.join(' ')).toContain('\\u{1b}]0;owned\\u{7}');
    }
  }, 240_000);
});
