import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { Connection } from '../../src/database/connect.js';
import { inspectionInFull } from '../../src/queries/inspection.js';
import { sideBySide, type Timing } from './side-by-side.js';

/** Who is asked: this program's views, and what somebody would take in their place. */
export const contenders = [
  'ours',
  'duckdbTable',
  'duckdbParquet',
  'duckdbResults',
  'plainViews',
  'materialisedView',
] as const;
export type ContenderName = (typeof contenders)[number];

/** A row of an answer: its cells in the order of the question's columns. */
export type Row = Record<string, unknown>;

/** Fetches the whole answer to a question. */
export type Ask = () => Promise<Row[]>;

export const questions = {
  trend: 'year x standard: yes and relevant cases',
  ratings: 'ratings of all standards of all inspections',
  inspection: 'one inspection, everything about it',
  group: 'group of cases x key question x year: yes and relevant cases',
} as const;
export type Question = keyof typeof questions;

/** How one contender is asked each question; a question that it is not asked is missing. */
export type Asks = Partial<Record<Question, Ask>>;

/** What was measured of one question, times in milliseconds. */
export interface QuestionBench {
  question: Question;
  /** Rows of the answer. */
  rows: number;
  timings: Partial<Record<ContenderName, Timing>>;
}

/** A server plans a prepared statement anew five times before it may keep a plan; a slow one needs no such care. */
const warmUps = 6;
const longestWarmUp = 1000;

/**
 * Asks every contender every question: to warm up, when the answers are compared, then in turns with the time taken.
 * Throws when two answers to a question differ.
 */
export async function benchQuestions(
  asked: Partial<Record<ContenderName, Asks>>,
  runs: number,
): Promise<QuestionBench[]> {
  const measured: QuestionBench[] = [];
  for (const question of Object.keys(questions) as Question[]) {
    const taking = contenders.flatMap((name) => {
      const ask = asked[name]?.[question];
      return ask ? [{ name, run: ask }] : [];
    });
    const answers = new Map<string, Row[]>();
    let slowest = 0;
    for (const { name, run } of taking) {
      const start = performance.now();
      let times = 0;
      for (; times < warmUps && performance.now() - start < longestWarmUp; times++)
        answers.set(name, await run());
      slowest = Math.max(slowest, (performance.now() - start) / times);
    }
    const rows = commonAnswer(question, answers);
    // What is answered in a few milliseconds is asked more often: its times vary more.
    const timings = await sideBySide(taking, Math.max(runs, Math.min(10 * runs, Math.round(1000 / slowest))));
    measured.push({
      question,
      rows,
      timings: Object.fromEntries(timings.map((timing) => [timing.name, timing])),
    });
  }
  return measured;
}

/** The number of rows that all contenders agree on, in whatever order. Throws when they do not, or when there is none. */
function commonAnswer(question: Question, answers: ReadonlyMap<string, Row[]>): number {
  const [first, ...others] = [...answers].map(([name, rows]) => ({ name, rows: rows.map(cells).sort() }));
  if (!first || first.rows.length === 0) throw new Error(`nobody has an answer to "${questions[question]}"`);
  for (const { name, rows } of others) {
    if (isDeepStrictEqual(rows, first.rows)) continue;
    const [here, there] = [new Set(first.rows), new Set(rows)];
    const missing = first.rows.find((row) => !there.has(row)) ?? 'nothing';
    const added = rows.find((row) => !here.has(row)) ?? 'nothing';
    throw new Error(
      `the answers to "${questions[question]}" differ: ${first.name} has ${first.rows.length} rows, ${name} has ${rows.length}; ${first.name} alone has ${missing}, ${name} alone has ${added}`,
    );
  }
  return first.rows.length;
}

/** A row as text, the same whether a database gives whole numbers as numbers or as big integers. */
const cells = (row: Row): string =>
  JSON.stringify(Object.values(row), (_, cell) => (typeof cell === 'bigint' ? Number(cell) : cell));

/** What of a programme is asked about. */
export interface Subject {
  /** The invented inspection in the middle of those that there are, of which everything is asked. */
  inspectionId: number;
  /** The attribute of cases that groups are made by: the first that is recorded. */
  attribute: string;
}

/** Picks what is asked about. */
export async function subjectOf(db: Connection): Promise<Subject> {
  const { rows } = await sql<Subject>`
    select
      percentile_disc(0.5) within group (order by inspection_id) as "inspectionId",
      (select attribute from core.case_attribute order by position, attribute limit 1) as attribute
    from core.inspection
    where is_synthetic`.execute(db);
  return rows[0] as Subject;
}

/** Asks this program's tables and views. */
export function asksOfOurs(db: Connection, { inspectionId, attribute }: Subject): Asks {
  return {
    trend: async () => {
      const { rows } = await sql<Row>`
        select year, edition, standard, yes, relevant
        from analytics.standard_trend
        where is_synthetic`.execute(db);
      return rows;
    },
    ratings: async () => {
      const { rows } = await sql<Row>`
        select inspection_id, standard, computed_rating as rating
        from analytics.standard_rating
        where is_synthetic and basis = 'cases'`.execute(db);
      return rows;
    },
    inspection: async () => {
      const { keyQuestions, prompts } = await inspectionInFull(db, inspectionId);
      // The counts are what the others have too.
      const counts = (
        question: string | null,
        { yes, no, not_applicable }: Pick<(typeof prompts)[number], 'yes' | 'no' | 'not_applicable'>,
      ) => ({ question, yes, no, not_applicable });
      return [
        ...keyQuestions.map((row) => counts(row.key_question, row)),
        ...prompts.map((row) => counts(row.prompt, row)),
      ];
    },
    group: async () => {
      const { rows } = await sql<Row>`
        select
          year,
          question_id,
          value,
          sum(bit_count(yes_cases & cases)::integer)::integer as yes,
          sum((bit_count(yes_cases & cases) + bit_count(no_cases & cases))::integer)::integer as relevant
        from kept.answer_bits
        join kept.case_group using (inspection_id, sample_id)
        join core.inspection using (inspection_id)
        where is_synthetic and attribute = ${attribute}
        group by 1, 2, 3
        having sum((bit_count(yes_cases & cases) + bit_count(no_cases & cases))::integer) > 0`.execute(db);
      return rows;
    },
  };
}
