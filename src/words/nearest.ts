import { distance } from 'fastest-levenshtein';

/** How many letters have to change that one text becomes another; infinitely many where it is not near. */
export function stepsTo(text: string, other: string): number {
  const steps = distance(text, other);
  // What has no letter in common with it is not near, however short it is.
  return steps < other.length && steps <= Math.max(2, Math.floor(other.length / 3)) ? steps : Infinity;
}

/** ` (did you mean "x"?)` for the nearest of the allowed values when one is near, else nothing. */
export function didYouMean(value: string, allowed: Iterable<string>): string {
  const plain = value.trim().toLowerCase();
  let [best, fewest] = ['', Infinity];
  for (const candidate of allowed) {
    const steps = stepsTo(plain, candidate.toLowerCase());
    if (steps < fewest) [best, fewest] = [candidate, steps];
  }
  return fewest < Infinity ? ` (did you mean "${best}"?)` : '';
}

/** Throws a RangeError where something that is given is none of what `what` can have: a slip that a compiler would see, and JavaScript passes over. */
export function refuseOthers(what: string, given: object, known: readonly string[]): void {
  for (const other of Object.keys(given))
    if (!known.includes(other))
      throw new RangeError(`${what} "${other}"${didYouMean(other, known)}: it can be ${listed(known)}.`);
}

/** Values for a message: all of a few, the first of many. */
export function listed(values: Iterable<string>, most = 12): string {
  const all = [...values];
  return all.length <= most ? all.join(', ') : `${all.slice(0, most).join(', ')}, … (${all.length})`;
}
