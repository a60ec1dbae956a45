import type { ViewRow } from '../queries/view.js';

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

/** The ends of an interval in whole percents; null where it is not known. */
export const interval = ({ low, high }: Pick<Answers, 'low' | 'high'>): string | null =>
  low === null || high === null ? null : `${Math.round(low)} to ${Math.round(high)}`;

/** The answers to a key question or prompt in an inspection. */
type Answers = Pick<
  ViewRow<'key_question_result'>,
  'yes' | 'relevant' | 'inspected' | 'base' | 'percent' | 'low' | 'high'
>;

/** How many cases a percentage is of; [x] where no source gives it. */
export const among = ({ relevant, inspected, base }: Answers): number | string =>
  (base === 'inspected' ? inspected : relevant) ?? '[x]';

/** "11 of 15": yes, and the cases that a percentage is of. */
export const ofCases = (row: Answers): string => `${row.yes ?? '[x]'} of ${among(row)}`;

/** A percentage as tables have it; [z] in its place where no case is relevant. */
export const shareOf = (row: Answers) => ({
  of: ofCases(row),
  percent: row.percent ?? (row.relevant === 0 ? '[z]' : null),
  low: row.low,
  high: row.high,
});

/** Some words, each once, as a sentence lists them: a, b and c. */
export function listed(words: readonly string[]): string {
  const parts = [...new Set(words)];
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
