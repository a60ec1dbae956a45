import { type Rounding, roundings } from '../vocabulary.js';
import { listed } from '../words/nearest.js';
import type { Rules } from './rules.js';

/**
 * Throws a RangeError for what are no counts of cases, such as the text that drivers make of large numbers. More yes than cases are counts:
 * evidence may say so, and is rated as SQL rates it.
 */
function checkCounts(...counts: (number | null)[]): void {
  for (const count of counts)
    if (count !== null && !(typeof count === 'number' && count >= 0)) {
      const told = typeof count === 'string' ? `"${count}"` : String(count);
      throw new RangeError(`There can't be ${told} cases: it has to be a number, or null.`);
    }
}

/**
 * The whole percentage that an edition publishes for `yes` of `base` cases; integers throughout.
 * null when a count is unknown, or when the base is 0: no case, no percentage. Throws a RangeError for a rounding that is none, and for
 * what are no counts.
 */
export function percentage(yes: number | null, base: number | null, rounding: Rounding): number | null {
  checkCounts(yes, base);
  if (yes === null || base === null || base === 0) return null;
  const hundredfold = 100 * yes;
  const whole = (hundredfold - (hundredfold % base)) / base;
  const rest = hundredfold - whole * base;
  switch (rounding) {
    case 'down':
      return whole;
    case 'up':
      return rest > 0 ? whole + 1 : whole;
    case 'half up':
      return 2 * rest >= base ? whole + 1 : whole;
    case 'half even':
      return 2 * rest > base || (2 * rest === base && whole % 2 === 1) ? whole + 1 : whole;
    default:
      throw new RangeError(`There is no rounding "${rounding}": it can be ${listed(roundings)}.`);
  }
}

/**
 * The smallest number of yes in `base` cases that a band beginning at `fromPercent` accepts, found by trying:
 * more than `base` when not even all yes are enough.
 */
export function minimumYes(rules: Rules, fromPercent: number, base: number): number {
  const isReached = (yes: number) =>
    rules.bandOn === 'exact'
      ? 100 * yes >= fromPercent * base
      : (percentage(yes, base, rules.rounding) ?? -1) >= fromPercent;
  for (let yes = 0; yes <= base; yes++) if (isReached(yes)) return yes;
  return base + 1;
}

/**
 * Yes as a printed percentage implies it: the only whole number of `base` cases that gives it, null where there is
 * none or more than one, or where the base is not known.
 */
export function impliedYes(printed: number | null, base: number | null, rounding: Rounding): number | null {
  if (printed === null || base === null) return null;
  const possible = [];
  for (let yes = 0; yes <= base; yes++) if (percentage(yes, base, rounding) === printed) possible.push(yes);
  return possible.length === 1 ? (possible[0] as number) : null;
}

/**
 * Wilson score interval (E. B. Wilson, 1927) of `yes` in `base` cases, in percent, for the normal quantile `z`.
 * null when a count is unknown, the base is 0, or there are more yes than cases. Throws a RangeError for what is no such quantile, as a
 * confidence level in percent, and for what are no counts.
 */
export function wilson(
  yes: number | null,
  base: number | null,
  z: number,
): { low: number; high: number } | null {
  checkCounts(yes, base);
  if (yes === null || base === null || base === 0 || yes > base) return null;
  if (typeof z !== 'number' || !(z >= 0 && z < 10))
    throw new RangeError(
      `z is ${z}: it has to be a quantile of the normal distribution, such as 1.2816 for 80%.`,
    );
  const middle = yes + (z * z) / 2;
  const spread = z * Math.sqrt((yes * (base - yes)) / base + (z * z) / 4);
  return {
    // no yes begins at 0 and nothing but yes ends at 100, exactly
    low: yes === 0 ? 0 : 100 * ((middle - spread) / (base + z * z)),
    high: yes === base ? 100 : 100 * ((middle + spread) / (base + z * z)),
  };
}

/**
 * Wilson score interval of a population of known size, of which `base` cases were drawn without replacement, in percent: with the
 * variance p (1 - p) / n · (N - n) / (N - 1) of such a sample (W. G. Cochran, Sampling Techniques, third edition, 1977, section 3.2)
 * his interval stands with n' = n (N - 1) / (N - n) for n. An endless population gives `wilson`; a census the share of yes itself.
 * null when a count or the population is unknown, the base is 0, or the population is smaller than the sample.
 */
export function wilsonOfPopulation(
  yes: number | null,
  base: number | null,
  population: number | null,
  z: number,
): { low: number; high: number } | null {
  checkCounts(population);
  if (base === null || population === null || population < base) return null;
  // Multiplied out, n' for n is this for z; it needs no endless n' for a census.
  const narrowed = population === base ? 0 : z * Math.sqrt((population - base) / (population - 1));
  return wilson(yes, base, narrowed);
}
