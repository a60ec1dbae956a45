import { sql } from 'kysely';
import { connect } from '../../src/database/connect.js';
import { type OpenDatabase, openDatabase } from '../../src/database/open.js';
import { loadBundled } from '../../src/import/load.js';

/** Does work on a database of its own, on the server of a URL, with schema and bundled data; it is dropped afterwards. */
export async function withScratchDatabase<T>(
  url: string,
  work: (database: OpenDatabase) => Promise<T>,
): Promise<T> {
  const name = `yot_ratings_bench_${process.pid}`;
  const admin = connect(url, { max: 1 });
  await sql`create database ${sql.id(name)}`.execute(admin);
  const scratchUrl = new URL(url);
  scratchUrl.pathname = `/${name}`;
  try {
    const database = await openDatabase(scratchUrl.href);
    try {
      await loadBundled(database.db);
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    await sql`drop database ${sql.id(name)} with (force)`.execute(admin);
    await admin.destroy();
  }
}
