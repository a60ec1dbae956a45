import { groupBy } from '../group-by.js';
import { align, type Match } from './align.js';
import type { Expected, Grammar } from './grammar.js';
import { isLike } from './likeness.js';
import type { Line, Report } from './report.js';
import { type Row, rowsOf } from './rows.js';

/** Parts of a report that are of no domain, by the headings that reports of all years give them. */
const headings = {
  front: ['Acknowledgements', 'The role of HM Inspectorate of Probation'],
  foreword: ['Foreword', 'Introduction'],
  summary: ['Executive summary', 'Overall findings', 'Summary of findings', 'Key findings'],
  ratings: ['Ratings', 'Summary of ratings', 'Overall ratings', 'Our ratings'],
  recommendations: ['Recommendations', 'Our recommendations'],
  background: ['Background', 'About this inspection', 'Diversity'],
  facts: ['Contextual facts', 'Key facts', 'Contextual information'],
  methodology: ['Methodology', 'Inspection methodology', 'Our methodology', 'How we inspected'],
  data: ['Inspection data', 'Inspection results', 'Data from inspected cases', 'Further information'],
  glossary: ['Glossary', 'Glossary of terms'],
} as const;
type Part = keyof typeof headings;

/** Where a line stands: in a part, or in a domain's section, and there perhaps in a standard's. `at` is which of the lines it is. */
interface Where {
  at: number;
  part?: Part;
  domain?: string;
  standard?: string;
}

/** A report held against the framework. */
export interface Outline {
  grammar: Grammar;
  file: string;
  /** What is of the report itself, in its order; what belongs to the paper is left out, footnotes are not. */
  lines: Line[];
  rows: Row[];
  matches: Match[];
  /** The lines with which a domain, a standard or a question of the framework begins. */
  begins: Map<Line, Expected>;
  /** How well the report goes with the framework. */
  total: number;
  where: Map<Line, Where>;
  /** Definitions of footnotes by mark; a mark may be defined more than once. */
  footnotes: Map<string | undefined, Line[]>;
}

function partOf(line: Line): Part | undefined {
  const filled = line.cells.filter((cell) => cell !== '');
  if (filled.length !== 1 || line.bullet || line.text.length > 60) return undefined;
  const annexe = /^(?:annexe?|appendix)\s+\w{1,2}\s*[:.–—-]?\s*/i.exec(line.text)?.[0] ?? '';
  const text = line.text.slice(annexe.length).replace(/:$/, '');
  const found = (Object.keys(headings) as Part[]).find((part) =>
    headings[part].some((heading) => isLike(text, heading)),
  );
  return found ?? (annexe !== '' && line.heading !== undefined ? 'data' : undefined);
}

export function outlineOf({ file, lines: all }: Report, grammar: Grammar): Outline {
  const lines = all.filter(({ furniture }) => !furniture);
  const rows = rowsOf(lines, grammar.ratings);
  const { matches, total } = align(rows, grammar.expected, grammar.ratings);
  const begins = new Map(withoutSummaries(matches).map(({ row, expected }) => [row.line, expected]));
  const where = new Map<Line, Where>();
  let here: Omit<Where, 'at'> = {};
  let level: number | undefined;
  for (const [at, line] of lines.entries()) {
    const expected = begins.get(line);
    const part = expected ? undefined : partOf(line);
    if (part) here = { part };
    else if (expected?.kind === 'overall') here = { part: 'ratings' };
    else if (expected?.domain) {
      const { domain, standard } = expected;
      here = { domain, ...(standard !== undefined && { standard }) };
      if (expected.kind === 'domain') level = line.heading;
      // A heading above those of domains ends the last one's section.
    } else if (!here.part && line.heading !== undefined && line.heading < (level ?? 0)) here = {};
    where.set(line, { at, ...here });
  }
  const footnotes = groupBy(lines, ({ footnote }) => footnote);
  return { grammar, file, lines, rows, matches, begins, total, where, footnotes };
}

/** A domain's title begins its section only where one of its standards follows: in a summary it does not. */
function withoutSummaries(matches: readonly Match[]): Match[] {
  const titles = matches.filter(({ expected: { kind } }) => kind === 'domain' || kind === 'standard');
  const isSection = ({ expected }: Match, next: Match | undefined) =>
    next?.expected.kind === 'standard' && next.expected.domain === expected.code;
  return matches.filter(
    (match) => match.expected.kind !== 'domain' || isSection(match, titles[titles.indexOf(match) + 1]),
  );
}

/** The definition of a footnote that a line cites: the next one behind it, else the last one. */
export function footnoteOf({ footnotes, where }: Outline, mark: string, cited: Line): Line | undefined {
  const all = footnotes.get(mark) ?? [];
  const isBehind = (line: Line) => (where.get(line)?.at ?? 0) > (where.get(cited)?.at ?? 0);
  return all.find(isBehind) ?? all.at(-1);
}
