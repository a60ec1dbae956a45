import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';

/** What made ratings what they are. Whether a loaded inspection is new or was replaced is found out. */
export type Cause =
  | { why: 'loaded'; loads: ReadonlyMap<number, number> }
  | { why: 'rules changed'; loadId: number }
  | { why: 'computed anew' };

/**
 * Records the ratings of inspections where they differ from those recorded last; no record is ever changed. Results have to be
 * kept by then. To be called in the transaction that changed them, while nobody else can load these inspections.
 */
export async function recordRatings(
  trx: Transaction<DB>,
  inspectionIds: readonly number[],
  cause: Cause,
): Promise<void> {
  if (inspectionIds.length === 0) return;
  const loads = inspectionIds.map((id) => {
    if (cause.why === 'loaded') return cause.loads.get(id) ?? null;
    return cause.why === 'rules changed' ? cause.loadId : null;
  });
  await sql`
    with wanted as (
      select * from unnest(${inspectionIds}::bigint[], ${loads}::bigint[]) as wanted (inspection_id, load_id)
    ),
    present as (${presentRatings(sql`any(${inspectionIds}::bigint[])`)}),
    newest as (
      select record.*
      from wanted
      cross join lateral (
        select * from core.rating_record
        where rating_record.inspection_id = wanted.inspection_id
        order by record_id desc
        limit 1
      ) as record
    ),
    stated as (
      select inspection_id, array_agg(row(code, rating, score)::text order by code) as ratings
      from present
      group by inspection_id
    ),
    recorded as (
      select newest.inspection_id, array_agg(row(code, rating, score)::text order by code) as ratings
      from newest
      join core.recorded_rating using (record_id)
      group by newest.inspection_id
    ),
    record as (
      insert into core.rating_record
        (inspection_id, load_id, why, service, area, edition_code, fieldwork_start, year, published, is_synthetic)
      select
        inspection_id,
        wanted.load_id,
        case
          when ${cause.why}::text <> 'loaded' then ${cause.why}::text
          when coalesce(newest.why, 'removed') = 'removed' then 'loaded'
          else 'replaced'
        end,
        key.service, key.area, key.edition, key.fieldwork_start, key.year, key.published, key.is_synthetic
      from wanted
      join stated using (inspection_id)
      join rating.inspection_key as key using (inspection_id)
      left join newest using (inspection_id)
      left join recorded using (inspection_id)
      where newest.edition_code is distinct from key.edition
        or newest.why = 'removed'
        or recorded.ratings is distinct from stated.ratings
      order by inspection_id
      returning record_id, inspection_id
    )
    insert into core.recorded_rating (record_id, inspection_id, code, rating, score, is_revision)
    select record_id, inspection_id, code, rating, score, exists (
      select from core.recorded_rating as earlier
      where earlier.inspection_id = present.inspection_id
        and earlier.code = present.code
        and (earlier.rating, earlier.score) is distinct from (present.rating, present.score)
    )
    from record
    join present using (inspection_id)`.execute(trx);
}

/**
 * Takes over what is known of inspections whose ratings were never recorded, because an older version of the program loaded them:
 * what the records of later loads say that ratings were before, and what they are now.
 */
export async function takeOverHistory(trx: Transaction<DB>): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select inspection_id as id
    from core.inspection
    where not exists (select from core.rating_record where rating_record.inspection_id = inspection.inspection_id)
    order by inspection_id`.execute(trx);
  if (rows.length === 0) return;
  const ids = sql`any(${rows.map(({ id }) => id)}::bigint[])`;
  await sql`
    with of_inspection as (
      select load_id, inspection_id
      from core.load
      where inspection_id = ${ids}
      union all
      -- The first releases did not keep which inspection a load was of, but for its subject.
      select load_id, inspection.inspection_id
      from core.load
      join core.inspection on subject = 'service ' || service_id || ', ' || fieldwork_start
      where kind = 'inspection' and load.inspection_id is null and inspection.inspection_id = ${ids}
    ),
    done as (
      select
        of_inspection.inspection_id, load_id, loaded_at, loaded_by,
        lead(load_id) over (partition by of_inspection.inspection_id order by load_id) as next_load_id
      from of_inspection
      join core.load using (load_id)
    ),
    present as (${presentRatings(ids)}),
    known as (
      select
        done.inspection_id, done.load_id, before.code, before.rating,
        -- Tables of ratings left the points of standards off the record.
        coalesce(before.score, case when before.code <> 'overall' and before.rating = present.rating then present.score end) as score
      from done
      join core.replaced_rating as before on before.load_id = next_load_id
      left join present on present.inspection_id = done.inspection_id and present.code = before.code
      union all
      select inspection_id, load_id, code, rating, score
      from done
      join present using (inspection_id)
      where next_load_id is null
    ),
    record as (
      insert into core.rating_record (
        inspection_id, load_id, why, recorded_at, recorded_by,
        service, area, edition_code, fieldwork_start, year, published, is_synthetic
      )
      select
        inspection_id, load_id, 'taken over', loaded_at, loaded_by,
        key.service, key.area, key.edition, key.fieldwork_start, key.year, key.published, key.is_synthetic
      from done
      join rating.inspection_key as key using (inspection_id)
      where exists (select from known where known.load_id = done.load_id)
      order by load_id
      returning record_id, load_id
    )
    insert into core.recorded_rating (record_id, inspection_id, code, rating, score, is_revision)
    select record_id, inspection_id, code, rating, score, exists (
      select from known as earlier
      where earlier.inspection_id = known.inspection_id
        and earlier.code = known.code
        and earlier.load_id < known.load_id
        and (earlier.rating, earlier.score) is distinct from (known.rating, known.score)
    )
    from record
    join known using (load_id)`.execute(trx);
  // Of those that no load is known of.
  await recordRatings(
    trx,
    rows.map(({ id }) => id),
    { why: 'computed anew' },
  );
}

/** The ratings that inspections have now, of standards and overall. */
const presentRatings = (ids: ReturnType<typeof sql>) => sql`
  select inspection_id, standard_code as code, rating, score
  from result.standard
  where inspection_id = ${ids}
  union all
  select inspection_id, 'overall', kept.rating, case when not has_unknown_standard then score end
  from result.overall
  join rating.overall_kept as kept using (inspection_id)
  where inspection_id = ${ids}`;
