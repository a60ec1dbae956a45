import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import ts from 'typescript';
import type { DB } from '../../src/database/schema.js';
import { packageFolder } from '../../src/paths.js';
import { loadPublishedRatings } from '../../src/ratings-table/published.js';
import { ofCountry } from '../../test/docs/questions/country.js';
import { ofKnownWhole } from '../../test/docs/questions/known-whole.js';
import type { Cell, Question } from '../../test/docs/questions/question.js';

/** The questions of the page, as they follow there. */
const questions = [...ofKnownWhole, ...ofCountry];

/** How the invented programme of the page is made. */
export const programme = { inspections: 60, seed: 1 };

/** A question as it is asked of one set of inspections. */
interface Asked {
  question: Question;
  isInvented: boolean;
}

/** Every question with each set of inspections that it is asked of, real ones first. */
const asked: Asked[] = questions.flatMap((question) =>
  [false, true]
    .filter((isInvented) => question.of === 'both' || (question.of === 'invented') === isInvented)
    .map((isInvented) => ({ question, isInvented })),
);

/** The answer in SQL. */
async function answerInSql(db: Kysely<DB>, { question, isInvented }: Asked): Promise<Record<string, Cell>[]> {
  const query =
    question.of === 'both' && isInvented
      ? question.sql.replaceAll(/not ((?:\w+\.)?is_synthetic)/g, '$1')
      : question.sql;
  const { rows } = await sql.raw<Record<string, Cell>>(query).execute(db);
  return rows.map((row) => ({ ...row }));
}

/** The answer that SQL and TypeScript both give; throws where they differ, or where there is none. */
async function answer(db: Kysely<DB>, one: Asked): Promise<Record<string, Cell>[]> {
  const inSql = await answerInSql(db, one);
  const what = `${one.question.ask} of ${one.isInvented ? 'invented' : 'real'} inspections`;
  assert(inSql.length > 0, `${what}: there is no answer`);
  const inTypescript = await answerInTypescript(db, one, Object.keys(inSql[0] ?? {}));
  assert.deepStrictEqual(inTypescript, inSql, `${what}: SQL and TypeScript differ`);
  return inSql;
}

/** What is said before the questions that are asked of the whole country. */
const country = [
  '# The country',
  '',
  'What follows is asked of all that comes with the package: the published ratings of the country since 2018 beside the five inspections.',
  'From a clean clone, all services of a region with their last rating are one command away:',
  '',
  '```sh',
  `npm ci && npx yot-ratings db up && psql "$(npx yot-ratings db url --role reader)" -c "select service, ons_codes, last_rating, days_since, rating_change, last_report_url from analytics.service where region = 'North East'"`,
  '```',
];

/** An answer without what is otherwise every day. */
const shown = (rows: readonly Record<string, Cell>[], { changing = [] }: Question) =>
  rows.map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => !changing.includes(column))));

/** The page of questions, answered from a database that holds the bundled inspections and the invented programme. */
export async function questionsPage(db: Kysely<DB>): Promise<string> {
  const sources = ['known-whole.ts', 'country.ts'].flatMap(functionsAsWritten);
  const parts: string[] = [];
  for (const [at, question] of questions.entries()) {
    if (question.of === 'country' && questions[at - 1]?.of !== 'country') {
      await loadPublishedRatings(db);
      parts.push('', ...country);
    }
    parts.push('', `## ${at + 1}. ${question.ask}`, '', question.note, '');
    parts.push('```sql', question.sql.trim(), '```', '', '```ts', sources[at] as string, '```');
    for (const one of asked.filter((other) => other.question === question)) {
      const of = one.isInvented
        ? 'The invented programme'
        : question.of === 'country'
          ? 'The country'
          : 'The bundled inspections';
      parts.push('', `${of}:`, '', ...markdownTable(shown(await answer(db, one), question)));
    }
  }
  return [
    '# Questions, and their answers',
    '',
    'What analysts ask, in SQL and in TypeScript; `npm run check-generated` holds the two answers against each other, and against this page. They are',
    'asked of the five inspections that come with the package, and of an invented programme, which is loaded beside them by',
    '',
    '```sh',
    `npx yot-ratings simulate --inspections ${programme.inspections} --seed ${programme.seed} --to programme && npx yot-ratings load programme`,
    '```',
    '',
    'Where a question is asked of both, the SQL is that for real inspections: for invented ones, `not is_synthetic` is `is_synthetic`, and',
    'in TypeScript `synthetic` is true. The two are never pooled. In TypeScript, `db` is what `openDatabase()` gives, and every function',
    'is imported from `yot-ratings`; its rows can have more columns than the SQL asks for, which are not shown.',
    '',
    'Made from `test/docs/questions` by `npm run generate`; not to be edited by hand.',
    ...parts,
    '',
  ].join('\n');
}

/** The answer in TypeScript, in the columns of the answer in SQL. */
async function answerInTypescript(
  db: Kysely<DB>,
  { question, isInvented }: Asked,
  columns: readonly string[],
): Promise<Record<string, unknown>[]> {
  const rows = await question.typescript(db, isInvented);
  return rows.map((row) =>
    Object.fromEntries(columns.map((column) => [column, (row as Record<string, unknown>)[column]])),
  );
}

/** What the questions' functions do as it stands in their file; what they return is called answer. */
function functionsAsWritten(name: string): string[] {
  const file = path.join(packageFolder, 'test', 'docs', 'questions', name);
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const bodies: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isPropertyAssignment(node) &&
      node.name.getText() === 'typescript' &&
      ts.isArrowFunction(node.initializer)
    ) {
      const { body } = node.initializer;
      bodies.push(
        ts.isBlock(body)
          ? body.statements.map((one) => one.getFullText()).join('')
          : `return await ${body.getText()};`,
      );
    } else ts.forEachChild(node, visit);
  };
  visit(source);
  return bodies.map((body) =>
    body
      .replace(/^\n/, '')
      .replaceAll(/^ {6}/gm, '')
      .replace(/^return /m, 'const answer = '),
  );
}

function markdownTable(rows: readonly Record<string, Cell>[]): string[] {
  const columns = Object.keys(rows[0] ?? {});
  const isNumeric = (column: string) =>
    rows.every((row) => row[column] === null || typeof row[column] === 'number');
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns),
    line(columns.map((column) => (isNumeric(column) ? '--:' : '---'))),
    ...rows.map((row) => line(columns.map((column) => cellText(row[column] ?? null)))),
  ];
}

/** A cell of a Markdown table; numbers to one decimal place. */
function cellText(cell: Cell): string {
  if (typeof cell === 'number') return String(Math.round(10 * cell) / 10);
  return String(cell ?? '').replaceAll('|', String.raw`\|`);
}
