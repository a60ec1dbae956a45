import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Kysely, sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { backup } from '../../../src/database/backup/backup.js';
import { restore } from '../../../src/database/backup/restore.js';
import { connect } from '../../../src/database/connect.js';
import { openDatabase } from '../../../src/database/open.js';
import type { DB } from '../../../src/database/schema.js';
import { load } from '../../../src/import/load.js';
import { UserError } from '../../../src/problem.js';
import { keptDifferences } from '../../../src/queries/kept-differences.js';
import { good2018, good2021, testFolder } from '../../support/bundles.js';
import { testDatabase, withEmptyDatabase } from '../../support/database.js';
import { everything } from '../../support/everything.js';
import { loadProgramme } from '../../support/programme.js';
import { waitsForLock } from '../../support/waiting.js';

const database = testDatabase();
const files = testFolder();
let db: Kysely<DB>;
let folder: string;
let file: string;

const odd = 'a\ttab, a\nline, a \\ backslash, "quotes", a \\. end, \u202e right to left, é, 🙂, \\N';

beforeAll(async () => {
  db = database.db;
  await loadProgramme(database, { inspections: 34 });
  await load(db, [await files.bundle(good2018), await files.bundle(good2021)]);
  await load(db, [
    await files.bundle(
      good2018.replace('"2.1.2": {relevant_cases: 8, yes: 6', '"2.1.2": {relevant_cases: 8, yes: 2'),
    ),
  ]);
  await sql`update core.inspection set about = ${odd}, title = '' where is_synthetic and inspection_id < 1000`.execute(
    db,
  );
  await sql`update core.finding set summary = repeat(${odd}, 10000) where finding_no = 1`.execute(db);
  folder = await files.folder({ 'note.txt': '' });
  file = path.join(folder, 'all.backup');
  await backup(database.url, file);
});

/** A copy of the backup with something done to it. */
async function changedCopy(name: string, change: (bytes: Buffer) => Buffer): Promise<string> {
  const copy = path.join(folder, name);
  await writeFile(copy, change(await readFile(file)));
  return copy;
}

/** The same of what is packed in it. */
const within = (change: (text: string) => string) => (bytes: Buffer) =>
  gzipSync(Buffer.from(change(gunzipSync(bytes).toString('latin1')), 'latin1'));

/** What is said when a file is not restored, and that nothing is in the database after that. */
async function refusal(copy: string): Promise<UserError> {
  return withEmptyDatabase(async (url) => {
    const error = await restore(url, copy).then(
      () => new Error('it was restored'),
      (reason: unknown) => reason,
    );
    if (!(error instanceof UserError)) throw error;
    expect(error.message).not.toContain('\n');
    const empty = connect(url, { max: 1 });
    try {
      const { rows } = await sql<{ found: boolean }>`
        select to_regclass('core.inspection') is not null as found`.execute(empty);
      if (rows[0]?.found) {
        const { rows: count } = await sql`select count(*) as inspections from core.inspection`.execute(empty);
        expect(count).toEqual([{ inspections: 0 }]);
      }
    } finally {
      await empty.destroy();
    }
    return error;
  });
}

describe('a backup', () => {
  test('restored into an empty database gives every row of every table', { timeout: 180_000 }, async () => {
    const before = await everything(db);
    expect(Object.keys(before).length).toBeGreaterThan(45);
    expect(Object.keys(before).filter((name) => name.startsWith('core_answer.block_'))).toHaveLength(1);
    await withEmptyDatabase(async (url) => {
      const done = await restore(url, file);
      expect(done.rows).toBe(
        Object.values(before).reduce((sum, said) => sum + Number(said.split(' ')[0]), 0),
      );
      const opened = await openDatabase(url);
      try {
        expect(opened.migrations).toEqual([]);
        expect(await everything(opened.db)).toEqual(before);
        expect(await keptDifferences(opened.db)).toEqual([]);
        const { rows } = await sql<{ about: string }>`
          select about from core.inspection where is_synthetic and inspection_id < 1000 limit 1`.execute(
          opened.db,
        );
        expect(rows[0]?.about).toBe(odd);
        // Keys and parts are as they were: what is loaded next collides with nothing.
        await load(opened.db, [await files.bundle(good2021.replace('2022-03', '2022-05'))]);
        await loadProgramme({ db: opened.db, url }, { inspections: 24, seed: 8 });
        const keysOf = (of: Kysely<DB>) =>
          sql`select conrelid::regclass::text as part, pg_get_constraintdef(oid) as key from pg_constraint
            where conrelid = 'core_answer.block_1'::regclass order by 1, 2`.execute(of);
        expect((await keysOf(opened.db)).rows).toEqual((await keysOf(db)).rows);
      } finally {
        await opened.close();
      }
    });
  });

  test('is of one moment, while others load', { timeout: 180_000 }, async () => {
    const during = path.join(folder, 'during.backup');
    const before = await everything(db);
    let backingUp: Promise<unknown> | undefined;
    await db.transaction().execute(async (trx) => {
      // By the time that it waits for this, which no load needs, it has had its first look at the database.
      await sql`lock table core.role_limit in access exclusive mode`.execute(trx);
      backingUp = backup(database.url, during);
      await waitsForLock(db, backingUp);
      await load(db, [await files.bundle(good2021.replace('2022-03', '2022-06'))]);
    });
    await backingUp;
    expect(await everything(db)).not.toEqual(before);
    await withEmptyDatabase(async (url) => {
      await restore(url, during);
      const opened = await openDatabase(url);
      try {
        expect(await everything(opened.db)).toEqual(before);
        expect(await keptDifferences(opened.db)).toEqual([]);
      } finally {
        await opened.close();
      }
    });
  });

  test('is readable to its owner alone, and holds no password', async () => {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const text = gunzipSync(await readFile(file)).toString();
    expect(text).not.toContain(process.env.YOT_RATINGS_READER_PASSWORD as string);
    expect(text).not.toMatch(/SCRAM-SHA/);
  });

  test('replaces no file unless told to, and leaves nothing unfinished behind', async () => {
    const there = path.join(folder, 'there.backup');
    await writeFile(there, 'mine');
    const error = await backup(database.url, there).catch((reason: unknown) => reason);
    expect((error as Error).message).toMatch(/is there already: name another file, or say --force/);
    expect(await readFile(there, 'utf8')).toBe('mine');
    await backup(database.url, there, { force: true });
    expect((await readFile(there)).length).toBeGreaterThan(1000);
    const elsewhere = await backup(database.url, path.join(folder, 'no', 'such.backup')).catch(
      (reason: unknown) => reason,
    );
    expect((elsewhere as Error).message).toMatch(
      /can't be written: the folder that it would lie in is not there/,
    );
    for (const force of [false, true])
      await expect(backup(database.url, path.join(there, 'below'), { force })).rejects.toMatchObject({
        message: expect.stringMatching(
          /below can't be written: it, or what it would lie in, is no folder\.$/,
        ),
        exit: 2,
      });
    expect((await readdir(folder)).filter((name) => name.includes('unfinished'))).toEqual([]);
  });
});

describe('nothing is restored', () => {
  test('into a database that holds something', async () => {
    const before = await everything(db);
    const error = await restore(database.url, file).catch((reason: unknown) => reason);
    expect((error as Error).message).toMatch(/^The database is not empty: it holds \d+ inspections\./);
    expect(await everything(db)).toEqual(before);
  });

  test.each<[string, (bytes: Buffer) => Buffer, RegExp]>([
    ['cut short', (bytes) => bytes.subarray(0, bytes.length - 100), /is damaged or not whole/],
    ['half', (bytes) => bytes.subarray(0, bytes.length / 2), /is damaged or not whole/],
    [
      'changed in one bit',
      (bytes) => {
        const copy = Buffer.from(bytes);
        const at = Math.floor(copy.length / 2);
        copy[at] = (copy[at] as number) ^ 4;
        return copy;
      },
      /is damaged or not whole/,
    ],
    ['empty', () => Buffer.alloc(0), /is damaged or not whole/],
    ['a text', () => Buffer.from('inspection,rating\n'), /is no backup that db backup has made/],
    ['packed, but foreign', () => gzipSync('inspection,rating\n'), /is no backup that db backup has made/],
    ['one cell another', within((text) => text.replace('\tyes\n', '\tno\n')), /its digest is another/],
    [
      'one row less',
      within((text) => text.replace(/\n[^\n]*\tyes\n/, '\n')),
      /is damaged or not whole \(core\S+ has \d+ rows of \d+\)/,
    ],
    ['longer than its end', within((text) => `${text}{"rows": 1}\n`), /it goes on after its end/],
    [
      'of a newer program',
      within((text) => text.replace('"version":"20261129000001"', '"version":"29990101000001"')),
      /its digest is another|newer version/,
    ],
  ])('of a file that is %s', async (name, change, says) => {
    const copy = await changedCopy(`${name.replaceAll(/\W/g, '-')}.backup`, change);
    expect((await refusal(copy)).message).toMatch(says);
  });

  test('of a file that is not there', async () => {
    expect((await refusal(path.join(folder, 'none.backup'))).message).toMatch(
      /can't be read: there is no such file/,
    );
  });
});
