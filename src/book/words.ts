import { plural } from '../words/plural.js';

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

/** The ends of an interval in whole percents; [x] where it is not known. */
export const interval = (low: number | null, high: number | null): string =>
  low === null || high === null ? '[x]' : `${Math.round(low)} to ${Math.round(high)}`;

/** What of a percentage has to stand beside it. */
export interface Percentage {
  percent: number | null;
  yes: number | null;
  relevant: number | null;
  inspected: number | null;
  base: string | null;
}

/** "11 of 15": the cases that a percentage is of; [x] for a number that no source gives. */
export const ofCases = ({ yes, relevant, inspected, base }: Percentage): string => {
  const among = base === 'inspected' ? inspected : relevant;
  return `${yes ?? '[x]'} of ${among ?? '[x]'}`;
};

/** "73%"; [z] where no case is relevant, [x] where it is not known. */
export const percent = ({ percent, relevant }: Pick<Percentage, 'percent' | 'relevant'>): string =>
  percent !== null ? `${percent}%` : relevant === 0 ? '[z]' : '[x]';

/** A list as a sentence has it: a, b and c. */
export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

export { plural };
