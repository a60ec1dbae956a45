import type { Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { editions } from '../../queries/editions.js';
import { evidence } from '../../queries/evidence.js';
import { rateInspection } from '../../ratings/inspection.js';

/** A rating of an inspection: of a standard, by its code, or overall. */
export interface CodeRating {
  code: string;
  rating: string | null;
  score: number | null;
}

/** The ratings that an inspection has now: its standards in the edition's order, then overall. */
export async function ratingsOf(trx: Transaction<DB>, inspectionId: number): Promise<CodeRating[]> {
  const [found] = await evidence(trx, [inspectionId]);
  if (!found) return [];
  const edition = (await editions(trx)).get(found.edition);
  if (!edition) throw new Error(`edition ${found.edition} is not there`);
  const { standards, overall } = rateInspection(edition, found.evidence);
  return [
    ...standards.map(({ code, rating, score }) => ({ code, rating, score })),
    { code: 'overall', rating: overall.rating, score: overall.score },
  ];
}
