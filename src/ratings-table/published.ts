import type { Transaction } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { dbPath } from '../disk/paths.js';
import { readText } from '../import/files/yaml-file.js';
import { once } from '../import/once.js';
import { inOneTransaction } from '../import/one-transaction.js';
import { contentHash, type Loaded, recordLoads } from '../import/record.js';
import type { Problem } from '../problem.js';
import { loadRatingsTable, type RatingsRow, type RatingsTableOptions } from './index.js';

/** The table of published ratings that comes with the package. */
export const publishedRatings = dbPath('published', 'ratings.csv');

/**
 * Loads the published ratings that come with the package: of every inspection whose edition is loaded. What is known from a report, or
 * from a user's own table, stays as it is.
 */
export const loadPublishedRatings = (
  db: Connection,
  options: Pick<RatingsTableOptions, 'dryRun' | 'notice'> = {},
): Promise<RatingsRow[]> =>
  loadRatingsTable(db, publishedRatings, { ...options, passOverUnknownEditions: true }, 'package');

const subject = 'published ratings';

/**
 * Loads them unless just these were loaded, with just the editions that are there: with another edition, rows that were left out may
 * be its own. What a user has deleted of them since is not brought back.
 */
export const loadPublishedOnce = (db: Connection): Promise<Loaded> =>
  inOneTransaction(db, async (trx) => {
    const notices: Problem[] = [];
    let inspections = 0;
    const write = async () => {
      const rows = await loadPublishedRatings(trx, { notice: (notice) => notices.push(notice) });
      inspections = rows.filter(({ outcome }) => outcome === 'loaded' || outcome === 'replaced').length;
    };
    const loaded = await once(trx, await wantedLoad(trx), () => ({ subject, write }));
    return { ...loaded, inspections, notices };
  });

/** Keeps on record that they were loaded, without loading them: for databases that are to hold what was read from reports alone. */
export const leaveOutPublished = (db: Connection): Promise<unknown> =>
  inOneTransaction(db, async (trx) => recordLoads(trx, [{ ...(await wantedLoad(trx)), subject }]));

async function wantedLoad(trx: Transaction<DB>) {
  const { record } = await readText(publishedRatings);
  const editions = await trx
    .selectFrom('core.edition')
    .select('edition_code')
    .orderBy('edition_code')
    .execute();
  const content = `${contentHash([record])} ${editions.map(({ edition_code }) => edition_code).join(' ')}`;
  return { kind: 'ratings table' as const, origin: 'package' as const, files: [record], content };
}
