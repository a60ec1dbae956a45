import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { lstat, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { sql } from 'kysely';
import { clearLeftovers, literally } from '../../disk/leftovers.js';
import { checkName, writing } from '../../disk/writing.js';
import { exitCode, UserError } from '../../problem.js';
import { programVersion } from '../../version.js';
import type { Connection } from '../connect.js';
import { type CopyOut, withCopyOut } from '../copy.js';
import { appliedMigrations } from '../migrate.js';
import { endOfRows, format, type Heading } from './archive.js';
import { dataRows, storedSequences, storedTables } from './stored-tables.js';

/** What a backup holds. */
export interface BackedUp {
  tables: number;
  rows: number;
}

/**
 * Writes all data of a database into a file, as of one moment, while others go on. The file appears when it is whole; it holds
 * case data, and only its owner may read it. No password is in it.
 * Throws a UserError when there is a file already (unless `force`), or none can be written.
 */
export async function backup(
  url: string,
  file: string,
  { force = false }: { force?: boolean } = {},
): Promise<BackedUp> {
  checkName(file, 'file');
  const there = await lstat(file).catch(() => undefined);
  if (there && !force)
    throw new UserError(`${file} is there already: name another file, or say --force.`, exitCode.call);
  // A device, a pipe or a folder would not be written to, but be gone: for all who use it.
  if (there && !there.isFile())
    throw new UserError(`${file} is no file, and can't be replaced by one: name another.`, exitCode.call);
  const [folder, name] = [path.dirname(file), path.basename(file)];
  const unfinished = path.join(folder, `.${name}.${process.pid}.unfinished`);
  try {
    return await writing(file, async () => {
      // What backups of this name have left that were killed: there are rows about children in it.
      await clearLeftovers(folder, new RegExp(`^\\.${literally(name)}\\.(\\d+)\\.unfinished$`));
      const done: BackedUp = { tables: 0, rows: 0 };
      await withCopyOut(url, (trx, copyOut) =>
        pipeline(
          Readable.from(archive(trx, copyOut, done), { objectMode: true }),
          createGzip(),
          createWriteStream(unfinished, { mode: 0o600, flags: 'wx', flush: true }),
        ),
      );
      await rename(unfinished, file);
      return done;
    });
  } finally {
    // Where it could not be made it can't be removed either, and why it could not is what counts.
    await rm(unfinished, { force: true }).catch(() => {});
  }
}

async function* archive(trx: Connection, copyOut: CopyOut, done: BackedUp): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  const hashed = (bytes: Buffer) => {
    hash.update(bytes);
    return bytes;
  };
  const line = (value: unknown) => Buffer.from(`${JSON.stringify(value)}\n`);
  const tables = await storedTables(trx);
  // Nobody may change the tables themselves meanwhile; loaders and readers go on.
  if (tables.length > 0)
    await sql
      .raw(`lock table ${tables.map(({ name }) => name).join(', ')} in access share mode`)
      .execute(trx);
  yield hashed(line(await headingOf(trx)));
  for (const { name, columns } of tables) {
    yield hashed(line({ table: name, columns }));
    const which = dataRows[name] ?? 'true';
    const { bytes, count } = copyOut(
      `copy (select ${columns.join(', ')} from ${name} where ${which}) to stdout`,
    );
    for await (const some of bytes) yield hashed(some);
    yield hashed(Buffer.from(endOfRows));
    yield hashed(line({ rows: count() }));
    done.tables++;
    done.rows += count();
  }
  // Sequences do not belong to a moment: they are read after the tables, so that none lags behind its table.
  yield hashed(line({ sequences: await storedSequences(trx) }));
  yield line({ end: true, tables: done.tables, sha256: hash.digest('hex') });
}

async function headingOf(trx: Connection): Promise<Heading> {
  const migrations = await appliedMigrations(trx);
  if (migrations.length === 0)
    throw new UserError('There is nothing to back up: the database has no schema of this program.');
  const { rows } = await sql<{ server: string }>`
    select current_setting('server_version') as server`.execute(trx);
  const server = rows[0]?.server ?? '';
  return {
    format,
    version: 1,
    program: programVersion,
    server,
    made_at: new Date().toISOString(),
    migrations,
  };
}
