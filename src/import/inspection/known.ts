import type { Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { asKnown, firstDay, type Precision } from '../../days.js';
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
  overall: string | null;
  score: number | null;
  ratings: Map<string, string>;
}

/** The inspections of a service. */
export async function knownInspections(trx: Transaction<DB>, serviceId: number): Promise<KnownInspection[]> {
  const rows = await trx
    .selectFrom('core.inspection as inspection')
    .leftJoin('core.published_overall as overall', 'overall.inspection_id', 'inspection.inspection_id')
    .select([
      'inspection.inspection_id',
      'inspection_code',
      'fieldwork_start',
      'published',
      'published_year',
      'published_precision',
      'is_synthetic',
      'is_listed_only',
      'rating',
      'score',
    ])
    .where('service_id', '=', serviceId)
    .orderBy('inspection.inspection_id')
    .execute();
  if (rows.length === 0) return [];
  const ids = rows.map(({ inspection_id }) => inspection_id);
  const standards = await trx
    .selectFrom('core.published_standard_rating')
    .select(['inspection_id', 'standard_code', 'rating'])
    .where('inspection_id', 'in', ids)
    .execute();
  return rows.map((row) => ({
    inspectionId: row.inspection_id,
    code: row.inspection_code,
    isSynthetic: row.is_synthetic,
    isListedOnly: row.is_listed_only,
    fieldworkStart: row.fieldwork_start,
    published:
      row.published === null
        ? (row.published_year?.toString() ?? null)
        : asKnown(row.published, row.published_precision as Precision),
    overall: row.rating,
    score: row.score,
    ratings: new Map(
      standards.flatMap(({ inspection_id, standard_code, rating }) =>
        inspection_id === row.inspection_id && rating !== null ? [[standard_code, rating] as const] : [],
      ),
    ),
  }));
}

/** What a file says of ratings, as pairs of a code and a rating or score; what it does not say is left out. */
export function saidRatings({
  overall,
  standard_ratings = {},
}: Pick<InspectionFile, 'overall' | 'standard_ratings'>): Map<string, string | number> {
  const standards = Object.entries(standard_ratings).map(
    ([code, entry]) => [code, typeof entry === 'string' ? entry : entry.rating] as const,
  );
  const all = [['overall', overall?.rating], ['score', overall?.score], ...standards] as const;
  return new Map(all.flatMap(([code, value]) => (value === undefined ? [] : [[code, value] as const])));
}

/** What is known of an inspection's rating or score; undefined when it is not. */
export const knownRating = (known: KnownInspection, code: string): string | number | undefined =>
  (code === 'overall' ? known.overall : code === 'score' ? known.score : known.ratings.get(code)) ??
  undefined;

/** What a file says otherwise than what is known: "overall Good (there Inadequate)". */
export const differences = (known: KnownInspection, file: InspectionFile): string[] =>
  [...saidRatings(file)].flatMap(([code, here]) => {
    const there = knownRating(known, code);
    return there === undefined || there === here ? [] : [`${code} ${here} (there ${there})`];
  });

/** Whether two dates may mean the same day: one begins the other, which is known more exactly. */
export const mayBeOneDate = (one: string, other: string): boolean =>
  one.startsWith(other) || other.startsWith(one);

/** Whether an inspection that is known with its fieldwork may be the one that was published then, as far as both are known. */
export function mayBePublished(known: KnownInspection, published: string): boolean {
  if (known.published !== null)
    return (
      known.published.slice(0, 7).startsWith(published.slice(0, 7)) || published.startsWith(known.published)
    );
  const { fieldworkStart } = known;
  if (fieldworkStart === null) return false;
  // A report follows fieldwork within the year.
  const yearLater = `${Number(fieldworkStart.slice(0, 4)) + 1}${fieldworkStart.slice(4)}`;
  return published >= fieldworkStart.slice(0, published.length) && firstDay(published) <= yearLater;
}
