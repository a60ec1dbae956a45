import { sql } from 'kysely';
import { atOneMoment, rowsAsJson } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import { editions } from '../queries/editions.js';
import { inPortions } from '../queries/evidence.js';
import { type InspectionResult, rateInspection } from '../ratings/inspection.js';
import type { QuestionResult } from '../ratings/question.js';

export type Cell = string | number | boolean | null;
/** A row of a view, or what the TypeScript computation has for it: column to cell. */
export type Row = Record<string, Cell>;

/** A cell that the views and the TypeScript computation give differently; undefined stands for a row that one lacks. */
export interface Difference {
  inspection: string;
  cell: string;
  sql: Cell | undefined;
  typescript: Cell | undefined;
}

/** What a comparison looked at, and found. */
export interface Compared {
  inspections: number;
  /** Ratings that were decided, or left undecided with a reason: a key question's band, a standard's, overall. */
  decisions: number;
  /** How many of them were ratings. */
  ratings: number;
  cells: number;
  differences: Difference[];
}

/**
 * Rates every inspection, or those of some keys, in TypeScript, from the base tables, and holds each cell of the public views against
 * that: first which rows there are, then each cell, exactly. Returns how many cells were compared and those that differ.
 *
 * @example
 * const { cells, differences } = await compareSqlAndTypescript(db);
 * if (differences.length > 0) throw new Error(`${differences.length} of ${cells} cells differ`);
 */
export function compareSqlAndTypescript(db: Connection, only?: readonly number[]): Promise<Compared> {
  return compareWith(db, rateInspection, only);
}

/** The same with another computation in the place of this program's. */
export function compareWith(
  db: Connection,
  rate: typeof rateInspection,
  only?: readonly number[],
): Promise<Compared> {
  return atOneMoment(db, (at) => compareAt(at, rate, only));
}

async function compareAt(
  db: Connection,
  rate: typeof rateInspection,
  only?: readonly number[],
): Promise<Compared> {
  const known = await editions(db);
  let [inspections, decisions, ratings, cells] = [0, 0, 0, 0];
  const differences: Difference[] = [];
  let inViews = new Map<number, Map<string, Row>>();
  for await (const { inspectionId: id, name, edition: code, evidence: found } of inPortions(
    db,
    only,
    async (keys) => {
      inViews = await rowsOfViews(db, keys);
    },
  )) {
    const edition = known.get(code);
    if (!edition) throw new Error(`edition ${code} is not in the database`);
    const here = rowsOfResult(rate(edition, found));
    const there = inViews.get(id) ?? new Map<string, Row>();
    inspections++;
    for (const key of new Set([...here.keys(), ...there.keys()])) {
      const typescript = here.get(key);
      const sql = there.get(key);
      if (typescript && 'rating' in typescript) {
        decisions++;
        if (typescript.rating !== null) ratings++;
      }
      for (const column of Object.keys(typescript ?? sql ?? {})) {
        cells++;
        if (sql?.[column] === typescript?.[column]) continue;
        differences.push({
          inspection: name,
          cell: `${key} ${column}`,
          sql: sql?.[column],
          typescript: typescript?.[column],
        });
      }
    }
  }
  return { inspections, decisions, ratings, cells, differences };
}

const questionColumns = [
  'yes',
  'no',
  'not_applicable',
  'relevant',
  'inspected',
  'percent_of_relevant',
  'percent_of_inspected',
  'percent',
  'evidence',
] as const;
const bandColumns = ['rating', 'low', 'high', 'rounding_matters'] as const;
const standardColumns = [
  'basis',
  'evidence',
  'lowest_percent',
  'driving_key_question',
  'computed_rating',
  'not_computed_because',
  'rating',
  'rating_source',
  'score',
  'near_boundary',
  'one_case_flips',
  'small_sample',
] as const;
const overallColumns = [
  'score',
  'max_score',
  'score_without_discretion',
  'rating_without_discretion',
  'rating',
  'limited_by',
  'not_computed_because',
] as const;

/** What the public views show: by inspection; then rows by kind and code, such as 'standard 2.3' or 'overall'. */
export async function rowsOfViews(
  db: Connection,
  only?: readonly number[],
): Promise<Map<number, Map<string, Row>>> {
  const all = new Map<number, Map<string, Row>>();
  const add = (inspection: number | null, key: string, row: Row) => {
    if (inspection === null) throw new Error('a view has a row without its inspection');
    if (!all.has(inspection)) all.set(inspection, new Map());
    all.get(inspection)?.set(key, row);
  };
  const isWanted =
    only === undefined ? sql<boolean>`true` : sql<boolean>`inspection_id = any(${only}::bigint[])`;
  const keyQuestions = await rowsAsJson(
    db,
    db
      .selectFrom('analytics.key_question_result')
      .select(['inspection_id', 'key_question', ...questionColumns, ...bandColumns])
      .where(isWanted),
  );
  for (const { inspection_id, key_question, ...row } of keyQuestions)
    add(inspection_id, `key question ${key_question}`, row);
  const prompts = await rowsAsJson(
    db,
    db
      .selectFrom('analytics.prompt_result')
      .select(['inspection_id', 'prompt', ...questionColumns])
      .where(isWanted),
  );
  for (const { inspection_id, prompt, ...row } of prompts) add(inspection_id, `prompt ${prompt}`, row);
  const standards = await rowsAsJson(
    db,
    db
      .selectFrom('analytics.standard_rating')
      .select(['inspection_id', 'standard', ...standardColumns])
      .where(isWanted),
  );
  for (const { inspection_id, standard, ...row } of standards)
    add(inspection_id, `standard ${standard}`, row);
  const overall = await rowsAsJson(
    db,
    db
      .selectFrom('analytics.overall_rating')
      .select(['inspection_id', ...overallColumns])
      .where(isWanted),
  );
  for (const { inspection_id, ...row } of overall) add(inspection_id, 'overall', row);
  return all;
}

/** The same rows from the TypeScript computation. */
export function rowsOfResult({
  keyQuestions,
  prompts,
  standards,
  overall,
}: InspectionResult): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const [code, result] of prompts) rows.set(`prompt ${code}`, questionRow(result));
  for (const [code, result] of keyQuestions) {
    const { rating, low, high, roundingMatters } = result;
    rows.set(`key question ${code}`, {
      ...questionRow(result),
      rating,
      low,
      high,
      rounding_matters: roundingMatters,
    });
  }
  for (const standard of standards) {
    rows.set(`standard ${standard.code}`, {
      basis: standard.basis,
      evidence: standard.evidence,
      lowest_percent: standard.lowestPercent,
      driving_key_question: standard.drivingKeyQuestion,
      computed_rating: standard.computedRating,
      not_computed_because: standard.notComputedBecause,
      rating: standard.rating,
      rating_source: standard.ratingSource,
      score: standard.score,
      near_boundary: standard.grounds?.nearBoundary ?? null,
      one_case_flips: standard.grounds?.oneCaseFlips ?? null,
      small_sample: standard.grounds?.smallSample ?? null,
    });
  }
  rows.set('overall', {
    // the points of the known standards are no score
    score: overall.hasUnknownStandard ? null : overall.score,
    max_score: overall.hasUnknownStandard ? null : overall.maxScore,
    score_without_discretion: overall.hasUnknownStandard ? null : overall.scoreWithoutDiscretion,
    rating_without_discretion: overall.ratingWithoutDiscretion,
    rating: overall.rating,
    limited_by: overall.limitedBy,
    not_computed_because: overall.notComputedBecause,
  });
  return rows;
}

function questionRow(result: QuestionResult): Row {
  return {
    yes: result.yes,
    no: result.no,
    not_applicable: result.notApplicable,
    relevant: result.relevant,
    inspected: result.inspected,
    percent_of_relevant: result.percentOfRelevant,
    percent_of_inspected: result.percentOfInspected,
    percent: result.percent,
    evidence: result.evidence,
  };
}
