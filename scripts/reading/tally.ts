import { type Fate, type Group, groups, type Judged } from './compare.js';
import type { Damage } from './damage.js';

/** Values of a group, counted by what became of them. */
export type Counts = Record<Fate, number> & {
  /** Right ones that another place confirmed. */
  confirmed: number;
  /** Wrong ones whose damaged cell itself prints that other figure in full: no reader can tell from the cell. */
  printedSo: number;
};

/** What was measured of reports with one damage. */
export interface Measured {
  damage: Damage;
  reports: number;
  /** Reports that the reader refused, and reports at which it broke. */
  refused: number;
  broken: number;
  /** Median and longest time to read a report, in milliseconds. */
  median: number;
  longest: number;
  groups: Record<Group, Counts>;
  styles: Record<string, Counts>;
}

export const none = (): Counts => ({
  right: 0,
  wrong: 0,
  withheld: 0,
  missing: 0,
  'kept lost': 0,
  unsaid: 0,
  confirmed: 0,
  printedSo: 0,
});

export function count(counts: Counts, { fate, confidence }: Judged, isPrintedSo: boolean): void {
  counts[fate]++;
  if (fate === 'right' && confidence === 'confirmed') counts.confirmed++;
  if (fate === 'wrong' && isPrintedSo) counts.printedSo++;
}

export function sum(all: readonly Counts[]): Counts {
  const total = none();
  for (const counts of all)
    for (const key of Object.keys(total) as (keyof Counts)[]) total[key] += counts[key];
  return total;
}

export const emptyGroups = () =>
  Object.fromEntries(groups.map((group) => [group, none()])) as Record<Group, Counts>;

/** Of the values that are there, the share that was read right. */
export const recall = ({ right, wrong, withheld, missing }: Counts): number | undefined =>
  share(right, right + wrong + withheld + missing);

/** Of the values that were accepted, the share that is right. */
export const precision = ({ right, wrong }: Counts): number | undefined => share(right, right + wrong);

const share = (part: number, whole: number) => (whole === 0 ? undefined : part / whole);

/** Rounded down, so that 100% is all of them. */
export const percent = (share: number | undefined): string =>
  share === undefined ? '' : `${(Math.floor(share * 1000) / 10).toFixed(1)}%`;
