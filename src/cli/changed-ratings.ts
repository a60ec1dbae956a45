import type { CodeRating } from '../import/inspection/ratings-of.js';

/** What would change in an inspection's ratings, a line a rating; one line when nothing would. */
export function changedRatings({ before, after }: { before: CodeRating[]; after: CodeRating[] }): string[] {
  const was = new Map(before.map((one) => [one.code, one]));
  const is = new Map(after.map((one) => [one.code, one]));
  const lines = [...new Set([...was.keys(), ...is.keys()])].flatMap((code) => {
    const [from, to] = [shown(was.get(code)), shown(is.get(code))];
    if (before.length === 0) return `${code}: ${to}`;
    return from === to ? [] : `${code}: ${from} -> ${to}`;
  });
  return lines.length > 0 ? lines : ['its ratings stay as they are'];
}

function shown(one: CodeRating | undefined): string {
  if (!one) return 'not there';
  const score = one.code === 'overall' && one.score !== null ? ` (${one.score})` : '';
  return `${one.rating ?? 'not rated'}${score}`;
}
