import { remembered } from './remembered.js';

const singles = 64;
const pairs = 256;

/** How often each kind of letter is in a text; letters that share a kind only make the bound below looser. */
const lettersOf = remembered((text) => {
  const counts = new Uint16Array(singles);
  for (let at = 0; at < text.length; at++) (counts[text.charCodeAt(at) % singles] as number)++;
  return counts;
});

/** As `lettersOf`, of two letters beside one another. */
const pairsOf = remembered((text) => {
  const counts = new Uint16Array(pairs);
  for (let at = 1; at < text.length; at++)
    (counts[(text.charCodeAt(at - 1) * 31 + text.charCodeAt(at)) % pairs] as number)++;
  return counts;
});

/**
 * Whether surely more than so many edits lie between two texts, by their letters and pairs of letters alone: an edit takes away one
 * letter and two pairs at the most, and adds as many. A small part of the work of the distance itself, and enough to tell most
 * wordings apart.
 */
export const isFurther = (one: string, other: string, edits: number): boolean =>
  isUnlike(lettersOf(one), lettersOf(other), edits) || isUnlike(pairsOf(one), pairsOf(other), 2 * edits);

/** Whether one has more than so many that the other lacks. */
function isUnlike(one: Uint16Array, other: Uint16Array, most: number): boolean {
  let missing = 0;
  let added = 0;
  for (let kind = 0; kind < one.length; kind++) {
    const more = (one[kind] as number) - (other[kind] as number);
    if (more > 0) missing += more;
    else added -= more;
    if (missing > most || added > most) return true;
  }
  return false;
}
