import { distance } from 'fastest-levenshtein';
import { plain } from '../../../../names.js';
import type { ReportLine } from '../../../report-document.js';
import { type CellFigure, cellFigure } from '../cells.js';
import type { Fact } from '../fact.js';
import { measureOfLabel, type TableContext } from './context.js';
import { rankOrFigure } from './figures.js';
import { isLabel, isNational, speltLabel, withoutArea, withoutNational } from './labels.js';

/** A row of a list: a figure and its label. */
export interface Listed {
  line: ReportLine;
  label: string;
  figure: CellFigure;
  /** How many lines it takes. */
  lines: number;
}

/** A row of a list: a figure and its label, in either order, in two cells or on two lines. */
export function listedRow(
  context: TableContext,
  line: ReportLine,
  next: ReportLine | undefined,
): Listed | undefined {
  const cells = line.cells.filter((cell) => cell !== '');
  const [first = '', second = ''] = cells;
  if (cells.length === 2) {
    const [one, other] = [rankOrFigure(first), rankOrFigure(second)];
    if (one && !other && isLabel(second)) return { line, label: second, figure: one, lines: 1 };
    if (other && !one && isLabel(first)) return { line, label: first, figure: other, lines: 1 };
    return undefined;
  }
  if (cells.length !== 1 || context.section.kind !== 'facts') return undefined;
  const figure = rankOrFigure(first);
  if (
    figure &&
    next &&
    next.cells.length === 1 &&
    isLabel(next.text) &&
    !rankOrFigure(next.text) &&
    measureOfLabel(context, next.text) !== ''
  )
    return { line, label: next.text, figure, lines: 2 };
  // "127 First-time entrant rate per 100,000", its cells lost.
  const joined = /^([£\d][\d,.]*%?)(?:\s+(?=\p{L})|(?=\p{Lu}\p{Ll}))(.{7,})$/u.exec(first);
  const own = joined && cellFigure(joined[1] as string);
  if (own && isLabel(joined[2] as string)) return { line, label: joined[2] as string, figure: own, lines: 1 };
  return undefined;
}

/** The service's own figure, of the facts so far, that a national one stands below. */
export function pairOf(
  facts: readonly Fact[],
  label: string,
  areaWords: readonly string[],
): Fact | undefined {
  if (!isNational(label)) return undefined;
  const wanted = plain(withoutNational(label).replace(/\b(?:average|in|for)\b/gi, ''));
  return facts.findLast(({ words, line }) => {
    const own = plain(
      withoutArea(speltLabel(line.text, areaWords).replaceAll(/[£\d,.]+%?/g, ' '), areaWords).replace(
        /\b(?:in|for)\b/gi,
        '',
      ),
    );
    const measure = plain(`${words.measure}`);
    return (
      distance(
        wanted.replaceAll(/\d+/g, '').replaceAll(/\s+/g, ' ').trim(),
        own.replaceAll(/\s+/g, ' ').trim(),
      ) <= 4 || distance(wanted, measure) <= 3
    );
  });
}
