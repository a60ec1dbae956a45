import type { Match } from '../align.js';
import { type Claim, claim, type Found, lost, type Remark, remark } from '../claim.js';
import type { Outline } from '../outline.js';
import { type Cell, cellOf, type Row } from '../rows.js';

/** Figures of key questions and prompts, and what a person should look at: rows of no question, and questions without rows. */
export function figureClaims(outline: Outline): Found[] {
  const { grammar, matches, rows } = outline;
  const results = matches.filter(({ expected: { code } }) => grammar.questions.has(code));
  const arePercent = printsPercentages(results);
  const read = (code: string, row: Row) => {
    const level = grammar.questions.get(code)?.level === 'prompt' ? 'prompts' : 'key_questions';
    // A heading has no figures.
    return row.values.length === 0 ? [] : claimsOf([level, code], row, arePercent);
  };
  const claims = results.flatMap(({ row, expected: { code } }) => read(code, row));
  const used = new Set(matches.map(({ row }) => row.line));
  const remarks = rows.flatMap((row): Remark[] => {
    if (used.has(row.line) || !isQuestion(row)) return [];
    // A row that stands twice says the same again, or contradicts itself.
    const twin = results.find(
      ({ row: { wording, at, values } }) =>
        wording.essence === row.wording.essence && Math.abs(at - row.at) <= 12 && values.length > 0,
    );
    claims.push(...(twin ? read(twin.expected.code, row) : []));
    const short = row.text.length > 80 ? `${row.text.slice(0, 80)} …` : row.text;
    const message = `"${short}" with ${row.values.join(' ').trim()} is no question of the framework here`;
    return twin ? [] : [remark('row without question', 'figures', message, [row])];
  });
  return [...claims, ...remarks, ...missing(outline, claims)];
}

const isQuestion = ({ text, values, line }: Row): boolean =>
  values.some((value) => cellOf(value).kind === 'number') && /\?\W*$/.test(text) && line.cells.length > 1;

/** A report prints relevant cases and yes, or percentages of yes: most of its rows are of one style. */
function printsPercentages(results: readonly Match[]): boolean {
  const figured = results.filter(({ row }) => row.values.some((value) => value !== ''));
  const withSign = figured.filter(({ row }) => row.values.some((value) => value.endsWith('%')));
  return withSign.length * 2 > figured.length;
}

function claimsOf(path: string[], row: Row, arePercent: boolean): Claim[] {
  const values = withoutEdges(row.values, arePercent ? 1 : 2);
  const cells = values.map(cellOf);
  if (cells.length > 0 && cells.every(({ kind }) => kind === 'not applicable'))
    return [claim([...path, 'not_applicable'], true, row)];
  const as = (field: string, cell: Cell | undefined): Claim => {
    const why = cell?.kind === 'lost' ? cell.why : `«${values.join(' ')}» is not legible`;
    const isLegible =
      cell?.kind === 'number' && cell.isPercent === arePercent && (!arePercent || cell.value <= 100);
    return isLegible ? claim([...path, field], cell.value, row) : lost([...path, field], row, why);
  };
  if (arePercent) return [as('percent_yes', cells[0])];
  // One figure where two belong: which one it is can't be told.
  const [relevant, yes] = cells.length === 2 ? cells : [];
  return [as('relevant_cases', relevant), as('yes', yes)];
}

/** The cells that hold figures: an empty one more is the table's edge, or a column of the converter's. */
function withoutEdges(values: readonly string[], wanted: number): readonly string[] {
  if (values.length <= wanted) return values;
  // Where a percentage stands beside counts, the counts are the figures; where counts stand beside it, it is.
  const own = values.filter((cell) => cell.trim().endsWith('%') === (wanted === 1));
  const filled = values.filter((cell) => cell !== '');
  if (filled.length === 0) return values.slice(0, wanted);
  return own.length === wanted ? own : filled;
}

/** Key questions, and prompts where there are any, of which no row was found, in one remark a level. */
function missing({ grammar }: Outline, claims: readonly Claim[]): Remark[] {
  const found = new Set(claims.map(({ path }) => path[1]));
  return (['key question', 'prompt'] as const).flatMap((level) => {
    const all = [...grammar.questions].filter(([, question]) => question.level === level);
    const gone = all.map(([code]) => code).filter((code) => !found.has(code));
    if (gone.length === 0 || gone.length === all.length) return [];
    const these = gone.length === 1 ? `this ${level}` : `these ${level}s`;
    return [remark('question without row', gone.join(', '), `no row was found for ${these}`)];
  });
}
