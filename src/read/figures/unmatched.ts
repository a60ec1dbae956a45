import type { ReadFinding } from '../reading.js';
import { placeText, type ReportLine } from '../report-document.js';
import type { Match } from './align.js';
import { cellOf } from './cells.js';
import type { Expected } from './expected.js';
import type { Printed, Style } from './printed.js';
import type { Row } from './rows.js';

/** Rows of tables whose wording is near no question of their place: they are reported, and their figures with them. */
export function strayRows(rows: readonly Row[], matches: readonly Match[], style: Style): ReadFinding[] {
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
export function withoutRow(
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
