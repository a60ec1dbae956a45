import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { lstat, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { backup } from '../../../src/database/backup/backup.js';
import { restore } from '../../../src/database/backup/restore.js';
import { openDatabase } from '../../../src/database/open.js';
import type { DB } from '../../../src/database/schema.js';
import { load } from '../../../src/import/load.js';
import { keptDifferences } from '../../../src/queries/kept-differences.js';
import { good2018, good2021, testFolder } from '../../support/bundles.js';
import { startCommand } from '../../support/command.js';
import { refusalOf, rowsOf, withConnection } from '../../support/connection.js';
import { testDatabase, withEmptyDatabase } from '../../support/database.js';
import { everything } from '../../support/everything.js';
import { loadProgramme } from '../../support/programme.js';
import { withDatabaseName } from '../../support/server.js';
import { until, waitsForLock } from '../../support/waiting.js';

const database = testDatabase();
const files = testFolder();
let db: Kysely<DB>;
let folder: string;
let file: string;

const odd = 'a\ttab, a\nline, a \\ backslash, "quotes", a \\. end, \u202e right to left, é, 🙂, \\N';
const changed = good2018.replace(
  '"2.1.2": {relevant_cases: 8, yes: 6',
  '"2.1.2": {relevant_cases: 8, yes: 2',
);

beforeAll(async () => {
  db = database.db;
  await loadProgramme(database, { inspections: 34 });
  await load(db, [await files.bundle(good2018), await files.bundle(good2021)]);
  await load(db, [await files.bundle(changed)]);
  await sql`update core.inspection set about = ${odd}, title = '' where is_synthetic and inspection_id < 1000`.execute(
    db,
  );
  await sql`update core.finding set summary = repeat(${odd}, 10000) where finding_no = 1`.execute(db);
  folder = await files.folder({ 'note.txt': '' });
  file = path.join(folder, 'all.backup');
  await backup(database.url, file);
});

/** Restores a backup into an empty database, brings that up to date, and does work on it. */
const restored = (of: string, work: (db: Kysely<DB>, url: string, rows: number) => Promise<void>) =>
  withEmptyDatabase(async (url) => {
    const { rows } = await restore(url, of);
    const opened = await openDatabase(url);
    try {
      expect(opened.migrations).toEqual([]);
      expect(await keptDifferences(opened.db)).toEqual([]);
      await work(opened.db, url, rows);
    } finally {
      await opened.close();
    }
  });

describe('a backup', () => {
  test('restored into an empty database gives every row of every table', { timeout: 180_000 }, async () => {
    const before = await everything(db);
    expect(Object.keys(before).length).toBeGreaterThan(45);
    expect(Object.keys(before).filter((name) => name.startsWith('core_answer.block_'))).toHaveLength(1);
    const all = Object.values(before).reduce((sum, said) => sum + Number(said.split(' ')[0]), 0);
    await restored(file, async (copy, url, rows) => {
      expect(rows).toBe(all);
      expect(await everything(copy)).toEqual(before);
      // Keys and parts are as they were: what is loaded next collides with nothing.
      await load(copy, [await files.bundle(good2021.replace('2022-03', '2022-05'))]);
      await loadProgramme({ db: copy }, { inspections: 24, seed: 8 });
      const keys = `select conrelid::regclass::text as part, pg_get_constraintdef(oid) as key from pg_constraint
        where conrelid = 'core_answer.block_1'::regclass order by 1, 2`;
      expect(await rowsOf(url, keys)).toEqual(await rowsOf(database.url, keys));
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
    await restored(during, async (copy) => expect(await everything(copy)).toEqual(before));
  });

  test('is readable to its owner alone, and holds no password', async () => {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const text = gunzipSync(await readFile(file)).toString();
    expect(text).not.toContain(process.env.YOT_RATINGS_READER_PASSWORD as string);
    expect(text).not.toMatch(/SCRAM-SHA/);
  });

  test('replaces a file when told to, nothing else, and leaves nothing unfinished behind', async () => {
    const there = path.join(folder, 'there.backup');
    await writeFile(there, 'mine');
    const pipe = path.join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const [name, force, says] of [
      [there, false, /is there already: name another file, or say --force/],
      [pipe, true, /is no file, and can't be replaced by one: name another\.$/],
      [folder, true, /is no file, and can't be replaced by one: name another\.$/],
      [path.join(folder, 'no', 'such'), false, /written: the folder that it would lie in is not there/],
    ] as const) {
      const { message, exit } = await refusalOf(backup(database.url, name, { force }));
      expect(message).toMatch(says);
      expect(exit).toBe(2);
    }
    expect(await readFile(there, 'utf8')).toBe('mine');
    expect((await lstat(pipe)).isFIFO()).toBe(true);
    await backup(database.url, there, { force: true });
    expect((await readFile(there)).length).toBeGreaterThan(1000);
    expect((await readdir(folder)).filter((name) => name.includes('unfinished'))).toEqual([]);
  });
});

test('a backup that is killed leaves no file of its name, and what it had written goes with the next one', async () => {
  const to = path.join(folder, 'killed.backup');
  const run = () => startCommand(['db', 'backup', to], { env: { DATABASE_URL: database.url } });
  const named = async () => (await readdir(folder)).filter((one) => one.includes('killed'));
  const killed = run();
  await until(async () => (await named()).length > 0);
  killed.kill('SIGKILL');
  await killed.ended;
  // It may have been done by then.
  if (!existsSync(to)) expect(await run().ended).toMatchObject({ code: 0 });
  expect(await named()).toEqual(['killed.backup']);
});

test('a database without a schema is not backed up, nor made', () =>
  withEmptyDatabase(async (url) => {
    expect((await refusalOf(backup(url, path.join(folder, 'none')))).message).toMatch(
      /^There is nothing to back up/,
    );
    expect(await withConnection(url, everything)).toEqual({});
  }));

describe('nothing is restored', () => {
  const name = `yot_ratings_refused_${process.pid}`;
  const empty = withDatabaseName(inject('adminUrl'), name);
  beforeAll(() => rowsOf(inject('adminUrl'), `create database ${name}`));
  afterAll(() => rowsOf(inject('adminUrl'), `drop database ${name} with (force)`));

  test('into a database that holds something', async () => {
    const before = await everything(db);
    expect((await refusalOf(restore(database.url, file))).message).toMatch(
      /^The database is not empty: it holds \d+ inspections\./,
    );
    expect(await everything(db)).toEqual(before);
  });

  /** A change of what is packed in it. */
  const within = (change: (text: string) => string) => (bytes: Buffer) => {
    const text = gunzipSync(bytes).toString('latin1');
    expect(change(text)).not.toBe(text);
    return gzipSync(Buffer.from(change(text), 'latin1'));
  };
  /** The same with the digest that is right then: what the database refuses is the file's fault. */
  const forged = (change: (text: string) => string) =>
    within((text) => {
      const lines = change(text).split('\n').slice(0, -2);
      const body = `${lines.join('\n')}\n`;
      const sha256 = createHash('sha256').update(body, 'latin1').digest('hex');
      return `${body}${JSON.stringify({ end: true, tables: 1, sha256 })}\n`;
    });

  test.each<[string, (bytes: Buffer) => Buffer, RegExp]>([
    ['cut short', (bytes) => bytes.subarray(0, bytes.length - 100), /is damaged or not whole/],
    ['empty', () => Buffer.alloc(0), /is damaged or not whole/],
    ['a text', () => Buffer.from('inspection,rating\n'), /is no backup that db backup has made/],
    ['one cell another', within((text) => text.replace('\tyes\n', '\tno\n')), /its digest is another/],
    ['longer than its end', within((text) => `${text}{"rows": 1}\n`), /it goes on after its end/],
    [
      'of a newer program',
      forged((text) => text.replace('"version":"20261129000001"', '"version":"29990101000001"')),
      /was made by a newer version of this program \(.*, with migration 29990101000001\)\. Update the program\.$/,
    ],
    [
      'of a database that was migrated otherwise',
      forged((text) => text.replace(/"sha256":"[0-9a-f]{64}"/, `"sha256":"${'0'.repeat(64)}"`)),
      /is of a database that was migrated by another 20261129000001_\w+\.sql than this program has: /,
    ],
    [
      'forged: a row of another type',
      forged((text) => text.replace('\t2018-10-', '\t2018-99-')),
      /damaged or not whole \(the database refuses core\./,
    ],
    [
      'forged: a table that is none',
      forged((text) => text.replace('{"table":"core.load"', '{"table":"core.load; drop table core.answer"')),
      /its version of the program has no such table: core\.load; drop/,
    ],
    [
      'forged: a sequence of another type',
      forged((text) => text.replace(/("sequences":\{"[^"]+":\{"value":)\d+/, '$1"x"')),
      /the database refuses its sequences/,
    ],
  ])('of a file that is %s', { timeout: 60_000 }, async (name, change, says) => {
    const copy = path.join(folder, `${name.replaceAll(/\W/g, '-')}.backup`);
    await writeFile(copy, change(await readFile(file)));
    await isRefused(copy, says);
  });

  test('of a file that is not there', () =>
    isRefused(path.join(folder, 'none.backup'), /can't be read: there is no such file/));

  /** Expects a refusal, after which nothing but the schema is in the database. */
  async function isRefused(copy: string, says: RegExp): Promise<void> {
    const { message, exit } = await refusalOf(restore(empty, copy));
    expect(message).toMatch(says);
    expect(exit).toBe(1);
    const left = await withConnection(empty, everything);
    expect([left['core.inspection'] ?? '0 0', left['core.edition'] ?? '0 0']).toEqual(['0 0', '0 0']);
  }
});
