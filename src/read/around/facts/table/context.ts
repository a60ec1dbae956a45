import type { ReportLine } from '../../../report-document.js';
import type { Section, Sections } from '../../../structure/sections.js';
import type { CellFigure } from '../cells.js';
import type { Fact } from '../fact.js';
import { periodIn, plainMark, type Source, sourceAbout, sourceOf } from '../source.js';
import { figureOf } from './figures.js';
import { lowered, unitOf, withoutArea } from './labels.js';

/** Where facts are read: the section, the report's parts, and the words of the service's area. */
export interface TableContext {
  section: Section;
  parts: Sections;
  areaWords: readonly string[];
}

/** A fact of a row: `citing` are the lines whose footnotes tell its source, the nearest first. */
export function factOf(
  { section, parts }: TableContext,
  line: ReportLine,
  words: Pick<Fact['words'], 'measure' | 'breakdown' | 'category'>,
  figure: CellFigure,
  citing: (ReportLine | undefined)[],
  label = words.measure,
): Fact {
  const cited = sourceOf(parts, citing);
  const about = section.kind === 'facts' ? sourceAbout(parts, section, label) : {};
  const source: Source = { ...(cited.source === undefined ? about : {}), ...cited };
  const doubts = sourceDoubts(cited, about);
  const own = periodIn(label);
  // What the row says of its time is nearer than what a footnote says.
  if (own.period !== undefined) Object.assign(source, own);
  else if (own.year !== undefined && source.period === undefined) source.year = own.year;
  const unit = figure.kind === 'value' ? (figure.unit ?? unitOf(label)) : undefined;
  return {
    line,
    words: { ...words, ...(unit === undefined ? {} : { unit }), ...source, ...placeOf(section) },
    figures: { [figure.kind]: figureOf(figure, line) },
    ...(doubts && { doubts }),
  };
}

/** A mark leads to one source, and another one's title says that it is about this. */
function sourceDoubts(cited: Source, about: Source): Fact['doubts'] {
  if (cited.source === undefined || about.source === undefined || cited.source === about.source)
    return undefined;
  const why = `«${about.source}» is about it too`;
  return { source: why, period: why, year: why };
}

const placeOf = ({ kind, domain, standard }: Section) =>
  kind === 'standard' || kind === 'domain'
    ? { ...(domain && { domain }), ...(standard && { standard }) }
    : {};

/** A label as a measure: without its mark, its area and the base of its rate. */
export function measureOfLabel({ parts, areaWords }: TableContext, label: string): string {
  const [mark] = plainMark(parts, { cells: [label] });
  const unmarked = mark === undefined ? label : label.slice(0, -mark.length).trim();
  return lowered(
    withoutArea(unmarked, areaWords)
      .replace(/\s*\bper 100,?000\b/i, '')
      .replace(/,?\s*of which:?$/i, '')
      .replace(/[\s:]+$/, ''),
  );
}
