import type { Connection } from '../database/connect.js';
import { dbPath } from '../paths.js';
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
