import { months } from '../../words/english.js';
import { escaped } from '../likeness.js';
import { footnoteOf, type Outline } from '../outline.js';
import type { Line } from '../report.js';

/** A figure of a table of facts; its value is undefined where it is not legible. */
export interface Figure {
  kind: 'value' | 'percent';
  value?: number;
  unit?: string;
  printed: string;
}

/** "402,700", "£960,480", "38%", "14.5", "2nd highest", and "8x%", which is not legible; undefined for words. */
export function figureOf(text: string, head = ''): Figure | undefined {
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
export const isNational = (label: string): boolean => /england and wales|\bnational\b/i.test(label);

/** A label as a measure: without the service's area, the country and the base of its rate. */
export function measureOf(label: string, area: string | undefined): string {
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

export const unitOf = (label: string): string | undefined => units.find(([words]) => words.test(label))?.[1];

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
export function periodIn(text: string): Pick<Source, 'period' | 'year'> {
  const found = periods.map((pattern) => pattern.exec(text)?.[0]).find(Boolean);
  if (found) return { period: found.replace(/^12[- ]months?$/i, '12 months') };
  const [, middle, last] = /\bmid[- ]?(20\d{2})\b|\((20\d{2})\)\s*$/i.exec(text) ?? [];
  return middle || last ? { year: Number(middle ?? last) } : {};
}

/** Source and time by the footnotes that a row cites, else the head of its table, else the heading above it. */
export function sourceOf(outline: Outline, citing: readonly (Line | undefined)[]): Source {
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
