import { distance } from 'fastest-levenshtein';
import { isFurther } from './letters.js';
import { remembered } from './remembered.js';

/** Words that say the same in reports of different years, brought to one form before wordings are compared. */
const sameWords: [RegExp, string][] = [
  [/children and young people|children or young people|young people/g, 'children'],
  [/child(?:\/| or )young person|young person/g, 'child'],
  [/parents?(?:'|s'|’s)?(?: ?\/ ?| or | and )carers?/g, 'parents carers'],
  [/\b(?:yo[st]s?|yjs|youth (?:offending|justice) (?:team|service)s?)\b/g, 'yot'],
  [/\bvictim\/s\b/g, 'victims'],
  [/\be\.g\./g, 'for example'],
  [/&/g, ' and '],
];

/** "a) ", "2.1.1. ", "- ": what stands before a question and is no part of it. */
const printedMark = /^\s*(?:[-•*]\s*)?(?:\(?[a-z]\s?[).]\s+|\d\s?\.\s?\d(?:\s?\.\s?\d)?\s?\.?\s+)/;

/** Letters and digits of a wording alone, in lower case, in the one form of words that vary. */
export const essence: (text: string) => string = remembered((text) => {
  let plain = text.toLowerCase().replaceAll(/[‘’]/g, "'");
  for (const [words, form] of sameWords) plain = plain.replaceAll(words, form);
  return plain.replaceAll(/[^\p{L}\p{N}]+/gu, '');
});

/** As `essence`, of a question: without its printed letter or number. */
export const questionEssence = (text: string): string => essence(text.toLowerCase().replace(printedMark, ''));

/** A question's essence without "Where applicable," before it, which some reports print and others leave out. */
export const withoutLimit = (question: string): string =>
  question.replace(/^(?:whereapplicable|incaseswhereitisrequired)/, '');

/** Edits that leave a text of this length as alike as that; a little more, for what fractions lose. */
export const editsWithin = (length: number, least: number): number => (1 - least) * length + 1e-6;

/**
 * How alike two wordings in their essence are: 1 is the same, 0 has nothing in common or has not half the other's length. Whoever takes
 * nothing below `least` says so: what is surely below it is 0 then, and costs next to nothing.
 */
export function likeness(one: string, other: string, least = 0): number {
  if (one === other) return one === '' ? 0 : 1;
  const longer = Math.max(one.length, other.length);
  if (one.length + other.length < 1.5 * longer) return 0;
  if (1 - Math.abs(one.length - other.length) / longer < least) return 0;
  if (least > 0 && isFurther(one, other, editsWithin(longer, least))) return 0;
  return 1 - distance(one, other) / longer;
}

/**
 * How alike the beginning of a text is to a wording: 1 where it begins with it. For headings with something behind them; `least` as
 * for `likeness`.
 */
export function likenessOfBeginning(text: string, wording: string, least = 0): number {
  if (text.length <= wording.length) return likeness(text, wording, least);
  if (text.startsWith(wording) && wording !== '') return 1;
  let best = 0;
  for (let end = wording.length - 1; end <= Math.min(text.length, wording.length + 1); end++) {
    const beginning = text.slice(0, end);
    // A letter more or less changes the distance by one at the most.
    if (
      least > 0 &&
      end < wording.length &&
      isFurther(beginning, wording, editsWithin(wording.length + 1, least) + 2)
    )
      return 0;
    best = Math.max(best, likeness(beginning, wording, least));
  }
  return best;
}
