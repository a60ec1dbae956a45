import { isDay } from '../../days.js';
import { months } from '../../english.js';

/** A month, or a day, or a range of days, as ISO dates. */
export interface PrintedDate {
  month?: string;
  from?: string;
  to?: string;
}

const day = '(\\d{1,2})(?:st|nd|rd|th)?';
const month = `(${months.join('|')})`;
const range = new RegExp(
  `\\b${day}(?:\\s+${month})?(?:\\s+(20\\d{2}))?\\s*(?:-|–|—|to|and|until)\\s*${day}\\s+${month},?\\s+(20\\d{2})\\b`,
  'i',
);
const single = new RegExp(`\\b${day}\\s+${month},?\\s+(20\\d{2})\\b`, 'i');
const monthly = new RegExp(`\\b${month},?\\s+(20\\d{2})\\b`, 'i');

/** The first date of a text: a range of days, else a day, else a month with its year. */
export function dateIn(text: string): PrintedDate | undefined {
  const [, firstDay, firstMonth, firstYear, lastDay, lastMonth, year] = range.exec(text) ?? [];
  if (lastDay !== undefined) {
    const to = iso(year, lastMonth, lastDay);
    const from = iso(firstYear ?? year, firstMonth ?? lastMonth, firstDay);
    // "31 December to 4 January 2019" began in the year before.
    const before = from && to && from > to ? iso(String(Number(year) - 1), firstMonth, firstDay) : from;
    if (before && to && before <= to) return { from: before, to };
  }
  const [, ofMonth, name, inYear] = single.exec(text) ?? [];
  const from = iso(inYear, name, ofMonth);
  if (from) return { from };
  const [, monthName, monthYear] = monthly.exec(text) ?? [];
  return monthName ? { month: `${monthYear}-${numberOf(monthName)}` } : undefined;
}

const numberOf = (name: string) => String(months.indexOf(name.toLowerCase()) + 1).padStart(2, '0');

function iso(year = '', name = '', ofMonth = ''): string | undefined {
  const date = `${year}-${numberOf(name)}-${ofMonth.padStart(2, '0')}`;
  return isDay(date) ? date : undefined;
}
