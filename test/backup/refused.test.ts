import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstat, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { backup } from '../../src/database/backup/backup.js';
import { restore } from '../../src/database/backup/restore.js';
import { UserError } from '../../src/problem.js';
import { testFolder } from '../support/bundles.js';
import { testDatabase, withEmptyDatabase } from '../support/database.js';

// A backup that somebody has changed and given a digest that is right: what the database refuses is the file's fault.

const database = testDatabase();
const files = testFolder();
let lines: string[];
let place: string;

beforeAll(async () => {
  place = await files.folder({ 'note.txt': '' });
  await backup(database.url, path.join(place, 'good.backup'));
  lines = gunzipSync(await readFile(path.join(place, 'good.backup')))
    .toString()
    .split('\n')
    .slice(0, -2);
});

/** The backup with its lines changed, and the digest of what they then are. */
async function forged(change: (text: string) => string): Promise<string> {
  const before = lines.join('\n');
  const text = `${change(before)}\n`;
  expect(text).not.toBe(`${before}\n`);
  const tables = text.match(/^\{"table"/gm)?.length ?? 0;
  const end = { end: true, tables, sha256: createHash('sha256').update(text).digest('hex') };
  const file = path.join(place, 'forged.backup');
  await writeFile(file, gzipSync(`${text}${JSON.stringify(end)}\n`));
  return file;
}

test.each<[string, (text: string) => string, RegExp]>([
  [
    'a row of another type',
    (text) => text.replace('\t2018-10-', '\t2018-99-'),
    /the database refuses core\./,
  ],
  [
    'a table without its number of rows',
    (text) => text.replace('\n{"rows":', '\n{"row":'),
    /is damaged or not whole \(how many rows core\.\w+ has is missing\)/,
  ],
  [
    'a sequence of another type',
    (text) => text.replace(/("sequences":\{"[^"]+":\{"value":)\d+/, '$1"x"'),
    /the database refuses its sequences/,
  ],
])('%s is refused in one message', { timeout: 60_000 }, async (_, change, said) => {
  const file = await forged(change);
  await withEmptyDatabase(async (url) => {
    const error = await restore(url, file).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ exit: 1, message: expect.stringMatching(said) });
    expect((error as UserError).message).toMatch(/^[^\n]*Nothing was restored\.$/);
  });
});

test.skipIf(process.platform === 'win32')(
  '--force puts no backup in the place of a pipe or a folder',
  async () => {
    const pipe = path.join(place, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const file of [pipe, place]) {
      const error = await backup(database.url, file, { force: true }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        exit: 2,
        message: `${file} is no file, and can't be replaced by one: name another.`,
      });
    }
    expect((await lstat(pipe)).isFIFO()).toBe(true);
  },
);
