import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';

/** A rating of an inspection: of a standard, by its code, or overall. */
export interface CodeRating {
  code: string;
  rating: string | null;
  score: number | null;
}

/**
 * The ratings that an inspection has now: its standards in the edition's order, then overall, with the published score where no
 * other is known.
 */
export async function ratingsOf(trx: Transaction<DB>, inspectionId: number): Promise<CodeRating[]> {
  const { rows } = await sql<CodeRating>`
    select code, present.rating, coalesce(present.score, case when code = 'overall' then overall.score end) as score
    from rating.present_rating as present
    join core.inspection using (inspection_id)
    left join core.published_overall as overall using (inspection_id)
    left join core.standard on standard.edition_code = inspection.edition_code and standard.standard_code = code
    where inspection_id = ${inspectionId}
    order by position nulls last`.execute(trx);
  return rows;
}
