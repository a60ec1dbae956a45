import type { EditionFile } from '../../import/edition/edition-file.js';
import type { ReadFinding } from '../reading.js';
import { type Place, placeText, type ReportLine } from '../report-document.js';
import { type Sections, standardHeadings } from '../structure/sections.js';
import { align, likenessTo, type Match, threshold } from './align.js';
import { type Cell, cellOf } from './cells.js';
import { type Expected, expectedLines } from './expected.js';
import { isTableHead, type Row, rowsOf } from './rows.js';

/** What a report prints for a question in one place. */
export interface Printed {
  level: 'key question' | 'prompt';
  code: string;
  standard: string;
  /** Relevant cases and yes, or a percentage; of "N/A" both counts are it. */
  cells: { relevant: Cell; yes: Cell } | { percent: Cell };
  place: Place;
  row: Row;
  /** How alike the row's wording is to the question's. */
  likeness: number;
  /** What the head of its table says that it is of: "Of the 4 cases inspected". */
  head?: TableHead;
}

/** The head of a table of results, as far as it has a number of cases. */
export interface TableHead {
  cases: number;
  place: Place;
  /** "inspected" where it is of all cases of the sample. */
  isOfSample: boolean;
}

/** All results that a report prints, and rows and questions that found no partner. */
export interface Results {
  printed: Printed[];
  findings: ReadFinding[];
}

/**
 * Reads every table of key questions and prompts: of the standards' sections, and of an annexe. Throws a UserError that names `file` where
 * it has more of them than a report can have.
 */
export function readResults(
  { sections }: Sections,
  edition: EditionFile,
  others: readonly EditionFile[] = [],
  file?: string,
): Results {
  const expected = expectedLines(edition, others);
  const body = sections.filter(({ kind }) => kind === 'domain' || kind === 'standard');
  const annexe = sections.filter(({ kind }) => kind === 'data annexe');
  const known = new Map(
    body.flatMap(({ standard, lines }) => (standard ? [[lines[0] as ReportLine, standard] as const] : [])),
  );
  const inBody = readTables(linesInOrder(body), expected, known, file);
  const annexed = annexe.flatMap(({ lines }) => lines);
  const inAnnexe = readTables(annexed, expected, standardHeadings(annexed, [edition]), file);
  const printed = [...inBody.printed, ...inAnnexe.printed];
  return {
    printed,
    findings: [
      ...inBody.findings,
      ...inAnnexe.findings,
      ...withoutRow(
        expected,
        printed,
        [...body, ...annexe].map(({ lines }) => lines[0] as ReportLine),
      ),
    ],
  };
}

/** A domain's section has lines before and behind those of its standards. */
function linesInOrder(sections: Sections['sections']): ReportLine[] {
  const at = ({ place }: ReportLine) => (place.page ?? 0) * 1_000_000 + place.line;
  return sections.flatMap(({ lines }) => lines).sort((a, b) => at(a) - at(b));
}

function readTables(
  lines: readonly ReportLine[],
  expected: readonly Expected[],
  known: ReadonlyMap<ReportLine, string>,
  file?: string,
): Results {
  const rows = rowsOf(lines);
  const inOrder = align(rows, expected, known, file);
  const matches = [...inOrder, ...outOfOrder(rows, inOrder, expected)];
  // A report may print counts of key questions and percentages of prompts, or the other way round.
  const styles = new Map(
    (['key question', 'prompt'] as const).map((level) => [
      level,
      styleOf(
        matches.filter(({ expected: { kind } }) => (kind === 'prompt') === (level === 'prompt')),
        lines,
      ),
    ]),
  );
  const heads = headsOf(lines);
  const found = new Map<string, Printed>();
  const figured = matches.filter(({ row }) => isFilled(row));
  const questions = matches.filter(({ expected: { kind } }) => kind === 'key question' || kind === 'heading');
  // Where key questions are headings of their prompts, figures alone below one are of a prompt whose words are gone.
  const isHeadingOnly = questions.filter(({ row }) => isFilled(row)).length * 3 < questions.length;
  for (const match of matches) {
    const { expected: line, row, likeness } = match;
    if (line.kind === 'standard' || (row.figures.length === 0 && !isWithoutCells(match, figured))) continue;
    const level = line.kind === 'prompt' ? 'prompt' : 'key question';
    const isStray = row.isApart === true && isHeadingOnly && level === 'key question';
    const whole =
      row.figures.length === 0
        ? lostCells(styles.get(level) as Style)
        : cellsOf(row, styles.get(level) as Style);
    const cells = whole && isStray ? doubted(whole) : whole;
    // A heading's figures count only where the key question has no row of its own.
    if (!cells || (line.kind === 'heading' && found.has(line.code))) continue;
    const head = heads.get(row.line);
    found.set(line.code, {
      level,
      code: line.code,
      standard: line.standard,
      cells,
      place: row.place,
      row,
      likeness,
      ...(head && { head }),
    });
  }
  return { printed: [...found.values()], findings: strayRows(rows, matches, styleOf(matches, lines)) };
}

/**
 * Whether a row without figures is one of results that has lost them, and no heading: a prompt of a standard whose prompts have figures, or
 * a key question between those of its standard that have.
 */
function isWithoutCells({ expected }: Match, figured: readonly Match[]): boolean {
  if (expected.kind === 'heading' || expected.kind === 'standard') return false;
  return figured.some(
    (other) => other.expected.kind === expected.kind && other.expected.standard === expected.standard,
  );
}

const isFilled = ({ figures }: Row): boolean => figures.some((figure) => figure.trim() !== '');

const lostCells = ({ isPercent }: Style): Printed['cells'] =>
  isPercent ? { percent: { kind: 'lost' } } : { relevant: { kind: 'lost' }, yes: { kind: 'lost' } };

/** The same cells, each figure of them one that only seems to be it. */
function doubted(cells: Printed['cells']): Printed['cells'] {
  const odd = (cell: Cell): Cell =>
    cell.kind === 'number' ? { kind: 'odd', seems: String(cell.value), value: cell.value } : cell;
  return 'percent' in cells
    ? { percent: odd(cells.percent) }
    : { relevant: odd(cells.relevant), yes: odd(cells.yes) };
}

/**
 * Rows that the order has left over, where their wording is that of a question of the same table which is left over too: a report
 * may print two prompts the other way round.
 */
function outOfOrder(rows: readonly Row[], matches: readonly Match[], expected: readonly Expected[]): Match[] {
  const taken = new Set(matches.map((match) => match.expected));
  const used = new Set(matches.flatMap(({ row }) => row.line));
  const tables = tablesAround(rows, matches);
  const more: Match[] = [];
  const least = Math.max(threshold, 0.8);
  for (const [at, row] of rows.entries()) {
    if (used.has(row.line) || row.figures.length === 0) continue;
    const table = new Set(tables[at]);
    const best = expected
      .filter((line) => table.has(tableOf(line)) && line.kind !== 'heading' && !taken.has(line))
      .map((line) => ({ row, expected: line, likeness: likenessTo(row, line, least) }))
      .sort((a, b) => b.likeness - a.likeness)[0];
    if (!best || best.likeness < least) continue;
    taken.add(best.expected);
    more.push(best);
  }
  return more;
}

/** A table: the key questions of a standard, or the prompts of a key question. */
const tableOf = ({ kind, code, standard }: Expected): string =>
  kind === 'prompt' ? code.slice(0, code.lastIndexOf('.')) : standard;

/** For each row the tables of the nearest matched rows before and behind. */
function tablesAround(rows: readonly Row[], matches: readonly Match[]): string[][] {
  const byLine = new Map(matches.map((match) => [match.row.line, match.expected]));
  const tables: string[][] = rows.map(() => []);
  const go = (order: Iterable<number>) => {
    let near: Expected | undefined;
    for (const at of order) {
      if (near) tables[at]?.push(near.kind === 'heading' ? near.code : tableOf(near));
      near = byLine.get((rows[at] as Row).line) ?? near;
    }
  };
  go(rows.keys());
  go([...rows.keys()].reverse());
  return tables;
}

/** How a report prints results: counts or percentages, and these with or without their sign. */
interface Style {
  isPercent: boolean;
  hasSign: boolean;
}

function styleOf(matches: readonly Match[], lines: readonly ReportLine[]): Style {
  const cells = matches.map(({ row }) => row.figures.map(cellOf).filter(({ kind }) => kind !== 'lost'));
  const isSigned = (cell: Cell) => cell.kind === 'number' && cell.isPercent;
  const signed = cells.filter((all) => all.some(isSigned)).length;
  const pairs = cells.filter((all) => all.filter((cell) => !isSigned(cell)).length === 2).length;
  const single = cells.filter((all) => all.length === 1).length;
  const saysPercent = lines.some((line) => isTableHead(line) && /%/.test(line.text));
  const saysCounts = lines.some((line) => isTableHead(line) && /relevant/i.test(line.text));
  const isPercent =
    (pairs < signed && pairs * 2 < cells.length) ||
    (pairs === 0 && single > 0) ||
    (saysPercent && !saysCounts && pairs < single);
  return { isPercent, hasSign: signed * 2 > single };
}

function cellsOf({ figures }: Row, style: Style): Printed['cells'] | undefined {
  if (style.isPercent) {
    const filled = figures.filter((figure) => figure.trim() !== '');
    if (filled.length > 1) return { percent: { kind: 'odd', seems: filled.join(' ') } };
    const cell = cellOf(filled[0] ?? '');
    if (cell.kind !== 'number') return { percent: cell };
    if (cell.isPercent !== style.hasSign || cell.value > 100)
      return { percent: { kind: 'odd', seems: filled[0] as string, value: cell.value } };
    return { percent: cell };
  }
  const pair = pairOf(figures);
  if (!pair) {
    // One figure where two belong: which one it is can't be told.
    const odd: Cell = { kind: 'odd', seems: figures.join(' ').trim() };
    return figures.some((figure) => figure.trim() !== '') ? { relevant: odd, yes: odd } : undefined;
  }
  const [relevant, yes] = pair.map((text) => {
    const cell = cellOf(text);
    return cell.kind === 'number' && cell.isPercent
      ? ({ kind: 'odd', seems: text, value: cell.value } as const)
      : cell;
  }) as [Cell, Cell];
  return { relevant, yes };
}

/** The two cells of counts among a row's; an empty one more is the table's edge. */
function pairOf(figures: readonly string[]): [string, string] | undefined {
  // An empty column between the two is the converter's.
  if (figures.length === 3 && figures[1]?.trim() === '' && figures[0]?.trim() && figures[2]?.trim())
    return [figures[0], figures[2]];
  // One figure in more than two columns: whose it is can't be told.
  const filled = figures.filter((figure) => figure.trim() !== '');
  if (figures.length > 2 && filled.length === 1) return undefined;
  const counts = figures.filter((figure) => !/\d\s?%$/.test(figure.trim()));
  // Where the percentage stands beside the counts, these are the figures.
  const cells = figures.length === 3 && counts.length === 2 ? counts : [...figures];
  while (cells.length > 2 && cells.at(-1)?.trim() === '') cells.pop();
  while (cells.length > 2 && cells[0]?.trim() === '') cells.shift();
  return cells.length === 2 ? (cells as [string, string]) : undefined;
}

const numbersInWords = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** The head above each line of a table. */
function headsOf(lines: readonly ReportLine[]): Map<ReportLine, TableHead> {
  const heads = new Map<ReportLine, TableHead>();
  let current: TableHead | undefined;
  for (const line of lines) {
    if (isTableHead(line)) {
      const cases = /^\W*of the (\S+) cases?\b(.*)/i.exec(line.cells[0] as string);
      const count = cases && countOf(cases[1] as string);
      current =
        count === undefined || count === null
          ? undefined
          : {
              cases: count,
              place: line.place,
              isOfSample: /inspected/i.test((cases as RegExpExecArray)[2] as string),
            };
    } else if (line.text.length > 400) current = undefined;
    if (current) heads.set(line, current);
  }
  return heads;
}

/** "4", "four", "1"; undefined for anything else. */
export function countOf(text: string): number | undefined {
  const cell = cellOf(text);
  if (cell.kind === 'number' && !cell.isPercent) return cell.value;
  const word = numbersInWords.indexOf(text.toLowerCase());
  return word < 0 ? undefined : word;
}

/** Rows of tables whose wording is near no question of their place: they are reported, and their figures with them. */
function strayRows(rows: readonly Row[], matches: readonly Match[], style: Style): ReadFinding[] {
  const used = new Set<string>();
  for (const { row } of matches) used.add(placeText(row.place)).add(placeText(row.line.place));
  const within = matches.filter(({ row }) => row.figures.length > 0).map(({ row }) => rows.indexOf(row));
  const from = Math.min(...within.filter((at) => at >= 0));
  const to = Math.max(...within);
  return rows.flatMap((row, at): ReadFinding[] => {
    const cells = row.figures.map(cellOf);
    const isResult = style.isPercent
      ? cells.some((cell) => cell.kind === 'number' && cell.isPercent === style.hasSign)
      : cells.filter(({ kind }) => kind === 'number' || kind === 'not applicable').length === 2;
    const isQuestion =
      /[?]\s*$/.test(row.text) || /^\W*(?:\w\)\s*)?(?:does|do|is|are|where|in cases)\b/i.test(row.text);
    if (at < from || at > to + 1 || !isResult || !isQuestion || used.has(placeText(row.line.place)))
      return [];
    return [
      {
        kind: 'row without question',
        about: 'results',
        message: `"${row.text}" (${row.figures.join(', ')}) is near no question of this place`,
        places: [row.place],
      },
    ];
  });
}

/** Questions of tables that the report has, without a row of their own. */
function withoutRow(
  expected: readonly Expected[],
  printed: readonly Printed[],
  places: readonly ReportLine[],
): ReadFinding[] {
  const found = new Set(printed.map(({ code }) => code));
  const levels = new Set(printed.map(({ level }) => level));
  const asked = expected.filter(({ kind }) => kind === 'prompt' || kind === 'key question');
  return asked.flatMap(({ kind, code, standard }): ReadFinding[] => {
    if (found.has(code) || !levels.has(kind as Printed['level'])) return [];
    const near = printed.find((each) => each.standard === standard)?.place ?? places[0]?.place;
    return [
      {
        kind: 'question without row',
        about: code,
        message: `${kind} ${code} has no row that could be read; it is left out`,
        places: near ? [near] : [],
      },
    ];
  });
}
