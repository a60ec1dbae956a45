import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import type { InspectionFile, RatingEntry } from '../bundle/inspection-file.js';
import { put } from '../put.js';

/** Keeps what a table of ratings says of an inspection that is known by more, in the place of what one said before. */
export async function keepListed(
  trx: Transaction<DB>,
  inspection_id: number,
  { overall = {}, standard_ratings = {}, source, certainty }: InspectionFile,
): Promise<void> {
  await trx.deleteFrom('core.listed_figure').where('inspection_id', '=', inspection_id).execute();
  const of = { inspection_id, source, certainty };
  const ratings = Object.entries({ overall, ...standard_ratings }).flatMap(([code, entry]) => {
    const { rating, not_rated }: RatingEntry = typeof entry === 'string' ? { rating: entry } : entry;
    return rating || not_rated ? [{ ...of, code, rating, not_rated: not_rated ?? false }] : [];
  });
  const { score, out_of, score_percent } = overall;
  const points = { ...of, code: 'score', not_rated: false, score, out_of, score_percent };
  const hasScore = score !== undefined || score_percent !== undefined;
  await put(trx, 'core.listed_figure', hasScore ? [...ratings, points] : ratings);
}

/**
 * Takes away what was known by their publication of inspections that are known by their fieldwork now: those of the same service
 * and publication, as far as that is known. What tables of ratings said of them stays, beside the report.
 */
export async function removeSuperseded(
  trx: Transaction<DB>,
  inspectionIds: readonly number[],
): Promise<void> {
  await sql`
    with superseded as (
      select listed.inspection_id as listed_id, reported.inspection_id, listed.is_listed_only, listed.source, listed.certainty
      from core.inspection as reported
      join core.inspection as listed
        on listed.service_id = reported.service_id
        and listed.inspection_id <> reported.inspection_id
        and (listed.is_listed_only or listed.fieldwork_start is null)
        and listed.is_synthetic = reported.is_synthetic
        and listed.published_year = reported.published_year
        and (
          date_trunc('month', listed.published) = date_trunc('month', reported.published)
          or listed.published is null
          or reported.published is null
        )
      where reported.inspection_id = any(${inspectionIds}::bigint[])
        and reported.fieldwork_start is not null
        and not reported.is_listed_only
    ), said as (
      select inspection_id as listed_id, 'overall' as code, rating, not_rated, null::smallint as score, null::smallint as out_of, null::numeric as percent
      from core.published_overall
      where rating is not null or not_rated
      union all
      select inspection_id, 'score', null, false, score, out_of, score_percent
      from core.published_overall
      where coalesce(score, score_percent) is not null
      union all
      select inspection_id, standard_code, rating, not_rated, null, null, null
      from core.published_standard_rating
      where rating is not null or not_rated
    ), kept as (
      insert into core.listed_figure
        (inspection_id, code, rating, not_rated, score, out_of, score_percent, source, certainty)
      select inspection_id, code, rating, not_rated, score, out_of, percent, source, certainty
      from superseded
      join said using (listed_id)
      where is_listed_only
      on conflict do nothing
    )
    delete from core.inspection where inspection_id in (select listed_id from superseded)`.execute(trx);
}
