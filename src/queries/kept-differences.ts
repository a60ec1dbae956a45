import type { Connection } from '../database/connect.js';

/** A kept result that is not what the views compute from the evidence; null where one of the two has no such row. */
export interface KeptDifference {
  kind: 'key question' | 'prompt' | 'answer bits' | 'standard' | 'standard count' | 'overall' | 'case group';
  inspection_id: number;
  /** Key of the question, code of the standard, or the group of cases. */
  subject: string;
  kept: Record<string, unknown> | null;
  computed: Record<string, unknown> | null;
}

/** Every kept result that is not what is computed anew; none, unless tables were changed past the loader. */
export async function keptDifferences(db: Connection): Promise<KeptDifference[]> {
  const rows = await db
    .selectFrom('rating.kept_difference')
    .selectAll()
    .orderBy('inspection_id')
    .orderBy('kind')
    .orderBy('subject')
    .execute();
  return rows as unknown as KeptDifference[];
}
