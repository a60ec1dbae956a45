import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '../../src/database/connect.js';
import { dbmate, migrate } from '../../src/database/migrate.js';
import { openDatabase } from '../../src/database/open.js';
import type { DB } from '../../src/database/schema.js';
import { load, loadBundled } from '../../src/import/load.js';
import { dbPath } from '../../src/paths.js';
import { exitCode, UserError } from '../../src/problem.js';
import { keptDifferences } from '../../src/queries/kept-differences.js';
import { ratings } from '../../src/queries/ratings.js';
import { good2018, testFolder } from '../support/bundles.js';
import { withEmptyDatabase } from '../support/database.js';
import { loadProgramme } from '../support/programme.js';

const files = (await readdir(dbPath('migrations'))).filter((file) => file.endsWith('.sql')).sort();
const bundles = testFolder();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-migrations-'));
  for (const file of files) await copyFile(dbPath('migrations', file), path.join(folder, file));
});
afterEach(() => rm(folder, { recursive: true }));

async function withConnection<T>(url: string, work: (db: Kysely<DB>) => Promise<T>): Promise<T> {
  const db = connect(url);
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

/** Opens a database, so that it is brought up to date, with what comes with the package loaded. */
async function opened<T>(url: string, work: (db: Kysely<DB>) => Promise<T>): Promise<T> {
  const database = await openDatabase(url);
  try {
    await loadBundled(database.db);
    return await work(database.db);
  } finally {
    await database.close();
  }
}

/** What no migration may lose: answers, published figures, decisions, and the ratings that come of them. */
async function kept(db: Kysely<DB>): Promise<unknown> {
  const tables = [
    'answer',
    'published_result',
    'published_standard_rating',
    'panel_decision',
    'context_fact',
    'load',
  ];
  const digests: Record<string, unknown> = {};
  for (const table of tables) {
    const which = table === 'load' ? "where kind <> 'views'" : '';
    const columns = table === 'load' ? 'load_id, kind, subject, content_hash, loaded_at' : 't.*';
    const { rows } = await sql
      .raw(
        `select count(*), md5(string_agg(row(${columns})::text, ';' order by row(${columns})::text)) from core.${table} as t ${which}`,
      )
      .execute(db);
    digests[table] = rows[0];
  }
  return { digests, ratings: await ratings(db), differences: await keptDifferences(db) };
}

/** How far back each migration can be taken with answers in the database: before the first of these there were no case answers in parts. */
const firstWithAnswers = files.findIndex((file) => file.includes('case_answers'));

test('every migration since case answers came is taken back and applied again with data in it, and keeps it', async () => {
  expect(firstWithAnswers).toBe(6);
  await withEmptyDatabase(async (url) => {
    const before = await opened(url, async (db) => {
      await loadProgramme({ db, url }, { inspections: 6 });
      await load(db, [await bundles.bundle(good2018)]);
      return kept(db);
    });
    expect((before as { ratings: unknown[] }).ratings.length).toBe(12);
    for (let back = 1; back <= files.length - firstWithAnswers - 1; back++) {
      for (let step = 0; step < back; step++)
        await dbmate(url, '--migrations-dir', folder, 'down').catch((error) => {
          throw new Error(`${files[files.length - 1 - step]} can't be taken back: ${error.message}`);
        });
      await opened(url, async (db) => {
        const after = await kept(db);
        // Not before the records of loads knew their inspection and the years were stored are loads the same in every column.
        expect(after, `after ${back} migrations were taken back`).toEqual(before);
      });
    }
  });
});

test('an applied migration that was changed is noticed, and nothing is done', async () => {
  await withEmptyDatabase((url) =>
    withConnection(url, async (db) => {
      expect(await migrate(db, url, folder)).toEqual(files);
      const edited = path.join(folder, files[3] as string);
      const text = await readFile(edited, 'utf8');
      await writeFile(edited, text.replace('recommendations_made >= 0', 'recommendations_made >= 1'));
      await writeFile(
        path.join(folder, '29990101000000_next.sql'),
        '-- migrate:up\ncreate table core.next (a integer);\n-- migrate:down\ndrop table core.next;\n',
      );
      const error = await migrate(db, url, folder).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(UserError);
      const { message, exit } = error as UserError;
      expect(message).toMatch(
        /^20260101000004_inspections\.sql was changed after the database was migrated with it, and nothing was done\. Put the file back/,
      );
      expect(exit).toBe(exitCode.database);
      const { rows } = await sql`select to_regclass('core.next') is null as untouched`.execute(db);
      expect(rows).toEqual([{ untouched: true }]);
      // The same with other line ends is the same.
      await writeFile(edited, text.replaceAll('\n', '\r\n'));
      expect(await migrate(db, url, folder)).toEqual(['29990101000000_next.sql']);
    }),
  );
});

test('a database from before digests were kept has them noted at first sight', async () => {
  await withEmptyDatabase((url) =>
    withConnection(url, async (db) => {
      await migrate(db, url, folder);
      await sql`delete from core.applied_migration`.execute(db);
      expect(await migrate(db, url, folder)).toEqual([]);
      const { rows } = await sql<{
        version: string;
      }>`select version from core.applied_migration order by 1`.execute(db);
      expect(rows.map(({ version }) => version)).toEqual(files.map((file) => file.split('_')[0]));
      const edited = path.join(folder, files[0] as string);
      await writeFile(edited, `${await readFile(edited, 'utf8')}\n-- a word more\n`);
      await expect(migrate(db, url, folder)).rejects.toThrow(/schemas_and_reader\.sql was changed/);
    }),
  );
});
