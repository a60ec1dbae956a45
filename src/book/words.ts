export { plural } from '../words/plural.js';

/** "2022-02-01" as people write it: 1 February 2022, February 2022, 2022, as exactly as it is known. */
export function date(day: string | null, precision: string | null = 'day'): string {
  if (day === null) return 'not known';
  if (precision === 'year') return day.slice(0, 4);
  return new Intl.DateTimeFormat('en-GB', {
    ...(precision !== 'month' && { day: 'numeric' }),
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));
}

/** 1,234. */
export const number = (value: number): string => value.toLocaleString('en-GB');

interface Interval {
  low: number | null;
  high: number | null;
}

/** The ends of an interval in whole percents; [x] where it is not known. */
export const interval = ({ low, high }: Interval): string =>
  low === null || high === null ? '[x]' : `${Math.round(low)} to ${Math.round(high)}`;

/** The answers to a key question or prompt in an inspection. */
interface Answers extends Interval {
  yes: number | null;
  relevant: number | null;
  inspected: number | null;
  base: string | null;
  percent: number | null;
}

/** How many cases a percentage is of; [x] where no source gives it. */
export const among = ({ relevant, inspected, base }: Answers): number | string =>
  (base === 'inspected' ? inspected : relevant) ?? '[x]';

/** "11 of 15": yes, and the cases that a percentage is of. */
export const ofCases = (row: Answers): string => `${row.yes ?? '[x]'} of ${among(row)}`;

/** A percentage as tables have it: "73%"; [z] where no case is relevant, [x] where it is not known. */
export function shareOf(row: Answers) {
  const unknown = row.relevant === 0 ? '[z]' : '[x]';
  const percent = row.percent === null ? unknown : `${row.percent}%`;
  return { of: ofCases(row), percent, low: row.low, high: row.high };
}

/** Each of some words once. */
export const different = (words: readonly string[]): string[] => [...new Set(words)];

/** A list as a sentence has it: a, b and c. */
export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
