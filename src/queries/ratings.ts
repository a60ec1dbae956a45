import { sql } from 'kysely';
import { together } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import { groupBy } from '../group-by.js';
import { isSynthetic, type Synthetic } from './view.js';

/** An inspection with all its ratings. */
export interface InspectionRatings {
  inspection_id: number;
  service: string;
  area: string;
  /** ISO date; null when not known, and then the inspection is dated by its publication. */
  fieldwork_start: string | null;
  fieldwork_precision: string;
  /** Of fieldwork, else of publication. */
  year: number;
  published: string | null;
  is_synthetic: boolean;
  edition: string;
  evidence: string;
  /** In the edition's order. */
  standards: {
    standard: string;
    title: string;
    rating: string | null;
    /** Points; null when unrated, or where the standard does not count. */
    score: number | null;
    discretion: boolean;
    computed_rating: string | null;
    published_rating: string | null;
  }[];
  score: number | null;
  max_score: number | null;
  rating: string | null;
  /** By the rules, had no ratings panel decided otherwise. */
  rating_without_discretion: string | null;
  /** computed, or published where ratings of standards are not known. */
  rating_source: string | null;
  limited_by: string | null;
  /** Why the rules give no overall rating, also where a published one stands. */
  not_computed_because: string | null;
  published_score: number | null;
  /** In percent of the maximum, where that is how it is printed. */
  published_score_percent: number | null;
  published_rating: string | null;
  /** Published ratings and score that agree, are explained by discretion, differ, or can't be computed. */
  agreement: { agrees: number; explained: number; disagrees: number; not_computable: number };
}

/**
 * Every inspection with its ratings, in order of service and fieldwork (else publication); `service` keeps those whose
 * name has it, `inspections` those of some keys, `synthetic` invented ones in place of real ones, or both, `listed` those that are
 * known from a table of ratings only, or those whose own report was read.
 *
 * @example
 * const rows = await ratings(db, { service: 'Barnet' });
 * const lines = rows.map(({ service, score, rating }) => `${service}: ${score}, ${rating}`);
 */
export async function ratings(
  db: Connection,
  {
    service,
    inspections: keys,
    synthetic,
    listed,
  }: {
    service?: string | undefined;
    inspections?: readonly number[] | undefined;
    synthetic?: Synthetic;
    listed?: boolean;
  } = {},
): Promise<InspectionRatings[]> {
  const is_synthetic = isSynthetic(synthetic, keys !== undefined);
  const isWanted = (column: string) =>
    keys === undefined ? sql<boolean>`true` : sql<boolean>`${sql.ref(column)} = any(${keys}::bigint[])`;
  const overall = db
    .selectFrom('analytics.overall_rating as overall')
    .innerJoin('analytics.inspection as inspection', 'inspection.inspection_id', 'overall.inspection_id')
    .selectAll('overall')
    .select(['inspection.fieldwork_precision', 'inspection.evidence'])
    .$if(service !== undefined, (query) =>
      query.where(sql<boolean>`strpos(lower(overall.service), lower(${service})) > 0`),
    )
    .where(isWanted('overall.inspection_id'))
    .$if(is_synthetic !== undefined, (query) =>
      query.where('overall.is_synthetic', '=', is_synthetic as boolean),
    )
    .$if(listed !== undefined, (query) => query.where('inspection.is_listed_only', '=', listed as boolean))
    .orderBy('overall.service')
    .orderBy('inspection.as_of')
    .orderBy('overall.inspection_id');
  const asked = await together(db, {
    overall,
    standards: db
      .selectFrom('analytics.standard_rating')
      .select([
        'inspection_id',
        'standard',
        'title',
        'rating',
        'score',
        'discretion',
        'computed_rating',
        'published_rating',
      ])
      .where(isWanted('inspection_id')),
    statuses: db
      .selectFrom('analytics.reconciliation')
      .select(['inspection_id', 'status'])
      .where(isWanted('inspection_id'))
      .where('level', 'in', ['overall', 'score', 'standard']),
  });
  const standards = groupBy(asked.standards, (row) => row.inspection_id);
  const statuses = groupBy(asked.statuses, (row) => row.inspection_id);
  return asked.overall.map((row) => {
    const having = (status: string) =>
      (statuses.get(row.inspection_id) ?? []).filter((one) => one.status === status).length;
    return {
      inspection_id: row.inspection_id,
      service: row.service,
      area: row.area,
      fieldwork_start: row.fieldwork_start,
      fieldwork_precision: row.fieldwork_precision,
      year: row.year,
      published: row.published,
      is_synthetic: row.is_synthetic,
      edition: row.edition,
      evidence: row.evidence,
      standards: (standards.get(row.inspection_id) ?? [])
        .map(({ standard, title, rating, score, discretion, computed_rating, published_rating }) => ({
          standard,
          title,
          rating,
          score,
          discretion,
          computed_rating,
          published_rating,
        }))
        .sort((a, b) => a.standard.localeCompare(b.standard, 'en', { numeric: true })),
      score: row.score,
      max_score: row.max_score,
      rating: row.rating,
      rating_without_discretion: row.rating_without_discretion,
      rating_source: row.rating_source,
      limited_by: row.limited_by,
      not_computed_because: row.not_computed_because,
      published_score: row.published_score,
      published_score_percent: row.published_score_percent,
      published_rating: row.published_rating,
      agreement: {
        agrees: having('agrees'),
        explained: having('explained by discretion'),
        disagrees: having('disagrees'),
        not_computable: having('not computable'),
      },
    };
  });
}
