import type { EditionFile } from '../../import/edition/edition-file.js';
import type { ReadFinding } from '../reading.js';
import { positionOf, type ReportLine } from '../report-document.js';
import { standardHeadings } from '../structure/headings.js';
import type { Sections } from '../structure/sections.js';
import { align, type Match } from './align.js';
import { type Expected, expectedLines } from './expected.js';
import { outOfOrder } from './out-of-order.js';
import { cellsOf, doubted, lostCells, type Printed, type Style, styleOf } from './printed.js';
import { type Row, rowsOf } from './rows.js';
import { headsOf } from './table-heads.js';
import { strayRows, withoutRow } from './unmatched.js';

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
  return sections
    .flatMap(({ lines }) => lines)
    .sort((one, other) => positionOf(one.place) - positionOf(other.place));
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
