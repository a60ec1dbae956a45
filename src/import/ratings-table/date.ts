import { isDay } from '../../days.js';
import type { DateFormat } from './column-map.js';

/** A date as exactly as it is known: '2021-03-12', '2021-03' or '2021'. */
export type KnownDate = string;

const months = 'january february march april may june july august september october november december'.split(
  ' ',
);

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

/**
 * Reads a date. A problem says what is there and what is allowed; nothing is guessed: three numbers are read in one
 * order, and a year of two digits is one only after the name of a month.
 */
export function readDate(text: string, format: DateFormat = 'day first'): KnownDate | { problem: string } {
  const refuse = (why: string) => ({ problem: `"${text}" ${why}. Dates may be ${dateForms[format]}` });
  const cell = text.trim().replace(/[T ]00:00(?::00(?:\.0+)?)?Z?$/, '');
  const made = (year: number, month?: number, day?: number) => {
    const date = [
      year,
      ...(month === undefined ? [] : [two(month)]),
      ...(day === undefined ? [] : [two(day)]),
    ].join('-');
    if (!isYear(year)) return refuse('is of a year that can not be');
    if (month !== undefined && (month < 1 || month > 12)) return refuse('is of a month that there is not');
    if (day !== undefined && !isDay(date)) return refuse('is no day that there is');
    return date;
  };
  let found = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?$/.exec(cell);
  if (found) {
    const [, year, month, day] = found;
    return made(
      Number(year),
      month === undefined ? undefined : Number(month),
      day === undefined ? undefined : Number(day),
    );
  }
  found = /^(\d{1,2})[/.-](\d{4})$/.exec(cell);
  if (found) return made(Number(found[2]), Number(found[1]));
  found = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(cell);
  if (found) {
    if (format === 'iso')
      return refuse('may be day or month first: say which under date_format in a column map');
    const [first, second, year] = [Number(found[1]), Number(found[3]), Number(found[4])];
    const [day, month] = format === 'day first' ? [first, second] : [second, first];
    if (month > 12 && day <= 12) {
      const other = format === 'day first' ? 'month first' : 'day first';
      return refuse(
        `is no day that there is, unless it is ${other}: say so under date_format in a column map`,
      );
    }
    return made(year, month, day);
  }
  found = /^(?:(\d{1,2})(?:st|nd|rd|th)?[\s-]+)?([A-Za-z]{3,9})\.?,?[\s-]+(\d{4}|\d{2})$/.exec(cell);
  if (found) {
    const month = monthOf(found[2] as string);
    if (month === undefined) return refuse('is of a month that there is not');
    return made(yearOf(found[3] as string), month, found[1] === undefined ? undefined : Number(found[1]));
  }
  found = /^([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/.exec(cell);
  if (found) {
    const month = monthOf(found[1] as string);
    return month === undefined
      ? refuse('is of a month that there is not')
      : made(Number(found[3]), month, Number(found[2]));
  }
  if (/^\d{1,2}[/.-]\d{1,2}[/.-]\d{2}$/.test(cell))
    return refuse('has a year of two digits, and so more than one meaning');
  return refuse('is no date that can be read');
}

/** The first day that a date may mean. */
export const firstDay = (date: KnownDate): string =>
  date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date;

/** How exactly a date is known. */
export const precisionOf = (date: KnownDate): 'day' | 'month' | 'year' =>
  date.length === 4 ? 'year' : date.length === 7 ? 'month' : 'day';
