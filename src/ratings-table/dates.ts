import { firstDay, isDay } from '../days.js';
import { months } from '../english.js';

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
  const numbers = cells.flatMap((cell) => {
    const found = threeNumbers.exec(cell);
    return found?.[4]?.length === 2 ? [found] : [];
  });
  const isPossible = (order: Order) =>
    numbers.every((one) => {
      const date = dayIn(one, order);
      return date !== undefined && date >= firstYear && date <= today;
    });
  const all: Order[] = ['day first', 'month first', 'year first'];
  return {
    order: format ?? 'day first',
    shortOrders: format === undefined ? all.filter(isPossible) : [format],
    today,
  };
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

/** Reads a date. A problem says what is there and what is allowed. */
export function readDate(
  text: string,
  { order, shortOrders, today }: DateReading,
): string | { problem: string } {
  const example = order === 'day first' ? '12/03/2021' : '03/12/2021';
  const refuse = (why: string) => ({
    problem: `"${text}" ${why}. Dates may be 2021-03-12, ${example} (${order}), 12 March 2021, March 2021, Mar-21, 2021-03, 2021`,
  });
  const cell = text.trim().replace(/[T ]00:00(?::00(?:\.0+)?)?Z?$/, '');
  const numbers = threeNumbers.exec(cell);
  const form = forms.find((one) => one.test(cell))?.exec(cell)?.groups;
  let date = fromSerial(cell);
  if (numbers) {
    const [wanted, ...others] = numbers[4]?.length === 2 ? shortOrders : [order];
    if (wanted === undefined || others.length > 0)
      return refuse(
        `has a year of two digits, and the dates of this table allow ${wanted ? 'more than one order' : 'no order'}: say date_format: day first (or month first) in a column map`,
      );
    date = dayIn(numbers, wanted);
    if (!date)
      return refuse(
        `is no day that there is, ${wanted}: another order is said under date_format in a column map`,
      );
  } else if (form) {
    date = dateFrom(form.year, form.name === undefined ? form.month : monthOf(form.name), form.day);
    if (!date) return refuse('is no day that there is');
  }
  if (!date) return refuse('is no date that can be read for certain');
  // What is known of a date is compared with as much of today.
  if (date <= today.slice(0, date.length)) return date;
  return { problem: `"${text}" is in the future: ${date} is after today, ${today}` };
}
