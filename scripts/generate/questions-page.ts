import assert from 'node:assert/strict';
import { type Kysely, sql } from 'kysely';
import ts from 'typescript';
import type { DB } from '../../src/database/schema.js';
import * as library from '../../src/index.js';
import { loadPublishedRatings } from '../../src/ratings-table/published.js';

/** How the invented programme of the page is made. */
export const programme = { inspections: 60, seed: 1 };

type Cell = string | number | boolean | null;
type Row = Record<string, Cell>;

/** What is otherwise every day: both answers have to agree in it, and the page leaves it out. */
const changing = 'days_since';

/** A table of the page, and whose inspections it is about. */
const answers = /^(The bundled inspections|The invented programme|The country):\n\n(?:\|.*\n)+/gm;

/**
 * The page of questions with its answers made anew, from a database that holds the bundled inspections and the invented programme.
 * A question is a section with a block of SQL, one of TypeScript, and the tables of what both answer; throws where they differ.
 */
export async function questionsPage(db: Kysely<DB>, page: string): Promise<string> {
  let isCountryLoaded = false;
  const sections: string[] = [];
  for (const section of page.split(/^(?=## )/m)) {
    let made = section;
    for (const [table, of] of section.matchAll(answers)) {
      if (of === 'The country' && !isCountryLoaded) await loadPublishedRatings(db);
      isCountryLoaded ||= of === 'The country';
      const rows = await answer(db, section, of === 'The invented programme');
      made = made.replace(table, () => `${of}:\n\n${markdownTable(rows).join('\n')}\n`);
    }
    sections.push(made);
  }
  return sections.join('');
}

/** The answer that SQL and TypeScript of a section both give. */
async function answer(db: Kysely<DB>, section: string, isInvented: boolean): Promise<Row[]> {
  const [title] = section.split('\n');
  const block = (language: string) =>
    new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(section)?.[1] ?? '';
  const query = isInvented ? block('sql').replaceAll(/not ((?:\w+\.)?is_synthetic)/g, '$1') : block('sql');
  const inSql = (await sql.raw<Row>(query).execute(db)).rows.map((row) => ({ ...row }));
  const columns = Object.keys(inSql[0] ?? {});
  assert(columns.length > 0, `${title}: there is no answer`);
  const { outputText } = ts.transpileModule(
    `return async ({ db, synthetic, ${Object.keys(library).join(', ')} }) => {{ ${block('ts')} return answer; }};`,
    { compilerOptions: { target: ts.ScriptTarget.ES2023 } },
  );
  const found: Row[] = await new Function(outputText)()({ ...library, db, synthetic: isInvented });
  const inTypescript = found.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])));
  assert.deepStrictEqual(inTypescript, inSql, `${title}: SQL and TypeScript differ`);
  return inSql.map(({ [changing]: _, ...shown }) => shown);
}

function markdownTable(rows: readonly Row[]): string[] {
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
