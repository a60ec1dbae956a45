import type { Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import type { InspectionFile } from '../bundle/inspection-file.js';
import { put } from '../put.js';

/** Keeps what a table of ratings says of an inspection that is known from its own report, in the place of what one said before. */
export async function keepListed(
  trx: Transaction<DB>,
  inspectionId: number,
  { overall = {}, standard_ratings = {}, source, certainty }: InspectionFile,
): Promise<void> {
  await trx.deleteFrom('core.listed_figure').where('inspection_id', '=', inspectionId).execute();
  const { score = null, out_of = null, score_percent = null } = overall;
  const noScore = { score: null, out_of: null, score_percent: null };
  const ratings = Object.entries({ overall, ...standard_ratings }).map(([code, entry]) => {
    const { rating = null, not_rated = false } = typeof entry === 'string' ? { rating: entry } : entry;
    return { code, rating, not_rated, ...noScore };
  });
  const figures = [
    ...ratings.filter(({ rating, not_rated }) => rating !== null || not_rated),
    ...(score === null && score_percent === null
      ? []
      : [{ code: 'score', rating: null, not_rated: false, score, out_of, score_percent }]),
  ];
  await put(
    trx,
    'core.listed_figure',
    figures.map((figure) => ({
      ...{ inspection_id: inspectionId, source: source ?? null, certainty: certainty ?? null },
      ...figure,
    })),
  );
}
