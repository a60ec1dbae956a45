import type { Transaction } from 'kysely';
import { expect } from 'vitest';
import type { DB } from '../../../src/database/schema.js';
import { formatProblem, UserError } from '../../../src/problem.js';
import {
  loadRatingsTable,
  type RatingsRow,
  type RatingsTableOptions,
} from '../../../src/ratings-table/index.js';
import { contents, expectPlainWords, type TestFolder } from '../../support/bundles.js';
import { rolledBack, type TestDatabase } from '../../support/database.js';

/** What writes tables of ratings into a test file's folder and loads them into its database. */
export function ratingsTables(database: TestDatabase, files: TestFolder) {
  /** Writes a table of these lines, the heading first; returns the file. */
  const table = async (...lines: string[]) =>
    `${await files.folder({ 'table.csv': `${lines.join('\n')}\n` })}/table.csv`;

  /** Loads tables one after the other, looks at what is there, and takes it back. */
  const loading = <T>(work: (trx: Transaction<DB>) => Promise<T>) => rolledBack(database.db, work);
  const loaded = async (lines: string[], options?: RatingsTableOptions): Promise<RatingsRow[]> =>
    loading(async (trx) => loadRatingsTable(trx, await table(...lines), options));

  /** Loads what has to be refused; returns the problems as they are shown, without the folder. */
  async function refused(lines: string[], options?: RatingsTableOptions): Promise<string[]> {
    const before = await contents(database.db);
    const error = await loadRatingsTable(database.db, await table(...lines), options).then(
      () => new Error('it was loaded'),
      (reason: unknown) => reason,
    );
    if (!(error instanceof UserError)) throw error;
    expectPlainWords(error);
    expect(await contents(database.db)).toEqual(before);
    return error.problems.map((problem) =>
      formatProblem(problem).replace(/^\S*\/(?=table\.csv|map\.yaml)/, ''),
    );
  }

  return { table, loading, loaded, refused };
}

/** The remarks on rows, but for how their edition was told. */
export const messages = (rows: RatingsRow[]) =>
  rows.map(({ remarks }) =>
    remarks.map(({ message }) => message).filter((message) => !message.startsWith('the edition is taken')),
  );
export const outcomes = (rows: RatingsRow[]) => rows.map(({ outcome }) => outcome);

/** An inspection as it was written. */
export async function written(trx: Transaction<DB>, { inspectionId }: RatingsRow) {
  const own = (name: 'core.inspection' | 'core.published_overall') =>
    trx
      .selectFrom(name)
      .selectAll()
      .where('inspection_id', '=', inspectionId as number)
      .executeTakeFirst();
  const ratings = await trx
    .selectFrom('core.published_standard_rating')
    .select(['standard_code', 'rating'])
    .where('inspection_id', '=', inspectionId as number)
    .execute();
  return {
    inspection: await own('core.inspection'),
    overall: await own('core.published_overall'),
    ratings: Object.fromEntries(ratings.map(({ standard_code, rating }) => [standard_code, rating])),
  };
}

/** The record of the newest load of a row's inspection. */
export async function recordOf(trx: Transaction<DB>, { inspectionId }: RatingsRow) {
  const load = await trx
    .selectFrom('core.load')
    .selectAll()
    .where('inspection_id', '=', inspectionId as number)
    .orderBy('load_id', 'desc')
    .executeTakeFirstOrThrow();
  const of = (name: 'core.load_file' | 'core.load_remark' | 'core.replaced_rating') =>
    trx.selectFrom(name).selectAll().where('load_id', '=', load.load_id).execute();
  return {
    load,
    files: await of('core.load_file'),
    remarks: await of('core.load_remark'),
    replaced: await of('core.replaced_rating'),
  };
}
