import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { firstDay } from '../../days.js';
import type { InspectionFile } from '../bundle/inspection-file.js';

/** An inspection that is in the database, with what was published of it. */
export interface KnownInspection {
  inspectionId: number;
  code: string;
  isSynthetic: boolean;
  isListedOnly: boolean;
  fieldworkStart: string | null;
  /** As exactly as it is known. */
  published: string | null;
  /** Ratings and score, as far as they are known (see saidRatings). */
  said: Record<string, string | number>;
}

/** The inspections of a service. */
export async function knownInspections(trx: Transaction<DB>, serviceId: number): Promise<KnownInspection[]> {
  const { rows } = await sql<KnownInspection>`
    select
      inspection_id as "inspectionId", inspection_code as code, is_synthetic as "isSynthetic",
      is_listed_only as "isListedOnly", fieldwork_start::text as "fieldworkStart",
      coalesce(left(published::text, case published_precision when 'month' then 7 else 10 end), published_year::text) as published,
      (
        select coalesce(json_object_agg(figure.code, value), '{}')
        from (
          select 'overall' as code, to_json(rating) as value from core.published_overall where inspection_id = inspection.inspection_id
          union all
          select 'score', to_json(score) from core.published_overall where inspection_id = inspection.inspection_id
          union all
          select standard_code, to_json(rating) from core.published_standard_rating where inspection_id = inspection.inspection_id
        ) as figure
        where value is not null
      ) as said
    from core.inspection
    where service_id = ${serviceId}
    order by inspection_id`.execute(trx);
  return rows;
}

/** What a file says of ratings, by the code of a standard, or as overall and score; what it does not say is left out. */
export function saidRatings({
  overall,
  standard_ratings = {},
}: Pick<InspectionFile, 'overall' | 'standard_ratings'>): [code: string, value: string | number][] {
  const standards = Object.entries(standard_ratings).map(
    ([code, entry]) => [code, typeof entry === 'string' ? entry : entry.rating] as const,
  );
  const all = [['overall', overall?.rating], ['score', overall?.score], ...standards] as const;
  return all.flatMap(([code, value]) => (value === undefined ? [] : [[code, value]]));
}

/** What a file says otherwise than what is known: "overall Good (there Inadequate)". */
export const differences = ({ said }: KnownInspection, file: InspectionFile): string[] =>
  saidRatings(file).flatMap(([code, here]) => {
    const there = said[code];
    return there === undefined || there === here ? [] : [`${code} ${here} (there ${there})`];
  });

/** Whether two dates may mean the same day: one begins the other, which is known more exactly. */
export const mayBeOneDate = (one: string, other: string): boolean =>
  one.startsWith(other) || other.startsWith(one);

/** Whether an inspection that is known with its fieldwork may be the one that was published then, as far as both are known. */
export function mayBePublished(
  { published: there, fieldworkStart }: KnownInspection,
  published: string,
): boolean {
  if (there !== null)
    return there.startsWith(published.slice(0, 7)) || published.startsWith(there.slice(0, 7));
  if (fieldworkStart === null) return false;
  // A report follows fieldwork within the year.
  const yearLater = `${Number(fieldworkStart.slice(0, 4)) + 1}${fieldworkStart.slice(4)}`;
  return published >= fieldworkStart.slice(0, published.length) && firstDay(published) <= yearLater;
}
