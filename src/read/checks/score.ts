import type { RulesEntry } from '../../import/edition/edition-file.js';
import type { RatingsSeen } from '../figures/ratings.js';
import type { ReadValue } from '../reading.js';
import { type Claims, confirm, contradiction, doubt, numberOf, valueAt } from './claims.js';

/** The score against the sum of ratings, its band against the overall rating. */
export function checkScore(claims: Claims, seen: RatingsSeen, rules: RulesEntry): void {
  const { counting_standards: counting, scores, overall_bands: bands } = rules;
  const bandOf = (points: number) => bands.findLast(({ from_score }) => points >= from_score)?.rating;
  const best = Math.max(...Object.values(scores));
  const ratings = counting.map((code) => valueAt(claims, 'standard_ratings', code, 'rating'));
  const known = ratings.filter(
    (value): value is ReadValue => value !== undefined && value.confidence !== 'doubtful',
  );
  const sum = known.reduce((total, { value }) => total + (scores[String(value)] ?? 0), 0);
  const isWhole = known.length === counting.length;
  const unrated = counting.filter((code) => seen.unrated.has(code)).length;
  const overall = valueAt(claims, 'overall', 'rating');
  if (seen.score) {
    const { text, score, outOf, place } = seen.score;
    const value: ReadValue = { path: ['overall', 'score'], value: score, confidence: 'read', place };
    const of: ReadValue = { path: ['overall', 'out_of'], value: outOf, confidence: 'read', place };
    claims.values.push(value, of);
    if (score === undefined || outOf === undefined) {
      doubt(value, `printed "${text}"`);
      doubt(of, `printed "${text}"`);
    } else if (
      outOf > best * counting.length ||
      outOf < best * (counting.length - unrated) ||
      score > outOf
    ) {
      doubt(of, `the standards give at most ${best * counting.length}`);
      if (score > outOf) doubt(value, `more than ${outOf}`);
    } else if (outOf === best * counting.length) confirm(of, ...known.slice(0, 1).map((each) => each.place));
    if (score !== undefined && isWhole) {
      const places = known.map((each) => each.place);
      if (sum === score) {
        confirm(value, ...places);
        for (const rating of known) confirm(rating, place);
      } else {
        contradiction(
          claims,
          'score',
          `the ratings add up to ${sum}, ${score} is printed`,
          place,
          ...places.slice(0, 1),
        );
        doubt(value, `the ratings add up to ${sum}`);
        for (const rating of known)
          if (rating.confidence === 'read')
            doubt(rating, `with it the ratings add up to ${sum}, not ${score}`);
      }
    } else if (score !== undefined && !isWhole) {
      const most = sum + best * (counting.length - unrated - known.length);
      if (score < sum || score > most) {
        contradiction(
          claims,
          'score',
          `the ratings add up to between ${sum} and ${most}, ${score} is printed`,
          place,
        );
        doubt(value, `the ratings add up to between ${sum} and ${most}`);
      } else if (value.confidence === 'read') {
        if (bandOf(score) !== overall?.value) doubt(value, 'nothing confirms it');
      }
    }
  }
  const score = numberOf(valueAt(claims, 'overall', 'score')) ?? (isWhole ? sum : undefined);
  if (score === undefined || !overall || overall.confidence === 'doubtful') return;
  const band = bandOf(score);
  const limited = rules.limiting_judgements.some(
    ({ standards, at_or_below, overall_at_most }) =>
      overall_at_most === overall.value &&
      standards.some((code) => valueAt(claims, 'standard_ratings', code, 'rating')?.value === at_or_below),
  );
  const place = seen.score?.place ?? known[0]?.place;
  if (band === overall.value || limited) {
    if (place) confirm(overall, place);
    return;
  }
  contradiction(
    claims,
    'overall',
    `a score of ${score} is '${band}', '${overall.value}' is printed`,
    overall.place,
    ...(place ? [place] : []),
  );
  if (overall.confidence === 'read') doubt(overall, `a score of ${score} is '${band}'`);
}
