import { together } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import { groupBy } from '../group-by.js';
import { type InspectionsOf, inOrder, isOf, type ViewRow, withKeys } from './view.js';

const ofStandard = [
  ...(['standard', 'title', 'rating', 'score', 'discretion', 'computed_rating', 'published_rating'] as const),
];

/** An inspection with all its ratings: columns of overall_rating, and of standard_rating for each standard. */
export interface InspectionRatings extends ViewRow<'overall_rating'> {
  /** In the edition's order. */
  standards: Pick<ViewRow<'standard_rating'>, (typeof ofStandard)[number]>[];
  /** Published ratings and score that agree, are explained by discretion, differ, or can't be computed. */
  agreement: { agrees: number; explained: number; disagrees: number; not_computable: number };
}

/**
 * Every inspection with its ratings, in order of service and fieldwork (else publication); `is_listed_only` keeps those that are known
 * from a table of ratings only, or those whose own report was read.
 * @example
 * const rows = await ratings(db, { service: 'Barnet' });
 * const lines = rows.map(({ service, score, rating }) => `${service}: ${score}, ${rating}`);
 */
export async function ratings(
  db: Connection,
  { is_listed_only, ...which }: InspectionsOf & { is_listed_only?: boolean } = {},
): Promise<InspectionRatings[]> {
  const asked = await together(db, {
    overall: db
      .selectFrom('analytics.overall_rating as overall')
      .selectAll()
      .where(isOf('overall', which))
      .$if(is_listed_only !== undefined, (query) =>
        query.where('is_listed_only', '=', is_listed_only as boolean),
      )
      .orderBy('service')
      .orderBy('as_of')
      .orderBy('inspection_id'),
    standards: db
      .selectFrom('analytics.standard_rating')
      .select(['inspection_id', ...ofStandard])
      .where(withKeys('inspection_id', which.inspections)),
    statuses: db
      .selectFrom('analytics.reconciliation')
      .select(['inspection_id', 'status'])
      .where(withKeys('inspection_id', which.inspections))
      .where('level', 'in', ['overall', 'score', 'standard']),
  });
  const standards = groupBy(inOrder(asked.standards), (row) => row.inspection_id);
  const statuses = groupBy(asked.statuses, (row) => row.inspection_id);
  return asked.overall.map((row) => {
    const having = (status: string) =>
      (statuses.get(row.inspection_id) ?? []).filter((one) => one.status === status).length;
    return {
      ...row,
      standards: (standards.get(row.inspection_id) ?? []).map(({ inspection_id, ...standard }) => standard),
      agreement: {
        agrees: having('agrees'),
        explained: having('explained by discretion'),
        disagrees: having('disagrees'),
        not_computable: having('not computable'),
      },
    };
  });
}
