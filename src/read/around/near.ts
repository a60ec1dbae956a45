import { distance } from 'fastest-levenshtein';

/** Letters that differ, where two that have changed places count as one. */
export function steps(one: string, other: string): number {
  const plain = distance(one, other);
  if (plain !== 2 || one.length !== other.length) return plain;
  const at = [...one].findIndex((letter, index) => letter !== other[index]);
  const swapped = one.slice(0, at) + one.slice(at + 1, at + 2) + one.charAt(at) + one.slice(at + 2);
  return swapped === other ? 1 : plain;
}

/** Whether a word or two are a wanted one with at most so many letters wrong; by default one in five, and one of a short word. */
export const isNear = (
  text: string,
  wanted: string,
  most = Math.max(1, Math.floor(wanted.length / 5)),
): boolean => Math.abs(text.length - wanted.length) <= most && steps(text, wanted) <= most;

/** Small letters without blanks: damage loses and moves those. */
export const bare = (text: string): string => text.toLowerCase().replaceAll(/\s+/g, '');

/** Whether a line goes on in the middle of a sentence: with a small letter that is not the rest of a damaged capital ("nAnnexe"). */
export const startsLow = (text: string): boolean => /^[a-z(,;](?!\p{Lu})/u.test(text);

/** Whether words of a text, in any case, are near to those wanted; a blank too many or too few is a letter wrong. */
export function hasNear(text: string, wanted: string): boolean {
  const words = text
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter(Boolean);
  const size = wanted.split(' ').length;
  const most = wanted.length < 5 ? 0 : Math.max(1, Math.floor(wanted.length / 5));
  for (let from = 0; from < words.length; from++)
    for (const count of [size, size + 1, size - 1]) {
      if (count < 1 || from + count > words.length) continue;
      const joined = words.slice(from, from + count).join(' ');
      if (isNear(joined, wanted, most)) return true;
    }
  return false;
}
