import type { ReportLine } from '../../../report-document.js';
import type { Section, Sections } from '../../../structure/sections.js';
import type { CellFigure } from '../cells.js';
import type { Fact } from '../fact.js';
import {
  isOfAnother,
  isOfKnownBody,
  periodIn,
  plainMark,
  type Source,
  sourceAbout,
  sourceOf,
} from '../source.js';
import { figureOf } from './figures.js';
import { lowered, unitOf, withoutArea } from './labels.js';

/** Where facts are read: the section, the report's parts, and the words of the service's area. */
export interface TableContext {
  section: Section;
  parts: Sections;
  areaWords: readonly string[];
  /** Whether the report shows damaged characters, so that a mark may be another mark. */
  isDamaged: boolean;
}

/** A fact of a row: `citing` are the lines whose footnotes tell its source, the nearest first. */
export function factOf(
  { section, parts, isDamaged }: TableContext,
  line: ReportLine,
  words: Pick<Fact['words'], 'measure' | 'breakdown' | 'category'>,
  figure: CellFigure,
  citing: (ReportLine | undefined)[],
  label = words.measure,
): Fact {
  const cited = sourceOf(parts, citing);
  const hasSources = section.kind === 'facts' || section.kind === 'standard';
  const about = hasSources ? sourceAbout(parts, section, label) : {};
  const source: Source = { ...(cited.source === undefined ? about : {}), ...cited };
  const doubts = isDamaged
    ? sourceDoubts({
        cited: source,
        about,
        rivals: citing.map((one) => sourceOf(parts, [one])),
        label: `${label} ${words.measure}`,
      })
    : undefined;
  const own = periodIn(label);
  const isOtherYear =
    isDamaged && own.year !== undefined && source.year !== undefined && own.year !== source.year;
  const yearDoubt = isOtherYear ? { year: `its source says ${source.year}, in a damaged report` } : undefined;
  // What the row says of its time is nearer than what a footnote says.
  if (own.period !== undefined) Object.assign(source, own);
  else if (own.year !== undefined && source.period === undefined) source.year = own.year;
  const unit = figure.kind === 'value' ? (figure.unit ?? unitOf(label)) : undefined;
  return {
    line,
    words: { ...words, ...(unit === undefined ? {} : { unit }), ...source, ...placeOf(section) },
    figures: { [figure.kind]: figureOf(figure, line) },
    ...((doubts ?? yearDoubt) && { doubts: { ...yearDoubt, ...doubts } }),
  };
}

/** What a source can't be of: where marks are damaged, one leads to another footnote. */
function sourceDoubts({
  cited,
  about,
  rivals,
  label,
}: {
  cited: Source;
  about: Source;
  rivals: readonly Source[];
  label: string;
}): Fact['doubts'] {
  const { source } = cited;
  if (source === undefined) return undefined;
  if (!isOfKnownBody(source)) return { source: 'no publisher is known by that name, in a damaged report' };
  const rival = [about, ...rivals].find((one) => one.source !== undefined && one.source !== source);
  const why = rival
    ? `«${rival.source}» may be it too, in a damaged report`
    : isOfAnother(source, label)
      ? 'it is about something else, in a damaged report'
      : undefined;
  return why === undefined ? undefined : { source: why, period: why, year: why };
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
