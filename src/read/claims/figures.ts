import type { Match } from '../align.js';
import { type Claim, claim, lost, type Remark, remark } from '../claim.js';
import type { Outline } from '../outline.js';
import { type Cell, cellOf, type Row } from '../rows.js';

/** How a report prints figures: relevant cases and yes, or a percentage of yes. */
type Style = 'counts' | 'percent';

/** Figures of key questions and prompts, and what a person should look at: rows of no question, and questions without rows. */
export function figureClaims(outline: Outline): { claims: Claim[]; remarks: Remark[] } {
  const { grammar, matches, rows } = outline;
  const results = matches.filter(({ expected: { code } }) => grammar.questions.has(code));
  const style = styleOf(results);
  const claimsAs = (code: string, row: Row) => {
    const level = grammar.questions.get(code)?.level === 'prompt' ? 'prompts' : 'key_questions';
    // A heading has no figures.
    return row.values.length === 0 ? [] : claimsOf([level, code], row, style);
  };
  const claims = results.flatMap(({ row, expected: { code } }) => claimsAs(code, row));
  const used = new Set(matches.map(({ row }) => row.line));
  const remarks: Remark[] = [];
  for (const row of rows.filter((one) => !used.has(one.line) && isQuestion(one))) {
    // A row that stands twice says the same again, or contradicts itself.
    const isTwin = (one: Match) =>
      one.row.wording.essence === row.wording.essence && Math.abs(one.row.at - row.at) <= 12;
    const twin = results.find((one) => isTwin(one) && one.row.values.length > 0);
    const short = row.text.length > 80 ? `${row.text.slice(0, 80)} …` : row.text;
    const message = `"${short}" with ${row.values.join(' ').trim()} is no question of the framework here`;
    if (twin) claims.push(...claimsAs(twin.expected.code, row));
    else remarks.push(remark('row without question', 'figures', message, [row.line]));
  }
  return { claims, remarks: [...remarks, ...missing(outline, claims)] };
}

const isQuestion = ({ text, values, line }: Row): boolean =>
  values.some((value) => cellOf(value).kind === 'number') && /\?\W*$/.test(text) && line.cells.length > 1;

/** Most rows of a report are of one style. */
function styleOf(results: readonly Match[]): Style {
  const figured = results.filter(({ row }) => row.values.some((value) => value !== ''));
  const withSign = figured.filter(({ row }) => row.values.some((value) => value.endsWith('%')));
  return withSign.length * 2 > figured.length ? 'percent' : 'counts';
}

function claimsOf(path: string[], row: Row, style: Style): Claim[] {
  const line = { ...row.line, place: row.place };
  const values = withoutEdges(row.values, style === 'percent' ? 1 : 2);
  const cells = values.map(cellOf);
  if (cells.length > 0 && cells.every(({ kind }) => kind === 'not applicable'))
    return [claim([...path, 'not_applicable'], true, line)];
  const as = (field: string, cell: Cell | undefined): Claim =>
    cell?.kind === 'number' && cell.isPercent === (field === 'percent_yes') && cell.value <= maximum[style]
      ? claim([...path, field], cell.value, line)
      : lost(
          [...path, field],
          line,
          cell?.kind === 'lost' ? cell.why : `«${values.join(' ')}» is not legible`,
        );
  if (style === 'percent') return [as('percent_yes', cells[0])];
  // One figure where two belong: which one it is can't be told.
  const [relevant, yes] = cells.length === 2 ? cells : [];
  return [as('relevant_cases', relevant), as('yes', yes)];
}

const maximum: Record<Style, number> = { counts: 999, percent: 100 };

/** The cells that hold figures: an empty one more is the table's edge, or a column of the converter's. */
function withoutEdges(values: readonly string[], wanted: number): string[] {
  const cells = [...values];
  // Where a percentage stands beside counts, the counts are the figures; where counts stand beside it, it is.
  const isPercent = (cell: string) => cell.trim().endsWith('%');
  const own = cells.filter((cell) => isPercent(cell) === (wanted === 1));
  if (own.length === wanted && cells.length > wanted) return own;
  const filled = cells.filter((cell) => cell !== '');
  if (filled.length === wanted) return filled;
  if (cells.length > wanted && filled.length < wanted && filled.length > 0) return filled;
  while (cells.length > wanted && cells.at(-1) === '') cells.pop();
  while (cells.length > wanted && cells[0] === '') cells.shift();
  return cells;
}

/** Key questions, and prompts where there are any, of which no row was found, in one remark a level. */
function missing({ grammar }: Outline, claims: readonly Claim[]): Remark[] {
  const found = new Set(claims.map(({ path }) => path[1]));
  return (['key question', 'prompt'] as const).flatMap((level) => {
    const all = [...grammar.questions].filter(([, question]) => question.level === level);
    const gone = all.map(([code]) => code).filter((code) => !found.has(code));
    if (gone.length === 0 || gone.length === all.length) return [];
    const message = `no row was found for ${gone.length === 1 ? 'this' : 'these'} ${level}${gone.length === 1 ? '' : 's'}`;
    return [remark('question without row', gone.join(', '), message)];
  });
}
