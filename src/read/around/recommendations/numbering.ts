import { hasNear } from '../near.js';
import type { Recommendation } from './entry.js';

export interface Numbered {
  value: number;
  /** Why it is doubtful. */
  why?: string;
}

/**
 * Their numbers: printed ones go up and leave room for those between. Of those that don't, as few as can be are taken for damaged;
 * what stands where only one number is left has that one, and any other is doubtful.
 */
export function numbersOf(items: readonly Recommendation[], announced: number | undefined): Numbered[] {
  const printed = items.map((one) => one.printed);
  if (printed.every((one) => one === undefined)) return items.map((_, at) => ({ value: at + 1 }));
  const most = Math.max(announced ?? 0, items.length + 3);
  const kept = fitting(printed.map((one) => (one !== undefined && one <= most ? one : undefined)));
  return items.map((_, at) => {
    const own = kept[at];
    if (own !== undefined) return { value: own };
    const before = kept.findLastIndex((one, index) => index < at && one !== undefined);
    const behind = kept.findIndex((one, index) => index > at && one !== undefined);
    const [low, high] = [before < 0 ? 0 : (kept[before] as number), kept[behind]];
    const value = low + at - before;
    const room = high === undefined ? undefined : high - low - (behind - before);
    const isDue =
      room === 0 || (room === undefined && (announced ?? items.length) === low + items.length - 1 - before);
    return isDue ? { value } : { value, why: 'its number is not legible, and more than one would fit' };
  });
}

/** Of numbers the most that go up with room for what stands between them; what is not among them is undefined. */
function fitting(printed: readonly (number | undefined)[]): (number | undefined)[] {
  const best: { count: number; from: number; jump: number }[] = [];
  for (const [at, value] of printed.entries()) {
    best[at] = { count: value === undefined ? 0 : 1, from: -1, jump: (value ?? 0) - at };
    if (value === undefined || value < 1) continue;
    for (let before = 0; before < at; before++) {
      const own = printed[before];
      if (own === undefined || value - own < at - before) continue;
      const { count, jump } = best[before] as (typeof best)[number];
      const way = { count: count + 1, from: before, jump: jump + value - own - (at - before) };
      const now = best[at] as (typeof best)[number];
      if (way.count > now.count || (way.count === now.count && way.jump < now.jump)) best[at] = way;
    }
  }
  const kept: (number | undefined)[] = printed.map(() => undefined);
  const end = best.reduce((chosen, { count, jump }, at) => {
    const now = best[chosen] as (typeof best)[number];
    return count > now.count || (count === now.count && jump < now.jump) ? at : chosen;
  }, 0);
  for (let at = end; at >= 0 && best[at]; at = (best[at] as (typeof best)[number]).from)
    kept[at] = printed[at];
  return kept;
}

/** Why an entry of a damaged report may be two: the number that is due behind it is not there, or it names the next addressee. */
export function maybeJoined(
  items: readonly Recommendation[],
  numbers: readonly Numbered[],
  announced: number | undefined,
): (string | undefined)[] {
  const hasNumbers = items.some(({ printed }) => printed !== undefined);
  return items.map(({ text }, at) => {
    if (hasNear(text, 'should') && /\p{Lu}.*\W$/u.test(text)) return 'it seems to go on with an addressee';
    const [own, next] = [numbers[at] as Numbered, numbers[at + 1]];
    if (!hasNumbers || own.why !== undefined || next?.why !== undefined) return undefined;
    const due = next?.value ?? (announced ?? own.value) + 1;
    return due > own.value + 1
      ? `number ${own.value + 1} is missing: it may be joined to this one`
      : undefined;
  });
}
