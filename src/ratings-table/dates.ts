import { firstDay, isDay } from '../days.js';
import { months } from '../words/english.js';

// A date as exactly as it is known: '2021-03-12', '2021-03' or '2021'. Nothing is guessed: what may be two dates is asked for.

export type DateFormat = 'day first' | 'month first';

/** In which order three numbers stand. */
type Order = DateFormat | 'year first';

/** How the dates of a table are read. */
export interface DateReading {
  /** Of three numbers, the year with four digits. */
  order: DateFormat;
  /** The orders that years of two digits allow in this table, or the one that a column map names. */
  shortOrders: Order[];
  /** The day after which nothing can have been published. */
  today: string;
}

/** A date of numbers, or undefined where there is none such. Youth offending teams began in 2000. */
function dateFrom(year = '', month?: string, day?: string): string | undefined {
  const parts = [month, day].flatMap((part) => (part === undefined ? [] : part.padStart(2, '0')));
  const date = [year.length > 2 ? year : `20${year.padStart(2, '0')}`, ...parts].join('-');
  return date >= '2000' && date < '2100' && isDay(firstDay(date)) ? date : undefined;
}

const threeNumbers = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})$/;

/** The day of three numbers in an order. */
function dayIn(numbers: RegExpExecArray, order: Order): string | undefined {
  const [, first, , second, third] = numbers;
  if (order === 'year first') return dateFrom(first, second, third);
  return order === 'day first' ? dateFrom(third, second, first) : dateFrom(third, first, second);
}

/**
 * How a table's dates are read: years of two digits in the order that a map names, or in those in which all are days between the year
 * of the first reports and today.
 */
export function readingOf(
  cells: readonly string[],
  format: DateFormat | undefined,
  { firstYear, today }: { firstYear: string; today: string },
): DateReading {
  const numbers = cells.flatMap((cell) =>
    [threeNumbers.exec(cell)].filter((found) => found?.[4]?.length === 2),
  );
  const isPossible = (order: Order) =>
    numbers.every((found) => {
      const date = dayIn(found as RegExpExecArray, order) ?? '';
      return date >= firstYear && date <= today;
    });
  const all: Order[] = ['day first', 'month first', 'year first'];
  return { order: format ?? 'day first', shortOrders: format ? [format] : all.filter(isPossible), today };
}

/** Other ways to write a date. */
const forms = [
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

/** The day of a number as Excel counts days, from the last but one of 1899. */
export function fromSerial(cell: string): string | undefined {
  const [, days] = /^(\d{5})(?:\.\d+)?$/.exec(cell) ?? [];
  if (days === undefined) return undefined;
  return dateFrom(...new Date(Date.UTC(1899, 11, 30 + Number(days))).toISOString().slice(0, 10).split('-'));
}

/** The date of any other form. */
function dateIn(cell: string): string | undefined {
  const { year, month, name, day } = forms.find((one) => one.test(cell))?.exec(cell)?.groups ?? {};
  return year && dateFrom(year, name === undefined ? month : monthOf(name), day);
}

/** Reads a date. A problem says what is there and what is allowed. */
export function readDate(
  text: string,
  { order, shortOrders, today }: DateReading,
): string | { problem: string } {
  const cell = text.trim().replace(/[T ]00:00(?::00(?:\.0+)?)?Z?$/, '');
  const numbers = threeNumbers.exec(cell);
  const orders = numbers?.[4]?.length === 2 ? shortOrders : [order];
  const dates = numbers ? orders.map((one) => dayIn(numbers, one)) : [fromSerial(cell) ?? dateIn(cell)];
  const [date, ...others] = dates;
  // What is known of a date is compared with as much of today.
  if (date && others.length === 0 && date <= today.slice(0, date.length)) return date;
  const isUnclear = dates.length !== 1;
  const why = isUnclear
    ? 'has a year of two digits, and the dates of this table do not leave one order'
    : date
      ? `is in the future: ${date} is after today, ${today}`
      : 'is no date that can be read for certain';
  return {
    problem: `"${text}" ${why}. Dates may be 2021-03-12, 12/03/2021, 12 March 2021, March 2021, Mar-21, 2021-03, 2021; another order is said in a column map, date_format: day first or month first`,
  };
}
