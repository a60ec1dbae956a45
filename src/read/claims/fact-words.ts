import { escaped } from '../likeness.js';

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
  const isPercent = printed.endsWith('%') || head === '%';
  const kind = isPercent ? 'percent' : 'value';
  const rank = /^(\d{1,3})(?:st|nd|rd|th)(?: highest| lowest)?$/.exec(printed);
  if (rank) return { kind: 'value', value: Number(rank[1]), unit: 'rank', printed };
  const number = /^([£<>]?)\s?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s?%?$/.exec(printed);
  if (number) {
    const value = Number(`${number[2]?.replaceAll(',', '')}${number[3] ?? ''}`);
    return { kind, value, printed, ...(number[1] === '£' && { unit: '£' }) };
  }
  // What is short and has a digit in it has been a figure.
  return /^[£\d]\S{0,7}$/.test(printed) && /\d/.test(printed) && !/\d[-–]\d/.test(printed)
    ? { kind, printed }
    : undefined;
}

/** Whether a label is of the country, not of the service. */
export const isNational = (label: string): boolean => /england and wales|\bnational\b/i.test(label);

/** A label as a measure: without the service's area, the country, the base of its rate and what only heads a table. */
export function measureOf(label: string, area: string | undefined): string {
  const own = area ? escaped(area).replaceAll(/ and | & /g, ' (?:and|&) ') : '$^';
  const measure = label
    .replace(/\s*\b(?:(?:in|of|for) )?(?:england and wales|the national average)\b/i, '')
    .replace(/^national average:?\s*|^average\s+(?=for\b|in\b|$)/i, '')
    .replace(new RegExp(`\\s*\\b(?:(?:in|of|for) )?${own}(?: Y[OJ][STP])?\\b`, 'i'), '')
    .replace(/\s*\bper 100,?000\b|\s*\binformation\b|,?\s*of which:?$|^additional |^key /gi, '')
    .replace(/[\s:,]+$/, '')
    .trim();
  return /^\p{Lu}\p{Ll}/u.test(measure) ? measure.charAt(0).toLowerCase() + measure.slice(1) : measure;
}

/** The unit of a figure, by the words of its label. */
export function unitOf(label: string): string | undefined {
  if (/per 100,?000/i.test(label)) return 'rate per 100,000';
  if (/\bpopulation\b/i.test(label)) return 'people';
  if (/headcount/i.test(label)) return 'full-time equivalent';
  if (/\bdays\b/i.test(label)) return 'days';
  if (/\bcaseload\b/i.test(label)) return 'cases';
  return undefined;
}
