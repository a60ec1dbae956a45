import type { DistanceRow } from './distance-rows.js';

/** What a sentence about a distance needs to know. */
type Said = Pick<
  DistanceRow,
  'direction' | 'next_rating' | 'answers' | 'key_questions' | 'is_reachable' | 'explanation'
>;

/**
 * A distance as people say it: "two more yes to 2.2.3 make it Good". A sentence without its end, about "it"; where the rating
 * can't be reached or how far it is is not known, one that says why.
 */
export function distanceSentence(row: Said): string {
  const { next_rating, answers, is_reachable, explanation, direction, key_questions } = row;
  if (next_rating === null) return explanation ?? 'nothing is computed';
  if (answers === null) {
    if (is_reachable === false) return `no other answers make it ${next_rating}: ${explanation}`;
    return `how far it is from ${next_rating} is not known: ${explanation}`;
  }
  const effect = `${answers === 1 ? 'makes' : 'make'} it ${next_rating}`;
  const condition = is_reachable === null ? `, if there are enough relevant cases (${explanation})` : '';
  const yes = `${inWords(answers)} ${direction === 'up' ? 'more' : 'fewer'} yes`;
  const [, only] = /^(\S+) [+-]\d+$/.exec(key_questions ?? '') ?? [];
  return only ? `${yes} to ${only} ${effect}${condition}` : `${yes} ${effect}: ${key_questions}${condition}`;
}

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

const inWords = (number: number): string => words[number] ?? String(number);
