import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Kysely, sql, type Transaction } from 'kysely';
import { dbPath } from '../../paths.js';
import { exitCode, UserError } from '../../problem.js';
import { type Connection, connect } from '../connect.js';
import { type Copy, withCopy } from '../copy.js';
import { isServerError } from '../errors.js';
import { appliedVersions, digestOf, migrate, migrationFiles, versionOf } from '../migrate.js';
import type { DB } from '../schema.js';
import { attachBlock, blockOf, makeBlock } from './answer-block.js';
import { checkBackup, type Heading, readBackup, type Sequences, type TablePart } from './archive.js';
import { type StoredTable, storedSequences, storedTables } from './stored-tables.js';

/** What was restored. */
export interface Restored {
  tables: number;
  rows: number;
  heading: Heading;
}

/**
 * Puts a backup into an empty database: brings its schema to what it was when the backup was made, and fills its tables in one
 * transaction, whole or not at all. Schema and views are then still of that version.
 * Throws a UserError when the file is no whole backup, is of a newer version of the program, or the database is not empty.
 */
export async function restore(url: string, file: string): Promise<Restored> {
  // All of it before anything is done.
  const heading = await checkBackup(file);
  const files = await migrationsOf(heading, file);
  const db = connect(url, { max: 2 });
  try {
    await refuseUnlessEmpty(db);
    const newer = (await appliedVersions(db)).filter(
      (version) => !heading.migrations.some((one) => one.version === version),
    );
    if (newer.length > 0)
      throw new UserError(
        `The database has the schema of a newer version than the backup (${newer.join(', ')}): restore into a new database.`,
        exitCode.database,
      );
    await migrateTo(db, url, files);
  } finally {
    await db.destroy();
  }
  return withCopy(url, async (trx, copy) => {
    // Whoever opens the database now waits, and finds it whole.
    await sql`lock table core.load in access exclusive mode`.execute(trx);
    await refuseUnlessEmpty(trx);
    // Plans of key checks are made while the tables are small, and kept: they must not read them whole for every row.
    await sql`set local enable_seqscan = off`.execute(trx);
    // Rates nothing anew (core.rate_under_changed_rules): what is kept of the ratings is in the backup, with their history.
    await sql`set local yot_ratings.loads_edition = 'on'`.execute(trx);
    const views = await sql<Record<string, unknown>>`
      delete from core.load where kind = 'views'
      returning subject, content_hash, loaded_at::text, loaded_by, program`.execute(trx);
    const tables = await storedTables(trx);
    // What migrations themselves put into tables is in the backup. Where there is nothing, nothing is asked of guards of the record.
    for (const { name } of [...tables].reverse()) {
      const { rows } = await sql.raw(`select from ${name} limit 1`).execute(trx);
      if (rows.length > 0) await sql.raw(`delete from ${name}`).execute(trx);
    }
    const done: Restored = { tables: 0, rows: 0, heading };
    for await (const part of readBackup(file)) {
      const what = 'table' in part ? part.table : 'its sequences';
      done.rows += await refusedAsData(file, what, () =>
        'table' in part ? fill(trx, copy, known(part, tables, file)) : setSequences(trx, part.sequences),
      );
      if ('table' in part) done.tables++;
    }
    for (const row of views.rows)
      await sql`
        insert into core.load (kind, subject, content_hash, loaded_at, loaded_by, program)
        values ('views', ${row.subject}, ${row.content_hash}, ${row.loaded_at}::timestamptz, ${row.loaded_by}, ${row.program})`.execute(
        trx,
      );
    return done;
  });
}

/** The files of the migrations that a database had when it was backed up. Throws a UserError when this program has others. */
async function migrationsOf({ migrations, program }: Heading, backup: string): Promise<string[]> {
  const files = await migrationFiles();
  const wanted: string[] = [];
  for (const { version, sha256 } of migrations) {
    const file = files.find((one) => versionOf(one) === version);
    if (!file)
      throw new UserError(
        `${backup} was made by a newer version of this program (${program}, with migration ${version}). Update the program.`,
      );
    if (sha256 !== null && sha256 !== (await digestOf(dbPath('migrations', file))))
      throw new UserError(
        `${backup} is of a database that was migrated by another ${file} than this program has: restore it with the program that made it.`,
      );
    wanted.push(file);
  }
  return wanted;
}

async function migrateTo(db: Kysely<DB>, url: string, files: readonly string[]): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-migrations-'));
  try {
    for (const file of files) await copyFile(dbPath('migrations', file), path.join(folder, file));
    await migrate(db, url, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Throws a UserError when a database holds anything that was loaded. */
async function refuseUnlessEmpty(db: Connection): Promise<void> {
  for (const what of ['inspection', 'edition', 'service']) {
    const { rows: there } = await sql<{ found: boolean }>`
      select to_regclass(${`core.${what}`}) is not null as found`.execute(db);
    if (!there[0]?.found) continue;
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from ${sql.table(`core.${what}`)}`.execute(db);
    const count = rows[0]?.count ?? 0;
    if (count > 0)
      throw new UserError(
        `The database is not empty: it holds ${count} ${what}s. A backup is restored into a new database only: name one by DATABASE_URL, ` +
          'or a new folder by YOT_RATINGS_HOME.',
        exitCode.database,
      );
  }
}

/** Does a part of the work; rows and values that the database refuses are the file's fault, whatever its digest says. */
async function refusedAsData<T>(file: string, part: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // Data exceptions, broken constraints, and tables, columns and sequences that are none.
    if (!isServerError(error) || !/^(22|23|42)/.test(error.code)) throw error;
    throw new UserError(
      `${file} is not what db backup wrote: the database refuses ${part} (${error.message.split('\n')[0]}). Nothing was restored.`,
      exitCode.data,
      [],
      error,
    );
  }
}

/** The part, where it is a table of ours with its columns: what a file says becomes a statement. Throws a UserError otherwise. */
function known(part: TablePart, tables: readonly StoredTable[], file: string): TablePart {
  const name = blockOf(part.table) === undefined ? part.table : 'core_answer.one_at_a_time';
  const columns = tables.find((one) => one.name === name)?.columns ?? [];
  if (columns.length > 0 && part.columns.every((column) => columns.includes(column))) return part;
  throw new UserError(`${file} has a table that its version of the program does not have: ${part.table}.`);
}

/** Fills a table; returns how many rows it got. */
async function fill(trx: Transaction<DB>, copy: Copy, part: TablePart): Promise<number> {
  const { table, columns, rows } = part;
  const block = blockOf(table);
  if (block !== undefined) await makeBlock(trx, block);
  const count = await copy(
    { table, columns, ...(block !== undefined && { options: 'with (freeze)' }) },
    rows,
  );
  if (block !== undefined) await attachBlock(trx, block);
  return count;
}

async function setSequences(trx: Transaction<DB>, sequences: Sequences): Promise<0> {
  const there = await storedSequences(trx);
  for (const [name, { value, called }] of Object.entries(sequences))
    if (there.includes(name)) await sql`select setval(${name}::regclass, ${value}, ${called})`.execute(trx);
  return 0;
}
