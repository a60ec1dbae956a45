import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';

/** A rating of an inspection: of a standard, by its code, or overall. */
export interface CodeRating {
  code: string;
  rating: string | null;
  score: number | null;
}

/** The ratings that an inspection has now: its standards in the edition's order, then overall. */
export async function ratingsOf(trx: Transaction<DB>, inspectionId: number): Promise<CodeRating[]> {
  const { rows: standards } = await sql<CodeRating>`
    select standard_code as code, rating, score
    from result.standard
    join core.standard using (edition_code, standard_code)
    where inspection_id = ${inspectionId}
    order by position`.execute(trx);
  const { rows: overall } = await sql<CodeRating>`
    select 'overall' as code, rating, coalesce(score, published_score) as score
    from analytics.overall_rating
    where inspection_id = ${inspectionId}`.execute(trx);
  return [...standards, ...overall];
}
