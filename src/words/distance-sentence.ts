import type { DistanceRow } from './distance-rows.js';

/** What a sentence about a distance needs to know. */
type Said = Pick<
  DistanceRow,
  'standard' | 'direction' | 'next_rating' | 'answers' | 'key_questions' | 'is_reachable' | 'explanation'
>;

/**
 * A distance as people say it: "two more yes to 2.2.3 make it Good". A sentence without its end, about "it"; where the rating
 * can't be reached or how far it is is not known, one that says why.
 */
export function distanceSentence(row: Said): string {
  const { next_rating, answers, is_reachable, explanation, direction } = row;
  if (next_rating === null) return explanation ?? 'nothing is computed';
  if (answers === null) {
    if (is_reachable === false) return `no other answers make it ${next_rating}: ${explanation}`;
    return `how far it is from ${next_rating} is not known: ${explanation}`;
  }
  const effect = `${answers === 1 ? 'makes' : 'make'} it ${next_rating}`;
  const condition = is_reachable === null ? `, if there are enough relevant cases (${explanation})` : '';
  const yes = `${inWords(answers)} ${direction === 'up' ? 'more' : 'fewer'} yes`;
  if (row.standard === 'overall') return `${yes} ${effect}: ${row.key_questions}${condition}`;
  const parts = keyQuestions(row.key_questions ?? '');
  if (direction === 'up' && parts.length > 1) {
    const each = parts.map(({ code, count }) => `${inWords(count)} to ${code}`);
    return `${yes} ${effect}: ${and(each, 'and')}${condition}`;
  }
  return `${yes} to ${and(
    parts.map(({ code }) => code),
    'or',
  )} ${effect}${condition}`;
}

/** What has to move, as the views put it ("2.2.3 +2, 2.2.4 +1", or "2.2.3 -1 or 2.2.4 -1"), in parts. */
function keyQuestions(text: string): { code: string; count: number }[] {
  return [...text.matchAll(/(\S+) [+-](\d+)/g)].map(([, code, count]) => ({
    code: code as string,
    count: Number(count),
  }));
}

const and = (parts: readonly string[], word: 'and' | 'or'): string =>
  parts.length > 1 ? `${parts.slice(0, -1).join(', ')} ${word} ${parts.at(-1)}` : parts.join('');

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

const inWords = (number: number): string => words[number] ?? String(number);
