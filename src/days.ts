// Dates are texts, as exactly as they are known: 2019-04-01, 2019-04 or 2019. Such texts compare as the dates that they begin with.

/** A time in which something held: from a date on, and until another, which is no longer in it. Open where no date is known. */
export interface Period {
  from?: string | null | undefined;
  until?: string | null | undefined;
}

/** Whether something held on a day; a date that is only a year or a month counts as its first day. */
export const holdsOn = ({ from, until }: Period, day: string): boolean =>
  (from ?? '') <= day && (until == null || day < until);

/** Whether something may have held on a day: in the year of a change that is known by its year only, both sides may. */
export function mayHoldOn({ from, until }: Period, day: string): boolean {
  const common = (date: string) => Math.min(date.length, day.length);
  const begun = from == null || day.slice(0, common(from)) >= from.slice(0, common(from));
  if (until == null || !begun) return begun;
  if (until.length > day.length) return firstDay(day) < until;
  const isDayKnown = until.length === '2019-04-01'.length;
  return isDayKnown ? day < until : day.slice(0, until.length) <= until;
}

/** Whether two things held on a common day. */
export const overlap = (one: Period, other: Period): boolean =>
  (other.until == null || (one.from ?? '') < other.until) &&
  (one.until == null || (other.from ?? '') < one.until);

/** The days that two periods have in common; they have to have some. */
export const commonPeriod = (one: Period, other: Period): Period => ({
  from: [one.from, other.from].reduce((a, b) => (b == null || (a != null && a >= b) ? a : b)) ?? undefined,
  until: [one.until, other.until].reduce((a, b) => (b == null || (a != null && a <= b) ? a : b)) ?? undefined,
});

/** "from 2014-05-29 until 2019", for messages; empty where neither is known. */
export const spanOf = ({ from, until }: Period): string =>
  [from && `from ${from}`, until && `until ${until}`].filter(Boolean).join(' ');

/** The first day that a date may mean. */
export const firstDay = (date: string): string => `${date}-01-01`.slice(0, '2019-04-01'.length);

export type Precision = 'day' | 'month' | 'year';

/** How exactly a date is known. */
export const precisionOf = (date: string): Precision =>
  date.length === 4 ? 'year' : date.length === 7 ? 'month' : 'day';

/** Whether a text is a day that there is, in the form 2021-04-26. */
export const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith('0000')) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(text);
};

/**
 * The day by which an inspection is dated: the first of its fieldwork, else of its publication, as far as these are known.
 * Undefined when neither is.
 */
export function dateOf({
  fieldworkStart,
  published,
}: {
  fieldworkStart?: string | null | undefined;
  published?: string | null | undefined;
}): string | undefined {
  const known = fieldworkStart ?? published;
  return known == null ? undefined : firstDay(known);
}
