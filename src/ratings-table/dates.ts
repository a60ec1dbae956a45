import { firstDay, isDay } from '../days.js';
import { months } from '../english.js';

// A date as exactly as it is known: '2021-03-12', '2021-03' or '2021'. Nothing is guessed: what may be two dates is asked for.

/** In which order three numbers stand. */
export type DateFormat = 'day first' | 'month first';

/** A date of numbers, or undefined where there is none such. Youth offending teams began in 2000. */
function dateFrom(year: string, month?: string, day?: string): string | undefined {
  const parts = [month, day].flatMap((part) => (part === undefined ? [] : part.padStart(2, '0')));
  const date = [year.padStart(4, '20'), ...parts].join('-');
  return date >= '2000' && date < '2100' && isDay(firstDay(date)) ? date : undefined;
}

/** The ways to write a date. */
const forms = [
  /^(?<first>\d{1,2})(?<between>[/.-])(?<second>\d{1,2})\k<between>(?<year>\d{4}|\d{2})$/,
  /^(?<year>\d{4})(?:[-/](?<month>\d{1,2})(?:[-/](?<day>\d{1,2}))?)?$/,
  /^(?<month>\d{1,2})[/.-](?<year>\d{4})$/,
  /^(?:(?<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+)?(?<name>[a-z]{3,9})\.?,?[\s-]+(?<year>\d{4})$/i,
  /^(?<day>\d{1,2})[\s-]+(?<name>[a-z]{3,9})\.?[\s-]+(?<year>\d{2})$/i,
  // "Mar-21" is a month as spreadsheets write it; "March 21" may be a day
  /^(?<name>[a-z]{3,9})-(?<year>\d{2})$/i,
  /^(?<name>[a-z]{3,9})\.? (?<day>\d{1,2})(?:st|nd|rd|th)?,? (?<year>\d{4})$/i,
];

/** The number of a month by its name or the beginning of that: "Mar", "Sept". */
function monthOf(name: string): string {
  const plain = name.toLowerCase().replace(/^sept$/, 'sep');
  return String(months.findIndex((month) => month.startsWith(plain)) + 1);
}

/**
 * Reads a date that is not after today. Three numbers are read in the order that is named; without one, day first, where the year has
 * four digits. A problem says what is there and what is allowed.
 */
export function readDate(
  text: string,
  order: DateFormat | undefined,
  today: string,
): string | { problem: string } {
  const cell = text.trim().replace(/[T ]00:00(?::00(?:\.0+)?)?Z?$/, '');
  const { year, month, day, name, first, second } =
    forms.find((one) => one.test(cell))?.exec(cell)?.groups ?? {};
  const isUnclear = first !== undefined && year?.length === 2 && order === undefined;
  const [ofMonth, ofDay] = order === 'month first' ? [first, second] : [second, first];
  const date = year && dateFrom(year, (name && monthOf(name)) ?? month ?? ofMonth, day ?? ofDay);
  // What is known of a date is compared with as much of today.
  if (date && !isUnclear && date <= today.slice(0, date.length)) return date;
  const why = isUnclear
    ? 'has a year of two digits'
    : date
      ? `is in the future: ${date} is after today, ${today}`
      : 'is no date that can be read for certain';
  return {
    problem: `"${text}" ${why}. Dates may be 2021-03-12, 12/03/2021, 12 March 2021, March 2021, Mar-21, 2021-03, 2021; another order, and that of years of two digits, is said in a column map, date_format: day first or month first`,
  };
}
