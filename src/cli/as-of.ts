import { exitCode, UserError } from '../problem.js';
import type { RatingVersionRow } from '../queries/of-inspections.js';
import { initials, initialsLegend } from '../words/initials.js';
import { ratingColumns, standardCodes } from './rating-columns.js';
import { shortName } from './short-name.js';
import { table } from './table.js';

/**
 * The moment that --as-of names: the end of a day, in UTC, or a moment with its time zone.
 * Throws a UserError when it is neither.
 */
export function momentOf(given: string): Date {
  const text = given.trim();
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const moment = new Date(isDay ? `${text}T23:59:59.999Z` : text);
  const isMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  // A 31st of February would become a day of March.
  const isThere = (day: string) => new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) ?? false;
  if ((isDay || isMoment) && isThere(text.slice(0, 10)) && !Number.isNaN(moment.getTime())) return moment;
  throw new UserError(
    `--as-of is "${given}": it has to be a day (2026-03-01, to its end in UTC) or a moment with its time zone (2026-03-01T12:00:00Z).`,
    exitCode.call,
  );
}

/** Ratings as they stood, an inspection a line, a standard a column. */
export function asOfTable(versions: readonly RatingVersionRow[]): string[] {
  const inspections = new Map<number, RatingVersionRow[]>();
  for (const row of versions)
    inspections.set(row.inspection_id, [...(inspections.get(row.inspection_id) ?? []), row]);
  const codes = standardCodes(versions.map(({ standard }) => standard).filter((code) => code !== 'overall'));
  const columns = ratingColumns(codes, 'since');
  const shown = (row: RatingVersionRow | undefined, name: (rating: string) => string) =>
    row === undefined ? '' : (row.rating === null ? '-' : name(row.rating)) + (row.marker ?? '');
  const rows = [...inspections.values()].map((all) => {
    const of = (code: string) => all.find(({ standard }) => standard === code);
    const [first, overall] = [all[0] as RatingVersionRow, of('overall')];
    return [
      shortName(first.service),
      first.fieldwork_start ?? '-',
      first.edition,
      ...codes.map((code) => shown(of(code), initials)),
      overall?.score ?? '-',
      shown(overall, (rating) => rating),
      all
        .map(({ recorded_on }) => recorded_on)
        .sort()
        .at(-1) as string,
    ];
  });
  const legend = initialsLegend(versions.flatMap(({ rating }) => rating ?? []));
  return [...table(columns, rows), '', `${legend}; - not rated; [r] revised by then`];
}
