import { differences, type KnownInspection } from './known-inspections.js';
import type { PlacedRow } from './place-rows.js';
import { dateKey, mayBeOneDate } from './same-inspection.js';

/** What a row is to inspections that a table gave before, with a date that is more or less exact. */
export type ListedBefore =
  /** It is one of them. */
  | { same: KnownInspection; isMoreExact: boolean; addsNothing: boolean }
  /** It may be one of them. */
  | { maybe: KnownInspection[] };

/** Whether an inspection is known by tables of ratings only, and not by its own report. */
export const isListedOnly = ({ code }: KnownInspection, { service }: Pick<PlacedRow, 'service'>): boolean =>
  code.startsWith(`${service.code}-published-`);

/**
 * Finds the inspections that rows mean with a date that is more or less exact than the one loaded. A row is taken to be of
 * one where no other row, and no other inspection, may be meant and the two do not contradict each other.
 */
export function listedBefore(
  rows: readonly PlacedRow[],
  known: ReadonlyMap<number, KnownInspection[]>,
  synthetic: boolean,
): Map<PlacedRow, ListedBefore> {
  const taken = new Set(rows.map(({ code }) => code));
  const near = new Map<PlacedRow, KnownInspection[]>();
  const meant = new Map<KnownInspection, number>();
  for (const one of rows) {
    if (one.twin) continue;
    const found = (known.get(one.service.serviceId) ?? []).filter(
      (inspection) =>
        inspection.isSynthetic === synthetic &&
        isListedOnly(inspection, one) &&
        !taken.has(inspection.code) &&
        inspection.published !== null &&
        mayBeOneDate(inspection.published, one.row.published),
    );
    if (found.length > 0) near.set(one, found);
    for (const inspection of found) meant.set(inspection, (meant.get(inspection) ?? 0) + 1);
  }
  const before = new Map<PlacedRow, ListedBefore>();
  for (const [one, found] of near) {
    const [same, ...others] = found as [KnownInspection, ...KnownInspection[]];
    const isThere = known.get(one.service.serviceId)?.some(({ code }) => code === one.code);
    const isTold = others.length === 0 && meant.get(same) === 1 && !isThere && !contradicts(same, one);
    before.set(
      one,
      isTold
        ? { same, isMoreExact: isMoreExact(one, same), addsNothing: addsNothing(one, same) }
        : { maybe: found },
    );
  }
  return before;
}

const isMoreExact = ({ row }: PlacedRow, { published }: KnownInspection) =>
  dateKey(row.published).length > dateKey(published ?? '').length;

function contradicts(known: KnownInspection, { row, checked }: PlacedRow): boolean {
  const [there, here] = [known.fieldworkStart, row.fieldwork];
  return (
    differences(known, row, checked.score) !== undefined ||
    (there !== null && here !== undefined && there.slice(0, 7) !== here.slice(0, 7))
  );
}

/** Whether all that a row says is known; what it says otherwise is not looked at. */
const addsNothing = ({ row, checked }: PlacedRow, known: KnownInspection): boolean =>
  (row.overall === undefined || known.overall !== null) &&
  (checked.score === null || known.score !== null) &&
  (row.fieldwork === undefined || known.fieldworkStart !== null) &&
  [...row.ratings.keys()].every((code) => known.ratings.has(code));
