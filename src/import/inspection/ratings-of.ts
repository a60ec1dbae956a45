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
  const { rows } = await sql<CodeRating>`
    select code, rating, score
    from rating.present_rating
    join core.inspection using (inspection_id)
    left join core.standard on standard.edition_code = inspection.edition_code and standard.standard_code = code
    where inspection_id = ${inspectionId}
    order by position nulls last`.execute(trx);
  return rows;
}
