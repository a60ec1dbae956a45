import { isDay } from '../days.js';
import { months } from '../english.js';
import type { DateFormat } from './column-map.js';

// A date as exactly as it is known: '2021-03-12', '2021-03' or '2021'. Nothing is guessed: what may be two dates is asked for.

/** In which order three numbers stand. */
export type Order = 'day first' | 'month first' | 'year first';

/** How the dates of a table are read. */
export interface DateReading {
  /** Undefined where only 2021-03-12 is told to be right. */
  order: Order | undefined;
  /** The orders that years of two digits allow in this table, or the one that a column map names. */
  shortOrders: Order[];
  /** The day after which nothing can have been published. */
  today: string;
}

/** Between which dates those of a table are: the year of the first reports of any edition that is known, and today. */
export interface Span {
  firstYear: string;
  today: string;
}

/** Years in which a report can have been published: youth offending teams began in 2000. */
const isYear = (year: number) => year >= 2000 && year <= 2099;

/** The month of a name or its beginning: "Mar", "Sept". */
function monthOf(name: string): number | undefined {
  const plain = name.toLowerCase().replace(/\.$/, '');
  const at =
    plain.length < 3
      ? -1
      : months.findIndex((month) => month.startsWith(plain.slice(0, plain === 'sept' ? 4 : undefined)));
  return at < 0 ? undefined : at + 1;
}

const two = (value: number | string) => String(value).padStart(2, '0');

/** Two digits are a year of this century. */
const yearOf = (text: string) => (text.length === 2 ? 2000 + Number(text) : Number(text));

export const dateForms: Record<DateFormat, string> = {
  'day first': '2021-03-12, 12/03/2021 (day first), 12 March 2021, March 2021, Mar-21, 2021-03, 2021',
  'month first': '2021-03-12, 03/12/2021 (month first), 12 March 2021, March 2021, Mar-21, 2021-03, 2021',
  iso: '2021-03-12, 2021-03, 2021, 12 March 2021, March 2021, Mar-21',
};

const short = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{2})$/;
const places: Record<Order, [day: number, month: number, year: number]> = {
  'day first': [1, 3, 4],
  'month first': [3, 1, 4],
  'year first': [4, 3, 1],
};

/** A date of three numbers, the year of two digits, read in an order; undefined when there is no such day. */
function inOrder(cell: string, order: Order): string | undefined {
  const found = short.exec(cell);
  if (!found) return undefined;
  const [day, month, year] = places[order].map((at) => found[at] as string) as [string, string, string];
  const date = `${yearOf(two(year))}-${two(month)}-${two(day)}`;
  return isDay(date) ? date : undefined;
}

/** How a table's dates are read: years of two digits in the order that a map names, or in the only one in which all are days of the span. */
export function readingOf(
  cells: readonly string[],
  format: DateFormat | undefined,
  { firstYear, today }: Span,
): DateReading {
  const order = format === 'iso' ? undefined : (format ?? 'day first');
  const shortCells = cells.filter((cell) => short.test(cell));
  const isPossible = (one: Order) =>
    shortCells.every((cell) => {
      const date = inOrder(cell, one);
      return date !== undefined && date >= firstYear && date <= today;
    });
  const told = order === undefined ? [] : [order];
  const shortOrders = format === undefined ? (Object.keys(places) as Order[]).filter(isPossible) : told;
  return { order, shortOrders, today };
}

/** Excel's number of a day, counted from the last day but one of 1899. */
const serial = /^(\d{5})(?:\.\d+)?$/;
const fromSerial = (days: number) => new Date(Date.UTC(1899, 11, 30 + days)).toISOString().slice(0, 10);

/** Whether a cell is a day as Excel counts it. */
export const isSerial = (cell: string): boolean => {
  const found = serial.exec(cell);
  return found !== null && isYear(Number(fromSerial(Number(found[1])).slice(0, 4)));
};

/** Reads a date. A problem says what is there and what is allowed. */
export function readDate(text: string, reading: DateReading): string | { problem: string } {
  const date = dateIn(text, reading);
  if (typeof date !== 'string') return date;
  // What is known of a date is compared with as much of today.
  if (date <= reading.today.slice(0, date.length)) return date;
  return { problem: `"${text}" is in the future: ${date} is after today, ${reading.today}` };
}

function dateIn(text: string, { order, shortOrders }: DateReading): string | { problem: string } {
  const refuse = (why: string) => ({
    problem: `"${text}" ${why}. Dates may be ${dateForms[formatOf(order)]}`,
  });
  const cell = text.trim().replace(/[T ]00:00(?::00(?:\.0+)?)?Z?$/, '');
  const made = (year: number, month?: number, day?: number) => {
    const date = [year, ...[month, day].flatMap((part) => (part === undefined ? [] : two(part)))].join('-');
    if (!isYear(year)) return refuse('is of a year that can not be');
    if (month !== undefined && (month < 1 || month > 12)) return refuse('is of a month that there is not');
    if (day !== undefined && !isDay(date)) return refuse('is no day that there is');
    return date;
  };
  const number = (part: string | undefined) => (part === undefined ? undefined : Number(part));
  let found = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?$/.exec(cell);
  if (found) return made(Number(found[1]), number(found[2]), number(found[3]));
  found = /^(\d{1,2})[/.-](\d{4})$/.exec(cell);
  if (found) return made(Number(found[2]), Number(found[1]));
  found = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(cell);
  if (found) {
    if (order === undefined)
      return refuse('may be day or month first: say which under date_format in a column map');
    const [first, second] = [Number(found[1]), Number(found[3])];
    const [day, month] = order === 'month first' ? [second, first] : [first, second];
    const other = order === 'month first' ? 'day first' : 'month first';
    if (month > 12 && day <= 12)
      return refuse(
        `is no day that there is, unless it is ${other}: say so under date_format in a column map`,
      );
    return made(Number(found[4]), month, day);
  }
  if (short.test(cell)) {
    const [shortOrder, ...others] = shortOrders;
    if (shortOrder === undefined || others.length > 0) {
      const count =
        shortOrder === undefined
          ? 'no meaning that all dates of this table allow'
          : 'more than one meaning in this table';
      return refuse(
        `has a year of two digits, and ${count}: say date_format: day first (or month first) in a column map`,
      );
    }
    return inOrder(cell, shortOrder) ?? refuse(`is no day that there is, ${shortOrder}`);
  }
  found = /^(?:(\d{1,2})(?:st|nd|rd|th)?[\s-]+)?([A-Za-z]{3,9})\.?,?([\s-]+)(\d{4}|\d{2})$/.exec(cell);
  if (found) {
    const month = monthOf(found[2] as string);
    if (month === undefined) return refuse('is of a month that there is not');
    const [, day, name, between, year = ''] = found;
    if (day === undefined && year.length === 2 && between?.trim() === '')
      return refuse(`may be ${name} 20${year} or day ${Number(year)} of ${name}: write the year in full`);
    return made(yearOf(year), month, number(day));
  }
  found = /^([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/.exec(cell);
  if (found) {
    const month = monthOf(found[1] as string);
    if (month === undefined) return refuse('is of a month that there is not');
    return made(Number(found[3]), month, Number(found[2]));
  }
  found = /^(\d{1,2})[\s-]([A-Za-z]{3,9})$/.exec(cell);
  if (found && monthOf(found[2] as string) !== undefined)
    return refuse(`has no year, or may be ${found[2]} 20${two(found[1] as string)}: write the year in full`);
  if (isSerial(cell)) return fromSerial(Number(serial.exec(cell)?.[1]));
  return refuse('is no date that can be read');
}

const formatOf = (order: Order | undefined): DateFormat =>
  order === undefined ? 'iso' : order === 'month first' ? 'month first' : 'day first';
