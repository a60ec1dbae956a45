import type { Insertable, Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import type { InspectionFile } from '../bundle/inspection-file.js';

type ListedFigure = Insertable<DB['core.listed_figure']>;

/** Keeps what a table of ratings says of an inspection that is known from its own report, in the place of what one said before. */
export async function keepListed(
  trx: Transaction<DB>,
  inspectionId: number,
  { overall, standard_ratings = {}, source, certainty }: InspectionFile,
): Promise<void> {
  await trx.deleteFrom('core.listed_figure').where('inspection_id', '=', inspectionId).execute();
  const figures: Pick<
    ListedFigure,
    'code' | 'rating' | 'not_rated' | 'score' | 'out_of' | 'score_percent'
  >[] = [];
  const empty = { rating: null, not_rated: false, score: null, out_of: null, score_percent: null };
  if (overall?.rating !== undefined || overall?.not_rated)
    figures.push({
      ...empty,
      code: 'overall',
      rating: overall.rating ?? null,
      not_rated: overall.not_rated ?? false,
    });
  if (overall?.score !== undefined || overall?.score_percent !== undefined)
    figures.push({
      ...empty,
      code: 'score',
      score: overall.score ?? null,
      out_of: overall.out_of ?? null,
      score_percent: overall.score_percent === undefined ? null : String(overall.score_percent),
    });
  for (const [code, entry] of Object.entries(standard_ratings)) {
    const { rating, not_rated } = typeof entry === 'string' ? { rating: entry } : entry;
    if (rating !== undefined || not_rated)
      figures.push({ ...empty, code, rating: rating ?? null, not_rated: not_rated ?? false });
  }
  if (figures.length === 0) return;
  const about = { inspection_id: inspectionId, source: source ?? null, certainty: certainty ?? null };
  await trx
    .insertInto('core.listed_figure')
    .values(figures.map((figure) => ({ ...about, ...figure })))
    .execute();
}
