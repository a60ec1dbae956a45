import type { ReadFinding } from '../../reading.js';
import type { ReportLine } from '../../report-document.js';
import type { Section, Sections } from '../../structure/sections.js';
import { isRunningHead } from '../furniture.js';
import { cellFigure } from './cells.js';
import type { Fact } from './fact.js';
import { isPlainDefinition, namesPublication } from './source.js';
import { factOf, measureOfLabel, type TableContext } from './table/context.js';
import { figureOf } from './table/figures.js';
import { speltLabel, wordsOfArea } from './table/labels.js';
import { type Listed, listedRow, pairOf } from './table/listed.js';
import {
  isAgain,
  isHead,
  listFact,
  type Matrix,
  matrixBelow,
  matrixFacts,
  matrixRow,
} from './table/matrix.js';
import { stackedFact } from './table/stacked.js';

/** Facts that stand in tables, of one section; `area` is the service's. `used` are the lines that were read as parts of tables. */
export function tableFacts(
  section: Section,
  parts: Sections,
  { area, isDamaged }: { area: string | undefined; isDamaged: boolean },
): { facts: Fact[]; findings: ReadFinding[]; used: Set<ReportLine> } {
  const context: TableContext = { section, parts, areaWords: wordsOfArea(area), isDamaged };
  const lines = withoutPageEnds(section.lines);
  const facts: Fact[] = [];
  const findings: ReadFinding[] = [];
  const used = new Set<ReportLine>();
  let heading: ReportLine | undefined;
  let headingOfMatrix: ReportLine | undefined;
  let headingOfList: ReportLine | undefined;
  let matrix: Matrix | undefined;
  const close = () => {
    if (matrix && matrix.rows.length > 0) {
      headingOfMatrix = heading;
      const made = matrixFacts(context, matrix, heading);
      if (isDamaged && heading !== undefined && heading === headingOfList)
        for (const fact of made.facts) fact.doubts = { ...fact.doubts, ...ofHeadingAbove };
      facts.push(...made.facts);
      findings.push(...made.findings);
    }
    matrix = undefined;
  };
  const list = ({ line, label: printed, figure }: Listed, next: ReportLine | undefined) => {
    // "Additional caseload dataTotal current caseload": a heading that the conversion has put into the table.
    const glued = /^(\p{Lu}[\p{Ll} -]{11,}\p{Ll})(\p{Lu}\p{Ll}+ .{6,})$/u.exec(printed);
    if (glued) heading = { ...line, text: glued[1] as string };
    const label = speltLabel(glued?.[2] ?? printed, context.areaWords);
    const before = pairOf(facts, label, context.areaWords);
    if (before) {
      before.figures[figure.kind === 'percent' ? 'national_percent' : 'national_value'] = figureOf(
        figure,
        line,
      );
      return;
    }
    const own = next?.text === printed ? [line, next] : [line];
    // A heading that a table of shares stands under has its own source, and is not that of a list behind it.
    const above = heading === headingOfMatrix ? [] : [heading];
    headingOfList = heading;
    const words = { measure: measureOfLabel(context, label) };
    facts.push(factOf(context, line, words, figure, [...own, ...above], label));
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as ReportLine;
    const next = lines[at + 1];
    if (used.has(line)) continue;
    // A table that goes on over a page's end has its head again.
    if (matrix && line.text === matrix.head.text) continue;
    if (isHead(line, next)) {
      close();
      matrix = matrixBelow(line);
      if (matrix.gluedHeading !== undefined) heading = { ...line, text: matrix.gluedHeading };
      used.add(line);
      continue;
    }
    const inMatrix = matrix && matrixRow(matrix, line, context.areaWords);
    if (matrix && inMatrix) {
      used.add(line);
      matrix.isOver ||= !matrix.isList && isAgain(matrix, inMatrix);
      if (matrix.isOver) findings.push(withoutHead(inMatrix));
      else if (!matrix.isList) matrix.rows.push(inMatrix);
      else facts.push(...[listFact(context, matrix, inMatrix, heading)].filter((one) => one !== undefined));
      continue;
    }
    const listed = listedRow(context, line, next);
    if (listed) {
      close();
      at += listed.lines - 1;
      used.add(line);
      list(listed, next);
      continue;
    }
    const stacked = stackedFact(context, lines, at, heading);
    if (stacked) {
      facts.push(stacked.fact);
      for (const one of stacked.used) used.add(one);
    } else if (isShortHeading(line)) {
      close();
      heading = line;
    } else if (isWordsOnly(line)) close();
  }
  close();
  return { facts, findings, used };
}

/** A row that is of no table whose head was recognised: its figures are of nobody knows what. */
const withoutHead = ({ label, line }: Matrix['rows'][number]): ReadFinding => ({
  kind: 'other',
  about: label,
  message: 'this row repeats one of the table above it, and the head of its own table is not legible',
  places: [line.place],
});

const why = 'the heading above it is that of another table, in a damaged report';
/** What is not sure of a table whose own heading was not recognised: all that its heading's footnote says. */
const ofHeadingAbove = { source: why, period: why, year: why };

/** Without what only a page's end has put among them. */
const withoutPageEnds = (lines: readonly ReportLine[]): ReportLine[] =>
  lines.filter((line, at) => {
    const next = lines[at + 1];
    const isPageNumber = /^\d{1,3}$/.test(line.text) && next !== undefined && isRunningHead(next);
    return !isRunningHead(line) && !isPageNumber && !isPlainDefinition(line);
  });

/** A row of words is no row of a matrix: the head of another one, whose own rows are not legible. */
const isWordsOnly = ({ cells }: ReportLine): boolean =>
  cells.filter((cell) => /\p{L}{3}/u.test(cell)).length > 1 && !cells.some((cell) => cellFigure(cell));

const isShortHeading = (line: ReportLine): boolean =>
  line.cells.length === 1 &&
  !line.bullet &&
  line.text.length <= 90 &&
  // "</suup> Youth Justice Board. (2022)." is a footnote with its mark damaged.
  !namesPublication(line.text) &&
  (line.heading !== undefined || line.bold === true || !/[.,;]$/.test(line.text));
