import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { good2018 } from '../../support/bundles.js';
import { command, temporaryFolders } from '../../support/command.js';
import { testDatabase } from '../../support/database.js';
import { times } from '../../support/in-full.js';
import { seed } from '../../support/seed.js';

// Whatever a call says: it is done, or refused in a user's words. Never a stack, and never a database that can't be reached.

const database = testDatabase();
const folder = temporaryFolders();
let home: string;

beforeAll(async () => {
  home = await folder();
  for (const [name, text] of Object.entries({ 'good.yaml': good2018, 'empty.csv': '', 'odd.csv': 'a,a\n"' }))
    await writeFile(path.join(home, name), text);
});

const commands =
  'ratings|reconcile|trends|compare|distance|load|template|export|simulate|read|db check|db url|db upp|help|'.split(
    '|',
  );
const options =
  '--json --csv --as-of --as-if --edition --questions --synthetic --only --to --inspections --seed --ratings --columns --answers --cases --role --new-service'.split(
    ' ',
  );
const values = [
  ...'Wigan wgian 2.1 9.9 2021 2021-02-30 -1 1e9 rounding=down base= = 0 good.yaml empty.csv odd.csv'.split(
    ' ',
  ),
  ...['nowhere/at/all', '.', '', ' ', '\u202e', '$(id)', '%s', '--', '-x'],
];
const calls = fc
  .tuple(
    fc.constantFrom(...commands),
    fc.array(
      fc.oneof(
        fc.constantFrom(...options),
        fc.constantFrom(...values),
        fc.string({ unit: 'grapheme', maxLength: 6 }).filter((text) => !text.includes('\0')),
      ),
      { maxLength: 4 },
    ),
  )
  .map(([first, rest]) => [...first.split(' ').filter(Boolean), ...rest]);

test('any call is done, or refused in plain words', { timeout: 600_000 }, async () => {
  const ended = { done: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(calls, async (call) => {
      const { code, stderr } = await command(call, {
        env: { DATABASE_URL: database.url, YOT_RATINGS_HOME: path.join(home, 'home') },
        options: { cwd: home },
      });
      expect([0, 1, 2]).toContain(code);
      expect(stderr).not.toMatch(/\n\s+at .*:\d+|\w+Error\b|undefined|\[object|SQLSTATE/);
      if (code !== 0) expect(stderr.trim()).not.toBe('');
      ended[code === 0 ? 'done' : 'refused']++;
    }),
    { seed, numRuns: times(60, 1000) },
  );
  expect(ended.done).toBeGreaterThan(3);
  expect(ended.refused).toBeGreaterThan(10);
});
