import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstat, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { backup } from '../../../src/database/backup/backup.js';
import { restore } from '../../../src/database/backup/restore.js';
import { connect } from '../../../src/database/connect.js';
import { UserError } from '../../../src/problem.js';
import { testFolder } from '../../support/bundles.js';
import { testDatabase, withEmptyDatabase } from '../../support/database.js';
import { everything } from '../../support/everything.js';

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

test.each<[string, (text: string) => string, RegExp]>([
  [
    'a backup of a newer program',
    (text) => text.replace('"version":"20261129000001"', '"version":"29990101000001"'),
    /was made by a newer version of this program \(.*, with migration 29990101000001\)\. Update the program\.$/,
  ],
  [
    'a backup of a database that was migrated otherwise',
    (text) => text.replace(/"sha256":"[0-9a-f]{64}"/, `"sha256":"${'0'.repeat(64)}"`),
    /is of a database that was migrated by another 20261129000001_\w+\.sql than this program has: /,
  ],
])('%s is refused before anything is done', { timeout: 60_000 }, async (_, change, said) => {
  const file = await forged(change);
  await withEmptyDatabase(async (url) => {
    const error = await restore(url, file).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toMatch(said);
    const db = connect(url, { max: 1 });
    try {
      expect(await everything(db)).toEqual({});
    } finally {
      await db.destroy();
    }
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
