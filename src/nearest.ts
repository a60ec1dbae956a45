import { closest, distance } from 'fastest-levenshtein';

/** ` (did you mean "x"?)` for the nearest of the allowed values when one is near, else nothing. */
export function didYouMean(value: string, allowed: Iterable<string>): string {
  const candidates = [...allowed];
  if (candidates.length === 0) return '';
  const plain = value.trim().toLowerCase();
  const lowered = candidates.map((candidate) => candidate.toLowerCase());
  const best = candidates[lowered.indexOf(closest(plain, lowered))] as string;
  const steps = distance(plain, best.toLowerCase());
  // What has no letter in common with it is not near, however short it is.
  const near = steps < best.length && steps <= Math.max(2, Math.floor(best.length / 3));
  return near ? ` (did you mean "${best}"?)` : '';
}

/** Values for a message: all of a few, the first of many. */
export function listed(values: Iterable<string>, most = 12): string {
  const all = [...values];
  return all.length <= most ? all.join(', ') : `${all.slice(0, most).join(', ')}, … (${all.length})`;
}
