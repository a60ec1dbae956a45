import { months } from '../../english.js';
import { footnoteOf, type Outline } from '../outline.js';
import type { Line } from '../report.js';

/** Where a figure comes from, and of what time it is. */
export interface Source {
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
      if (source !== undefined) found.source ??= source;
      if (found.period === undefined && found.year === undefined) Object.assign(found, time);
      if (found.source !== undefined) return found;
    }
  return found;
}

/** What a footnote says of the source: what the service supplied is said in the same words always. */
function sourceIn(text: string): Source {
  const time = periodIn(text);
  if (/\b(?:data|information|figures?)\b[^.]{0,30}\b(?:supplied|provided|submitted)\b/i.test(text))
    return { source: 'Supplied by the service', ...time };
  const sentence = text
    .replace(/^([^.(]{4,60})\.\s*\(([^)]+)\)\.\s*/, '$1 ($2), ')
    .trim()
    .replace(/\.$/, '');
  // A sentence about the figure is no source; a publication has a body that published it, or a year.
  if (/\b(?:indicates?|shows?|suggests?|that)\b/i.test(sentence) || sentence.length > 220) return {};
  const isSource =
    /office for national|youth justice board|ministry of justice|statistics|estimates|census|\bdata\b|spreadsheet|\(20\d{2}\)/i;
  return isSource.test(sentence) ? { source: sentence, ...time } : time;
}
