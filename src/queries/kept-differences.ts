import type { Connection } from '../database/connect.js';

/** Something kept that is not what the views compute from the evidence; null where one of the two has no such row. */
export interface KeptDifference {
  /** What is kept: rules, series (of questions), counts (answer count, standard count, answers as bits, case group) or ratings (standard result, recorded rating). */
  kind: string;
  /** null for rules and series. */
  inspection_id: number | null;
  /** Key of the question, code of the standard, the group of cases, or the edition's rules. */
  subject: string;
  kept: string | null;
  computed: string | null;
}

/** Everything kept that is not what is computed anew; none, unless tables were changed past the program. */
export async function keptDifferences(db: Connection): Promise<KeptDifference[]> {
  const query = db.selectFrom('rating.kept_difference').selectAll();
  const rows = await query.orderBy('inspection_id').orderBy('kind').orderBy('subject').execute();
  return rows as KeptDifference[];
}
