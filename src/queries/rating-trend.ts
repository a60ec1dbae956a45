import type { Connection } from '../database/connect.js';

/** How many inspections of a year have a rating. */
export interface RatingInYear {
  /** Of fieldwork; of publication where fieldwork is not known. */
  year: number;
  edition: string;
  /** Code of the standard, or overall. */
  standard: string;
  /** Of the standard; null for overall. */
  title: string | null;
  rating: string;
  /** 0 the lowest. */
  rating_rank: number;
  inspections: number;
  /** Inspections of the year that are rated on it. */
  rated: number;
  /** Of rated, 0 to 1. */
  share: number;
}

/**
 * Ratings by year and edition, of one standard (or 'overall') or of all, every rating of the scale each time, the lowest first;
 * `synthetic` counts invented inspections in place of real ones: they are never pooled.
 */
export async function ratingTrend(
  db: Connection,
  { standard, synthetic = false }: { standard?: string | undefined; synthetic?: boolean } = {},
): Promise<RatingInYear[]> {
  const rows = await db
    .selectFrom('analytics.rating_trend')
    .select([
      'year',
      'edition',
      'standard',
      'title',
      'rating',
      'rating_rank',
      'inspections',
      'rated',
      'share',
    ])
    .where('is_synthetic', '=', synthetic)
    .$if(standard !== undefined, (query) => query.where('standard', '=', standard as string))
    .orderBy('standard')
    .orderBy('edition')
    .orderBy('year')
    .orderBy('rating_rank')
    .$narrowType<Omit<RatingInYear, 'title'>>()
    .execute();
  // Overall first, as a report has it.
  const place = (code: string) => (code === 'overall' ? '' : code);
  return rows.sort((a, b) => order.compare(place(a.standard), place(b.standard)));
}

const order = new Intl.Collator('en', { numeric: true });
