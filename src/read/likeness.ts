import { distance } from 'fastest-levenshtein';

/**
 * From how alike two wordings have to be to be the same. In the three published reports a row and its question are never less alike than
 * 0.74, cut words among them; two prompts of one key question of the framework are never more alike than 0.66.
 */
export const threshold = 0.7;

/** Words that say the same in reports of different years, brought to one form before wordings are compared. */
const sameWords: [RegExp, string][] = [
  [/children and young people|children or young people|young people/g, 'children'],
  [/child(?:\/| or )young person|young person/g, 'child'],
  [/parents?'? ?(?:\/ ?|or |and )carers?/g, 'parents carers'],
  [/\b(?:yo[st]s?|yjs|youth (?:offending|justice) (?:team|service)s?)\b/g, 'yot'],
  [/\bvictim\/s\b/g, 'victims'],
  [/\be\.g\./g, 'for example'],
  [/&/g, ' and '],
  // Some reports print these before a question, others leave them out.
  [/^(?:where applicable|in cases where it is required),? /, ''],
];

/** Letters and digits of a wording alone, in lower case, in the one form of words that vary. */
export function essence(text: string): string {
  let plain = text.toLowerCase().replaceAll(/[‘’]/g, "'").trim();
  for (const [words, form] of sameWords) plain = plain.replace(words, form);
  return plain.replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

/** A wording as it is compared: its essence, and how often each letter is in it. */
export interface Wording {
  essence: string;
  letters: Uint16Array;
}

export function wordingOf(text: string): Wording {
  const plain = essence(text);
  const letters = new Uint16Array(32);
  for (let at = 0; at < plain.length; at++) (letters[plain.charCodeAt(at) % 32] as number)++;
  return { essence: plain, letters };
}

/** How alike two wordings are: 1 is the same; 0 is any likeness below the threshold. */
export function likeness(one: Wording, other: Wording): number {
  const [a, b] = [one.essence, other.essence];
  if (a === b) return a === '' ? 0 : 1;
  const longer = Math.max(a.length, b.length);
  const edits = Math.floor((1 - threshold) * longer + 1e-9);
  // Most pairs are told apart by their lengths and letters alone, which costs next to nothing.
  if (Math.abs(a.length - b.length) > edits || differ(one.letters, other.letters, edits)) return 0;
  const alike = 1 - distance(a, b) / longer;
  return alike >= threshold ? alike : 0;
}

export const isLike = (one: string, other: string): boolean => likeness(wordingOf(one), wordingOf(other)) > 0;

/** Whether one has more than so many letters that the other lacks. */
function differ(one: Uint16Array, other: Uint16Array, edits: number): boolean {
  let [missing, added] = [0, 0];
  for (let at = 0; at < 32; at++) {
    const more = (one[at] as number) - (other[at] as number);
    if (more > 0) missing += more;
    else added -= more;
  }
  return Math.max(missing, added) > edits;
}

/** A text as a pattern that means itself. */
export const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
