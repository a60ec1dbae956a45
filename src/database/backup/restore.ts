import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql, type Transaction } from 'kysely';
import { dbPath } from '../../disk/paths.js';
import { exitCode, UserError } from '../../problem.js';
import { type Connection, connect } from '../connect.js';
import { type Copy, withCopy } from '../copy.js';
import { isServerError } from '../errors.js';
import { dropEverything, migrate, migrationFiles } from '../migrate.js';
import type { DB } from '../schema.js';
import { damaged, type Heading, openBackup, type Sequences, type TablePart } from './archive.js';
import { type StoredTable, storedTables } from './stored-tables.js';

/** What was restored. */
export interface Restored {
  tables: number;
  rows: number;
  heading: Heading;
}

/**
 * Puts a backup into an empty database: makes its schema what it was when the backup was made, and fills its tables in one
 * transaction, whole or not at all. Schema and views are then still of that version.
 * Throws a UserError when the file is no whole backup, is of a newer version of the program, or the database is not empty.
 */
export async function restore(url: string, file: string): Promise<Restored> {
  const { heading, parts, close } = await openBackup(file);
  try {
    await makeSchema(url, await migrationsOf(heading, file));
    return await withCopy(url, async (trx, copy) => {
      // Whoever opens the database now waits, and finds it whole.
      await sql`lock table core.load in access exclusive mode`.execute(trx);
      await refuseUnlessEmpty(trx);
      // Plans of key checks are made while the tables are small, and kept: they must not read them whole for every row.
      await sql`set local enable_seqscan = off`.execute(trx);
      // Rates nothing anew (core.rate_under_changed_rules): what is kept of the ratings is in the backup, with their history.
      await sql`set local yot_ratings.loads_edition = 'on'`.execute(trx);
      const tables = await storedTables(trx);
      await emptyOut(trx, tables);
      const done: Restored = { tables: 0, rows: 0, heading };
      for await (const part of parts)
        if (isTable(part)) {
          done.rows += await fill(trx, copy, known(part, tables, file)).catch(asFault(file, part.table));
          done.tables++;
        } else await setSequences(trx, part).catch(asFault(file, 'its sequences'));
      return done;
    });
  } finally {
    await close();
  }
}

const isTable = (part: TablePart | Sequences): part is TablePart => typeof part.table === 'string';

/** The files of the migrations that a database had when it was backed up. Throws a UserError when this program has others. */
async function migrationsOf({ migrations, program }: Heading, backup: string): Promise<string[]> {
  const files = await migrationFiles();
  return migrations.map(({ version, sha256 }) => {
    const found = files.find((one) => one.version === version);
    if (!found)
      throw new UserError(
        `${backup} was made by a newer version of this program (${program}, with migration ${version}). Update the program.`,
      );
    if (sha256 !== null && sha256 !== found.sha256)
      throw new UserError(
        `${backup} is of a database that was migrated by another ${found.file} than this program has: restore it with the program that made it.`,
      );
    return found.file;
  });
}

/** Makes the schema of an empty database anew, by these migrations. */
async function makeSchema(url: string, files: readonly string[]): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-migrations-'));
  const db = connect(url, { max: 2 });
  try {
    await refuseUnlessEmpty(db);
    await dropEverything(db);
    for (const file of files) await copyFile(dbPath('migrations', file), path.join(folder, file));
    await migrate(db, url, folder);
  } finally {
    await db.destroy();
    await rm(folder, { recursive: true });
  }
}

/** Throws a UserError when a database holds anything that was loaded. */
async function refuseUnlessEmpty(db: Connection): Promise<void> {
  const { rows: there } = await sql<{ found: boolean }>`
    select to_regclass('core.inspection') is not null as found`.execute(db);
  if (!there[0]?.found) return;
  const { rows } = await sql<{ inspections: number; others: number }>`
    select
      (select count(*) from core.inspection) as inspections,
      (select count(*) from core.edition) + (select count(*) from core.service) as others`.execute(db);
  const { inspections = 0, others = 0 } = rows[0] ?? {};
  if (inspections + others > 0)
    throw new UserError(
      `The database is not empty: it holds ${inspections} inspections. A backup is restored into a new database only: name one by DATABASE_URL, ` +
        'or a new folder by YOT_RATINGS_HOME.',
      exitCode.database,
    );
}

/** Takes out what migrations themselves put into tables: it is in the backup. Where there is nothing, nothing is asked of guards of the record. */
async function emptyOut(trx: Transaction<DB>, tables: readonly StoredTable[]): Promise<void> {
  await sql`delete from core.load where kind = 'views'`.execute(trx);
  for (const { name } of [...tables].reverse()) {
    const { rows } = await sql.raw(`select from ${name} limit 1`).execute(trx);
    if (rows.length > 0) await sql.raw(`delete from ${name}`).execute(trx);
  }
}

/** Rows and values that the database refuses (data exceptions, broken constraints, names that are none) are the file's fault. */
const asFault =
  (file: string, part: string) =>
  (error: unknown): never => {
    throw isServerError(error) && /^(22|23|42)/.test(error.code)
      ? damaged(file, `the database refuses ${part}: ${error.message.split('\n')[0]}`)
      : error;
  };

const blockOf = (table: string) => /^core_answer\.block_(\d{1,9})$/.exec(table)?.[1];

/** The part, where it is a table of ours with its columns: what a file says becomes a statement. Throws a UserError otherwise. */
function known(part: TablePart, tables: readonly StoredTable[], file: string): TablePart {
  const name = blockOf(part.table) === undefined ? part.table : 'core_answer.one_at_a_time';
  const columns = tables.find((one) => one.name === name)?.columns ?? [];
  if (columns.length > 0 && part.columns.every((column) => columns.includes(column))) return part;
  throw damaged(file, `its version of the program has no such table: ${part.table}`);
}

/** Fills a table, one of a bulk load's answers as that did; returns how many rows it got. */
async function fill(trx: Transaction<DB>, copy: Copy, { table, columns, rows }: TablePart): Promise<number> {
  const block = blockOf(table);
  if (block === undefined) return copy({ table, columns }, rows);
  await sql`select setval('core.inspection_block', ${block}::bigint, false), core.new_answer_part()`.execute(
    trx,
  );
  const count = await copy({ table, columns, options: 'with (freeze)' }, rows);
  await sql`select core.attach_answer_part(${block}::bigint)`.execute(trx);
  return count;
}

async function setSequences(trx: Transaction<DB>, sequences: Sequences): Promise<void> {
  for (const [name, { value, called }] of Object.entries(sequences))
    await sql`select setval(${name}::regclass, ${value}, ${called})`.execute(trx);
}
