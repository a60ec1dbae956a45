import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { type Kysely, sql } from 'kysely';
import { parse } from 'yaml';
import type { Connection } from '../../src/database/connect.js';
import type { DB } from '../../src/database/schema.js';
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

export type Question = 'trend' | 'ratings' | 'inspection' | 'group';

/** How one contender is asked each question, for the whole answer; a question that it is not asked is missing. */
export type Asks = Partial<Record<Question, () => Promise<Row[]>>>;

type Way = 'ours' | 'plainViews' | 'ofPlainView' | 'materialisedView' | 'duckdb' | 'duckdbResults';

/** What is asked, in SQL, and the tables that are made for it. */
export const { questions, tally, duckdbTables } = parse(
  readFileSync(new URL('questions.yaml', import.meta.url), 'utf8'),
) as {
  questions: Record<Question, { title: string } & Partial<Record<Way, string>>>;
  tally: string;
  duckdbTables: Record<string, { columns: string; order: string; from: string }>;
};

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
  const { title } = questions[question];
  if (!first || first.rows.length === 0) throw new Error(`nobody has an answer to "${title}"`);
  for (const { name, rows } of others) {
    if (isDeepStrictEqual(rows, first.rows)) continue;
    const missing = first.rows.find((row) => !rows.includes(row)) ?? 'nothing';
    const added = rows.find((row) => !first.rows.includes(row)) ?? 'nothing';
    throw new Error(
      `the answers to "${title}" differ: ${first.name} has ${first.rows.length} rows, ${name} has ${rows.length}; ${first.name} alone has ${missing}, ${name} alone has ${added}`,
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

/** A query of questions.yaml about what is asked about. */
export const about = ({ inspectionId, attribute }: Subject, query: string): string =>
  query.replaceAll('INSPECTION', String(inspectionId)).replaceAll('ATTRIBUTE', attribute);

/** Every question that can be asked in a way, asked by a function that takes its SQL. */
export function asksIn(way: Way, subject: Subject, ask: (query: string) => () => Promise<Row[]>): Asks {
  return Object.fromEntries(
    Object.entries(questions).flatMap(([question, { [way]: query }]) =>
      query ? [[question, ask(about(subject, query))]] : [],
    ),
  );
}

/** Makes schema bench: views straight over the answers, and a materialised view of their tally. */
export async function makePlainViews(db: Connection, subject: Subject): Promise<void> {
  await sql`create schema bench`.execute(db);
  for (const [question, { plainViews }] of Object.entries(questions))
    await sql.raw(`create view bench.${question} as ${about(subject, plainViews as string)}`).execute(db);
  await sql.raw(`create materialized view bench.tally as ${tally}`).execute(db);
  await sql`analyze bench.tally`.execute(db);
}

/** Asks this program's tables and views, the views over the answers, and the materialised view as it was last refreshed. */
export function asksOfPostgres(
  db: Kysely<DB>,
  subject: Subject,
): Record<'ours' | 'plainViews' | 'materialisedView', Asks> {
  const ask = (query: string) => async () => (await sql.raw<Row>(query).execute(db)).rows;
  return {
    ours: {
      ...asksIn('ours', subject, ask),
      inspection: async () => {
        const { keyQuestions, prompts } = await inspectionInFull(db, subject.inspectionId);
        const asked = [
          ...keyQuestions.map((row) => ({ ...row, question: row.key_question })),
          ...prompts.map((row) => ({ ...row, question: row.prompt })),
        ];
        return asked.map(({ question, yes, no, not_applicable }) => ({ question, yes, no, not_applicable }));
      },
    },
    plainViews: {
      ...Object.fromEntries(
        Object.keys(questions).map((question) => [question, ask(`select * from bench.${question}`)]),
      ),
      ...asksIn('ofPlainView', subject, ask),
    },
    materialisedView: asksIn('materialisedView', subject, ask),
  };
}
