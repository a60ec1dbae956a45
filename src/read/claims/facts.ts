import { months } from '../../words/english.js';
import { type Claim, claim, claims, lost } from '../claim.js';
import { escaped } from '../likeness.js';
import { footnoteOf, type Outline } from '../outline.js';
import type { Line } from '../report.js';

/** Whose a figure is, as the keys of a bundle begin. */
type Whose = '' | 'national_' | 'comparator_';

interface Fact {
  line: Line;
  words: Record<string, string | number | undefined>;
  figures: Map<Whose, { figure: Figure; line: Line; label?: string }>;
}

/** More than any report has, and what a bundle may hold. */
const mostFacts = 900;
/** A longer text is no label of a figure. */
const longestLabel = 160;

/**
 * Contextual facts of the parts that have no figures of questions: of lists of figures with labels, and of tables with a head of
 * categories. `area` is the service's, which is left out of what is measured.
 */
export function factClaims(outline: Outline, area: string | undefined): Claim[] {
  const facts: Fact[] = [];
  let heading: Line | undefined;
  /** The head of the table that is being read, and the facts of its first row by column. */
  let table: { head: Line; firsts: Map<number, Fact> } | undefined;

  const add = (line: Line, label: string, figure: Figure, words: Fact['words'], head?: Line): Fact => {
    const { domain, standard } = outline.where.get(line) ?? {};
    const unit = figure.kind === 'value' ? (figure.unit ?? unitOf(label)) : undefined;
    const source = sourceOf(outline, [line, head, heading]);
    const said = { ...words, domain, standard, unit, ...source, ...periodIn(label) };
    const fact: Fact = { line, words: said, figures: new Map([['', { figure, line }]]) };
    facts.push(fact);
    return fact;
  };

  /** A figure of a list; a national one goes beside the service's own above it. */
  const readItem = (line: Line, label: string, figure: Figure) => {
    if (label.length > longestLabel) return;
    const measure = measureOf(label, area);
    const own = isNational(label) && facts.findLast(({ words }) => words.measure === measure);
    if (own) own.figures.set('national_', { figure, line });
    else add(line, label, figure, { measure });
  };

  const readRow = (line: Line, { head, firsts }: NonNullable<typeof table>) => {
    const [name = '', ...categories] = head.cells;
    const [label = '', ...cells] = line.cells;
    // A row with fewer cells than its head has lost one: whose the others are can't be told.
    if (cells.length !== categories.length) return;
    const breakdown = name
      .toLowerCase()
      .replace(/^race\//, '')
      .replace(/types$/, 'type');
    const measure = heading ? measureOf(heading.text, area) : breakdown;
    const isFirst = firsts.size === 0;
    const whose = isNational(label) ? 'national_' : 'comparator_';
    for (const [at, printed] of categories.entries()) {
      const figure = figureOf(cells[at] ?? '', printed);
      const first = firsts.get(at);
      if (!figure) continue;
      // One column of figures has a row for each category.
      if (categories.length === 1) add(line, label, figure, { measure, breakdown, category: label }, head);
      else if (isFirst)
        firsts.set(at, add(line, label, figure, { measure, breakdown, category: printed }, head));
      else if (first && !first.figures.has(whose))
        first.figures.set(whose, { figure, line, ...(whose === 'comparator_' && { label }) });
    }
  };

  const lines = outline.lines.filter((line) => isContextual(line, outline));
  for (const [at, line] of lines.entries()) {
    if (facts.length >= mostFacts) break;
    const next = lines[at + 1];
    const cells = line.cells.filter((cell) => cell !== '');
    const [one, other] = cells.map((cell) => figureOf(cell));
    if (isHead(line, next)) table = { head: line, firsts: new Map() };
    else if (table && hasFigures(line)) readRow(line, table);
    else if (cells.length === 2 && Boolean(one) !== Boolean(other)) {
      table = undefined;
      readItem(line, cells[one ? 1 : 0] as string, (one ?? other) as Figure);
    } else if (one && next && isLabelBelow(next)) readItem(next, next.text, one);
    else if (cells.length === 1 && !line.bullet && line.footnote === undefined && line.text.length <= 90) {
      table = undefined;
      heading = line;
    }
  }
  return facts.slice(0, mostFacts).flatMap(claimsOf);
}

function isContextual(line: Line, { where, grammar, begins }: Outline): boolean {
  const { part, domain = '' } = where.get(line) ?? {};
  if (begins.has(line)) return false;
  if (part) return part === 'facts' || part === 'background';
  const found = grammar.domains.get(domain);
  return found !== undefined && !found.sample;
}

function claimsOf({ line, words, figures }: Fact, at: number): Claim[] {
  const counted = [...figures].flatMap(([whose, { figure, line: own, label }]) => {
    const { kind, value, printed } = figure;
    const path = ['context', at, `${whose}${kind}`];
    return [
      ...claims(['context', at], { comparator: label }, own),
      value === undefined ? lost(path, own, `«${printed}» is no number`) : claim(path, value, own),
    ];
  });
  return [...claims(['context', at], words, line), ...counted];
}

const hasFigures = ({ cells }: Line): boolean => cells.slice(1).some((cell) => figureOf(cell));

/** Whether a line is a head: words in its cells, and a row of figures below it. */
const isHead = ({ cells }: Line, next: Line | undefined): boolean =>
  next !== undefined &&
  hasFigures(next) &&
  !cells.some((cell) => cell !== '%' && figureOf(cell)) &&
  cells.slice(1).some((cell) => /\p{L}{2}|^%$/u.test(cell) && cell.length <= 60);

/** A figure may stand on a line of its own above its label, as on a page of key facts. */
const isLabelBelow = ({ cells, text }: Line): boolean =>
  cells.length === 1 && /\p{L}{4}/u.test(text) && text.length <= 120 && !figureOf(text);

/** A figure of a table of facts; its value is undefined where it is not legible. */
interface Figure {
  kind: 'value' | 'percent';
  value?: number;
  unit?: string;
  printed: string;
}

/** "402,700", "£960,480", "38%", "14.5", "2nd highest", and "8x%", which is not legible; undefined for words. */
function figureOf(text: string, head = ''): Figure | undefined {
  const printed = text.trim();
  const kind = printed.endsWith('%') || head === '%' ? 'percent' : 'value';
  const rank = /^(\d{1,3})(?:st|nd|rd|th)(?: highest| lowest)?$/.exec(printed);
  if (rank) return { kind: 'value', value: Number(rank[1]), unit: 'rank', printed };
  const number = /^([£<>]?)\s?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s?%?$/.exec(printed);
  if (number) {
    const value = Number(`${number[2]?.replaceAll(',', '')}${number[3] ?? ''}`);
    return { kind, value, printed, ...(number[1] === '£' && { unit: '£' }) };
  }
  // What is short and has a digit in it has been a figure.
  const isIllegible = /^[£\d]\S{0,7}$/.test(printed) && /\d/.test(printed) && !/\d[-–]\d/.test(printed);
  return isIllegible ? { kind, printed } : undefined;
}

/** Whether a label is of the country, not of the service. */
const isNational = (label: string): boolean => /england and wales|\bnational\b/i.test(label);

/** A label as a measure: without the service's area, the country and the base of its rate. */
function measureOf(label: string, area: string | undefined): string {
  const own = area ? escaped(area).replaceAll(/ and | & /g, ' (?:and|&) ') : '$^';
  const place = `(?:england and wales|the national average|${own}(?: Y[OJ][STP])?)`;
  const measure = label
    .replace(new RegExp(`\\s*\\b(?:(?:in|of|for) )?${place}\\b`, 'gi'), '')
    .replace(
      /\s*\bper 100,?000\b|\s*\binformation\b|,?\s*of which:?$|^(?:additional|key|national average:?|average(?= (?:for|in)\b)) /gi,
      '',
    )
    .replace(/[\s:,]+$/, '')
    .trim();
  return /^\p{Lu}\p{Ll}/u.test(measure) ? measure.charAt(0).toLowerCase() + measure.slice(1) : measure;
}

const units: [RegExp, string][] = [
  [/per 100,?000/i, 'rate per 100,000'],
  [/\bpopulation\b/i, 'people'],
  [/headcount/i, 'full-time equivalent'],
  [/\bdays\b/i, 'days'],
  [/\bcaseload\b/i, 'cases'],
];

const unitOf = (label: string): string | undefined => units.find(([words]) => words.test(label))?.[1];

interface Source {
  source?: string;
  period?: string;
  year?: number;
}

const month = `(?:${months.join('|')})`;
/** How a time is said; the first that fits counts. */
const periods = [
  `(?:last \\w+ (?:quarters|months|years),? )?${month} \\d{4} to ${month} \\d{4}`,
  `${month} to ${month} \\d{4}`,
  '\\b20\\d{2}(?: to 20\\d{2}|[/–-](?:20)?\\d{2})\\b',
  '\\bat (?:the )?(?:point|time) of (?:the )?inspection(?: announcement)?',
  `(?:the )?(?:year|12 months) (?:to|ending)(?: the)?(?: end of)? ${month} \\d{4}`,
  '\\b12[- ]months?\\b',
].map((words) => new RegExp(words, 'i'));

/** The time that a text says a figure is of. */
function periodIn(text: string): Pick<Source, 'period' | 'year'> {
  const found = periods.map((pattern) => pattern.exec(text)?.[0]).find(Boolean);
  if (found) return { period: found.replace(/^12[- ]months?$/i, '12 months') };
  const [, middle, last] = /\bmid[- ]?(20\d{2})\b|\((20\d{2})\)\s*$/i.exec(text) ?? [];
  return middle || last ? { year: Number(middle ?? last) } : {};
}

/** Source and time by the footnotes that a row cites, else the head of its table, else the heading above it. */
function sourceOf(outline: Outline, citing: readonly (Line | undefined)[]): Source {
  const found: Source = {};
  for (const line of citing)
    for (const mark of line?.marks ?? []) {
      const text = line && footnoteOf(outline, mark, line)?.text;
      if (text === undefined) continue;
      const { source, ...time } = sourceIn(text);
      if (found.period === undefined && found.year === undefined) Object.assign(found, time);
      if (source !== undefined) return { source, ...found };
    }
  return found;
}

/** What a footnote says of the source: a publication has a body that published it, or a year; a sentence about the figure is none. */
function sourceIn(text: string): Source {
  const time = periodIn(text);
  if (/\b(?:data|information|figures?)\b[^.]{0,30}\b(?:supplied|provided|submitted)\b/i.test(text))
    return { source: 'Supplied by the service', ...time };
  if (text.length > 220 || /\b(?:indicates?|shows?|suggests?|that)\b/i.test(text)) return {};
  const isSource =
    /office for national|youth justice board|ministry of justice|statistics|estimates|census|\bdata\b|spreadsheet|\(20\d{2}\)/i;
  const source = text
    .replace(/^([^.(]{4,60})\.\s*\(([^)]+)\)\.\s*/, '$1 ($2), ')
    .trim()
    .replace(/\.$/, '');
  return isSource.test(text) ? { source, ...time } : time;
}
