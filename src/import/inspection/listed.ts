import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import type { InspectionFile, RatingEntry } from '../bundle/inspection-file.js';
import { put } from '../put.js';

type Said = Pick<RatingEntry, 'rating' | 'not_rated'>;

/** Keeps what a table of ratings says of an inspection that is known by more, in the place of what one said before. */
export async function keepListed(
  trx: Transaction<DB>,
  inspection_id: number,
  { overall = {}, standard_ratings = {}, source, certainty }: InspectionFile,
): Promise<void> {
  await trx.deleteFrom('core.listed_figure').where('inspection_id', '=', inspection_id).execute();
  const of = { inspection_id, source, certainty };
  const ratings = Object.entries({ overall, ...standard_ratings }).flatMap(([code, entry]) => {
    const { rating, not_rated }: Said = typeof entry === 'string' ? { rating: entry } : entry;
    return rating || not_rated ? [{ ...of, code, rating, not_rated: not_rated ?? false }] : [];
  });
  const { score, out_of, score_percent } = overall;
  const points = { ...of, code: 'score', not_rated: false, score, out_of, score_percent };
  const hasScore = score !== undefined || score_percent !== undefined;
  await put(trx, 'core.listed_figure', hasScore ? [...ratings, points] : ratings);
}

/** Takes away what was known by its publication alone of inspections that are known by their fieldwork now (see the function). */
export async function removeSuperseded(
  trx: Transaction<DB>,
  inspectionIds: readonly number[],
): Promise<void> {
  await sql`select rating.remove_superseded(${inspectionIds}::bigint[])`.execute(trx);
}
