import { sql } from 'kysely';
import { beforeAll, expect } from 'vitest';
import type { Connection } from '../../src/database/connect.js';
import { load } from '../../src/import/load.js';
import { testFolder } from './bundles.js';
import { testDatabase } from './database.js';

/** Rows of a query, each as a list of its values. */
export const valuesOf = async (db: Connection, query: string): Promise<unknown[][]> =>
  (await sql.raw<Record<string, unknown>>(query).execute(db)).rows.map((row) => Object.values(row));

/** A database with the bundled inspections and, beside them, those of the texts of some inspection.yaml. */
export function databaseWith(texts: readonly string[]) {
  const database = testDatabase();
  const files = testFolder();
  beforeAll(async () => {
    await load(database.db, await Promise.all(texts.map((text) => files.bundle(text))));
  });
  return { database, files, rows: (query: string) => valuesOf(database.db, query) };
}

/** Expects numbers to be as worked out by hand, to so many digits. */
export function expectNear(found: readonly unknown[], expected: readonly number[], digits = 5): void {
  expect(found).toHaveLength(expected.length);
  for (const [at, number] of expected.entries()) expect(found[at], `${at}`).toBeCloseTo(number, digits);
}
