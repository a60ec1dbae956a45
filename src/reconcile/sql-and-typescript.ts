import { sql } from 'kysely';
import { atOneMoment, together } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import { editions } from '../queries/editions.js';
import { inPortions } from '../queries/evidence.js';
import { withKeys } from '../queries/view.js';
import { type InspectionResult, rateInspection } from '../ratings/inspection.js';

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
 * @example
 * const { cells, differences } = await compareSqlAndTypescript(db);
 * if (differences.length > 0) throw new Error(`${differences.length} of ${cells} cells differ`);
 */
export function compareSqlAndTypescript(
  db: Connection,
  only?: readonly number[],
  rate = rateInspection,
): Promise<Compared> {
  return atOneMoment(db, async (at) => {
    const known = await editions(at);
    const compared: Compared = { inspections: 0, decisions: 0, ratings: 0, cells: 0, differences: [] };
    for await (const some of inPortions(at, only, 'both')) {
      const keys = some.map(({ inspectionId }) => inspectionId);
      const inViews = await rowsOfViews(at, keys);
      for (const { inspectionId, name, edition: code, evidence } of some) {
        const edition = known.get(code);
        if (!edition) throw new Error(`edition ${code} is not in the database`);
        const here = rowsOfResult(rate(edition, evidence));
        compareRows(compared, name, inViews.get(inspectionId) ?? new Map(), here);
      }
    }
    return compared;
  });
}

function compareRows(
  compared: Compared,
  inspection: string,
  there: ReadonlyMap<string, Row>,
  here: ReadonlyMap<string, Row>,
): void {
  compared.inspections++;
  for (const key of new Set([...here.keys(), ...there.keys()])) {
    const [inSql, inTypescript] = [there.get(key), here.get(key)];
    if (inTypescript && 'rating' in inTypescript) {
      compared.decisions++;
      if (inTypescript.rating !== null) compared.ratings++;
    }
    for (const column of Object.keys(inTypescript ?? inSql ?? {})) {
      compared.cells++;
      const [cell, other] = [inSql?.[column], inTypescript?.[column]];
      if (cell !== other)
        compared.differences.push({ inspection, cell: `${key} ${column}`, sql: cell, typescript: other });
    }
  }
}

const counted = [
  ...['yes', 'no', 'not_applicable', 'relevant', 'inspected'],
  ...['percent_of_relevant', 'percent_of_inspected', 'percent', 'evidence'],
];

/** The columns that are compared, by the kind of row. The TypeScript computation has the same names in camel case. */
const columns = {
  'key question': [...counted, 'rating', 'low', 'high', 'rounding_matters'],
  prompt: counted,
  standard: [
    ...['basis', 'evidence', 'lowest_percent', 'driving_key_question', 'computed_rating'],
    ...['not_computed_because', 'rating', 'rating_source', 'score'],
    ...['near_boundary', 'one_case_flips', 'small_sample'],
  ],
  overall: [
    ...[
      'score',
      'max_score',
      'score_without_discretion',
      'rating_without_discretion',
      'rating',
      'limited_by',
    ],
    'not_computed_because',
  ],
};

/** What the public views show: by inspection; then rows by kind and code, such as 'standard 2.3' or 'overall'. */
export async function rowsOfViews(
  db: Connection,
  only?: readonly number[],
): Promise<Map<number, Map<string, Row>>> {
  const rows = (kind: keyof typeof columns, view: string, key = sql`${sql.lit(kind)}`) =>
    sql<Row & { inspection_id: number; key: string }>`
      select inspection_id, ${key} as key, ${sql.join(columns[kind].map((column) => sql.ref(column)))}
      from ${sql.table(`analytics.${view}`)}
      where ${withKeys('inspection_id', only)}`;
  const shown = await together(db, {
    keyQuestions: rows('key question', 'key_question_result', sql`'key question ' || key_question`),
    prompts: rows('prompt', 'prompt_result', sql`'prompt ' || prompt`),
    standards: rows('standard', 'standard_rating', sql`'standard ' || standard`),
    overall: rows('overall', 'overall_rating'),
  });
  const all = new Map<number, Map<string, Row>>();
  for (const { inspection_id, key, ...row } of Object.values(shown).flat()) {
    const own = all.get(inspection_id) ?? new Map<string, Row>();
    all.set(inspection_id, own.set(key, row as Row));
  }
  return all;
}

/** The same rows from the TypeScript computation. */
export function rowsOfResult(result: InspectionResult): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const [code, one] of result.prompts) rows.set(`prompt ${code}`, rowOf('prompt', one));
  for (const [code, one] of result.keyQuestions) rows.set(`key question ${code}`, rowOf('key question', one));
  for (const one of result.standards)
    rows.set(`standard ${one.code}`, rowOf('standard', { ...one, ...one.grounds }));
  // the points of the known standards are no score
  const unknown = { score: null, maxScore: null, scoreWithoutDiscretion: null };
  const overall = { ...result.overall, ...(result.overall.hasUnknownStandard && unknown) };
  return rows.set('overall', rowOf('overall', overall));
}

const rowOf = (kind: keyof typeof columns, computed: object): Row =>
  Object.fromEntries(
    columns[kind].map((column) => {
      const name = column.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());
      return [column, (computed as Row)[name] ?? null];
    }),
  );
