import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';

type Trx = Transaction<DB>;

/** Takes an inspection away with all that belongs to it; returns how many answers it had. */
export async function deleteInspection(trx: Trx, inspectionId: number): Promise<number> {
  // Answers first: cascading from each case, they would be looked for once a case.
  const { numDeletedRows } = await trx
    .deleteFrom('core.answer')
    .where('inspection_id', '=', inspectionId)
    .executeTakeFirst();
  await trx.deleteFrom('core.inspection').where('inspection_id', '=', inspectionId).execute();
  return Number(numDeletedRows);
}

/**
 * Takes away what was known by their publication of inspections that are known by their fieldwork now: those of the same service
 * and publication, as far as that is known. What tables of ratings said of them stays, beside the report.
 */
export async function removeSuperseded(trx: Trx, inspectionIds: readonly number[]): Promise<void> {
  const { rows } = await sql<Superseded>`
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
      and not reported.is_listed_only`.execute(trx);
  for (const one of rows) if (one.is_listed_only) await keepFigures(trx, one);
  if (rows.length > 0)
    await sql`
      delete from core.inspection
      where inspection_id = any(${[...new Set(rows.map(({ listed_id }) => listed_id))]}::bigint[])`.execute(
      trx,
    );
}

/** An inspection that was known by its publication, and the one that takes its place. */
interface Superseded {
  listed_id: number;
  inspection_id: number;
  is_listed_only: boolean;
  source: string | null;
  certainty: string | null;
}

/** Keeps what a table said of an inspection that goes, with the one that takes its place. */
async function keepFigures(
  trx: Trx,
  { listed_id, inspection_id, source, certainty }: Superseded,
): Promise<void> {
  await sql`
    insert into core.listed_figure
      (inspection_id, code, rating, not_rated, score, out_of, score_percent, source, certainty)
    select ${inspection_id}::bigint, code, rating, not_rated, score, out_of, percent, ${source}::text, ${certainty}::text
    from (
      select 'overall' as code, rating, not_rated, null::smallint as score, null::smallint as out_of, null::numeric as percent
      from core.published_overall
      where inspection_id = ${listed_id} and (rating is not null or not_rated)
      union all
      select 'score', null, false, score, out_of, score_percent
      from core.published_overall
      where inspection_id = ${listed_id} and coalesce(score, score_percent) is not null
      union all
      select standard_code, rating, not_rated, null, null, null
      from core.published_standard_rating
      where inspection_id = ${listed_id} and (rating is not null or not_rated)
    ) as figure
    on conflict do nothing`.execute(trx);
}

/** A key for a new inspection that is loaded by itself. */
export async function newKey(trx: Trx): Promise<number> {
  const { rows } = await sql<{ key: number }>`
    select nextval(pg_get_serial_sequence('core.inspection', 'inspection_id')) as key`.execute(trx);
  return (rows[0] as { key: number }).key;
}
