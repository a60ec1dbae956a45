import type { ReportLine } from '../../../report-document.js';
import { type CellFigure, cellFigure } from '../cells.js';
import type { Fact } from '../fact.js';
import { namesPublication } from '../source.js';
import { factOf, measureOfLabel, type TableContext } from './context.js';
import { figureOf } from './figures.js';
import { isNational, whose } from './labels.js';

/**
 * A measure without a figure in its line, whose figures are said of the service and of England and Wales on lines below it:
 * where none is there it is lost. `used` are the lines that it takes.
 */
export function stackedFact(
  context: TableContext,
  lines: readonly ReportLine[],
  at: number,
  heading: ReportLine | undefined,
): { fact: Fact; used: ReportLine[] } | undefined {
  const line = lines[at] as ReportLine;
  if (context.section.kind !== 'facts' || line.cells.length > 1 || line.text.length > 90) return undefined;
  if (namesPublication(line.text)) return undefined;
  if (!/\b(?:entrants?|reoffending|re-offending|population|custody|rates?)\b/i.test(line.text))
    return undefined;
  const below = lines.slice(at + 1, at + 7);
  const names = below.filter((one) => one.text.length < 60);
  const own = names.find(
    (one) => whose(one.text, context.areaWords) === 'service' && /\b(?:YOS|YOT|YJS|YJP)\b/.test(one.text),
  );
  const national = names.find((one) => isNational(one.text) && one !== own);
  if (!own || !national || below.indexOf(own) > 2) return undefined;
  const beyond = below.findIndex((one) => /\b(?:entrants?|reoffending|re-offending)\b/i.test(one.text));
  if (beyond >= 0 && beyond < below.indexOf(national)) return undefined;
  const used = [line, own, national];
  const near = (one: ReportLine, from: ReportLine, kind?: CellFigure['kind']): CellFigure | undefined => {
    const between = lines.slice(lines.indexOf(from) + 1, lines.indexOf(one));
    const alone = between.filter(({ text }) => cellFigure(text));
    used.push(...alone);
    // The number of a page that ends here looks like a figure, and isn't one where another stands above it.
    const own = alone.filter(({ text }) => kind === undefined || cellFigure(text)?.kind === kind);
    const above = own.findLast(({ noise }) => noise === undefined) ?? own.at(-1) ?? alone.at(-1);
    const inLine = /(?<!\d)([\d,.]+%?)\s*$/.exec(one.text)?.[1];
    return [inLine ?? '', above?.text ?? ''].map((text) => cellFigure(text)).find(Boolean);
  };
  const lost: CellFigure = { value: undefined, kind: 'value', printed: '' };
  const figure = near(own, line) ?? lost;
  const printed = near(national, own, figure === lost ? undefined : figure.kind) ?? lost;
  const kind = figure === lost ? printed.kind : figure.kind;
  // Both are rates, or both are shares.
  const besideIt = printed.kind === kind ? printed : { ...printed, value: undefined };
  const words = { measure: measureOfLabel(context, line.text) };
  const fact = factOf(context, line, words, { ...figure, kind }, [line, heading], line.text);
  fact.figures[`national_${kind}`] = figureOf(besideIt, national);
  return { fact, used };
}
