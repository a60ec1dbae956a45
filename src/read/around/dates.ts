import { isDay } from '../../days.js';
import { steps } from './near.js';

const months = ['january february march april may june july august september october november december']
  .join(' ')
  .split(' ');

/** A month or a range of days, as ISO dates: 2022-02, or from and to. */
export interface PrintedDate {
  month?: string;
  from?: string;
  to?: string;
  index: number;
}

/** The number of a month, 1 to 12, by its name with at most a letter wrong; undefined when that could be two months, or none. */
export function monthOf(name: string): number | undefined {
  const text = name.toLowerCase();
  const exact = months.indexOf(text) + 1;
  if (exact > 0) return exact;
  if (text.length < 4) return undefined;
  const [near, ...others] = months
    .map((month) => ({ month, steps: steps(text, month) }))
    .sort((one, other) => one.steps - other.steps);
  const isOnly = others.every((other) => other.steps > 2);
  return near?.steps === 1 && isOnly ? months.indexOf(near.month) + 1 : undefined;
}

const day = '(\\d{1,2})(?:st|nd|rd|th)?';
const month = '(\\p{L}{3,10})';
const range = new RegExp(
  `\\b${day}(?:\\s+${month})?(?:\\s+(20\\d{2}))?\\s*(?:-|–|—|to|and|until|(?!of|or)[a-z]{2,4})\\s*${day}\\s*${month}\\s+(20\\d{2})\\b`,
  'giu',
);
const single = new RegExp(`\\b${day}\\s*${month}\\s+(20\\d{2})\\b`, 'giu');
const monthAndYear = new RegExp(`(?<![\\p{L}])${month},?\\s+(20\\d{2})(?!\\d)`, 'giu');

/** What stands before the last day of a range, whole or damaged: "to ", "25a nd ", "16 t ". */
const endOfRange = /(?:\b(?:to|and|until)|[-–]|\d\p{L}{0,3}\s*\S{1,5})\s*$/iu;

/** Every date of a text: a range of days, else a day, else a month with its year. */
export function datesIn(text: string): PrintedDate[] {
  const found: PrintedDate[] = [];
  const taken = (index: number, length: number) =>
    found.some((one) => index < one.index + 1 && one.index < index + length);
  for (const match of text.matchAll(range)) {
    const [, firstDay, firstMonth, firstYear, lastDay, lastMonth, year] = match;
    const to = iso(year, lastMonth, lastDay);
    const ofSameYear = iso(firstYear ?? year, firstMonth ?? lastMonth, firstDay);
    // "31 December to 4 January 2019" began in the year before.
    const isOfYearBefore =
      ofSameYear &&
      to &&
      ofSameYear > to &&
      !firstYear &&
      ofSameYear.slice(5, 7) === '12' &&
      to.slice(5, 7) === '01';
    const from = isOfYearBefore ? iso(String(Number(year) - 1), firstMonth, firstDay) : ofSameYear;
    if (from && to && from <= to) found.push({ from, to, index: match.index });
  }
  for (const match of text.matchAll(single)) {
    const [all, dayOfMonth, name, year] = match;
    const from = iso(year, name, dayOfMonth);
    // The end of a range is no day of its own.
    const isEnd = found.some((one) => one.to === from);
    if (!from || isEnd || taken(match.index, all.length)) continue;
    // "between 25a nd 29 March 2019": what was the first day is not legible, the month is.
    const before = text.slice(Math.max(0, match.index - 18), match.index);
    const isEndOfDamaged = endOfRange.test(before);
    // "from 2 6February to 2 March 2018" began in another month, and on no day that is legible.
    const inOther = before
      .match(/\p{L}{3,9}/gu)
      ?.some((word) => ![undefined, monthOf(name as string)].includes(monthOf(word)));
    // "28 Jan ry to 1 February 2019": nor where letters between the days are more than those of "until".
    const between = (/\d\D*$/.exec(before)?.[0].match(/\p{L}/gu) ?? []).length;
    if (isEndOfDamaged && (inOther || between > 5)) continue;
    found.push(
      isEndOfDamaged ? { month: from.slice(0, 7), index: match.index } : { from, index: match.index },
    );
  }
  for (const match of text.matchAll(monthAndYear)) {
    const number = monthOf(match[1] as string);
    const isPart = /\d(?:st|nd|rd|th)?\s*$/.test(text.slice(0, match.index));
    if (number && !isPart)
      found.push({ month: `${match[2]}-${String(number).padStart(2, '0')}`, index: match.index });
  }
  return found.sort((one, other) => one.index - other.index);
}

/**
 * The month at the end of a text that ends with a year, or with what a letter too many, too few or wrong has made of it:
 * "November 22018" where that year is known to be 2018. undefined where either is not legible.
 */
export function monthOfYear(text: string, year: string): string | undefined {
  const [, name = '', printed = ''] = /(\p{L}+)[\s,.]*(\S{3,5})$/u.exec(text.trim()) ?? [];
  const number = monthOf(name);
  const isYear = steps(printed, year) <= 1 && !/^20\d\d$/.test(printed);
  return number && isYear ? `${year}-${String(number).padStart(2, '0')}` : undefined;
}

function iso(year = '', name = '', dayOfMonth = ''): string | undefined {
  const number = monthOf(name);
  if (!number) return undefined;
  const date = `${year}-${String(number).padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`;
  return isDay(date) ? date : undefined;
}
