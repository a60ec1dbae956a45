import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type DuckDBConnection, DuckDBInstance, type DuckDBPreparedStatement } from '@duckdb/node-api';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type Asks, about, asksIn, duckdbTables, type Row, type Subject } from './questions.js';

/**
 * Does work with a DuckDB in a folder that holds the invented inspections of a database, as tables and as Parquet files: it is
 * asked its own tables, the Parquet files, and a copy of this program's results.
 * @param url postgres://user:password@host:port/database
 */
export async function withDuckDB<T>(
  { url, folder, subject }: { url: string; folder: string; subject: Subject },
  work: (asks: Record<'duckdbTable' | 'duckdbParquet' | 'duckdbResults', Asks>) => Promise<T>,
): Promise<T> {
  await mkdir(folder, { recursive: true });
  const instance = await DuckDBInstance.create(path.join(folder, 'answers.duckdb'));
  const [own, parquet] = [await instance.connect(), await instance.connect()];
  try {
    await own.run('create schema parquet');
    const client = new pg.Client({ connectionString: url, application_name: 'yot-ratings' });
    await client.connect();
    try {
      for (const [table, { columns, order, from }] of Object.entries(duckdbTables)) {
        const [csv, file] = [path.join(folder, `${table}.csv`), path.join(folder, `${table}.parquet`)];
        const rows = client.query(copyTo(`copy (${about(subject, from)}) to stdout with (format csv)`));
        await pipeline(rows, createWriteStream(csv));
        await own.run(`create table arrived (${columns})`);
        await own.run(`copy arrived from ${text(csv)} (format csv, header false)`);
        await rm(csv);
        await own.run(`create table ${table} as select * from arrived order by ${order}`);
        await own.run('drop table arrived');
        await own.run(`copy ${table} to ${text(file)} (format parquet)`);
        await own.run(`create view parquet.${table} as select * from read_parquet(${text(file)})`);
      }
    } finally {
      await client.end();
    }
    await own.run('checkpoint');
    await parquet.run(`set schema = 'parquet'`);
    return await work({
      duckdbTable: asksIn('duckdb', subject, asking(own)),
      duckdbParquet: asksIn('duckdb', subject, asking(parquet)),
      duckdbResults: asksIn('duckdbResults', subject, asking(own)),
    });
  } finally {
    for (const connection of [own, parquet]) connection.closeSync();
    instance.closeSync();
  }
}

/** Prepared once, as this program's own questions are. */
const asking = (connection: DuckDBConnection) => (query: string) => {
  let prepared: Promise<DuckDBPreparedStatement> | undefined;
  return async () => {
    prepared ??= connection.prepare(query);
    return (await (await prepared).runAndReadAll()).getRowObjectsJS() as Row[];
  };
};

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
