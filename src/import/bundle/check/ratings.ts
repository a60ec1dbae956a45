import type { RatingEntry } from '../inspection-file.js';
import type { Check } from './check.js';

/** Ratings on the scale, of standards that there are; at most one decision a standard, and only on those rated from cases. */
export function checkRatings(check: Check): void {
  const { overall, standard_ratings = {}, judgements = {}, professional_discretion = [] } = check.inspection;
  check.rating(['overall', 'rating'], overall?.rating);
  const { score, out_of: most } = overall ?? {};
  if (score !== undefined && most !== undefined && score > most)
    check.contradict(['overall', 'score'], [score, most], `score ${score} is more than out_of ${most}`);
  if (overall?.not_rated && (overall.rating !== undefined || overall.lost?.includes('rating')))
    check.say(['overall', 'not_rated'], 'not_rated means that there is no overall rating: leave it out');
  for (const [code, entry] of Object.entries(standard_ratings)) {
    const path = ['standard_ratings', code];
    check.standard(path, code);
    const told: RatingEntry = typeof entry === 'string' ? { rating: entry } : entry;
    const { rating, lost = [], not_rated: isNotRated = false as boolean } = told;
    check.rating([...path, 'rating'], rating);
    if ((rating !== undefined || lost.includes('rating')) === isNotRated) {
      const either = 'not_rated: true where the source says so, or lost: [rating] where the source lost it';
      check.say(path, `standard ${code}: give its rating, or ${either}`);
    }
  }
  for (const [code, rating] of Object.entries(judgements)) {
    const path = ['judgements', code];
    if (check.standard(path, code)?.basis === 'cases')
      check.say(path, `standard ${code} is rated from cases, not judged`);
    check.rating(path, rating);
  }
  const decided = new Set<string>();
  for (const [at, { standard, from, to }] of professional_discretion.entries()) {
    const path = ['professional_discretion', at];
    const code = String(standard);
    const say = (key: string, message: string) => check.say([...path, key], message);
    if (check.standard([...path, 'standard'], code)?.basis === 'qualitative')
      say('standard', `standard ${code} is qualitative: discretion is only for standards rated from cases`);
    if (decided.has(code)) say('standard', `standard ${code} has two decisions: leave one`);
    decided.add(code);
    check.rating([...path, 'from'], from);
    check.rating([...path, 'to'], to);
    if (from === to) say('to', `the decision on ${code} changes nothing: from and to are both "${from}"`);
  }
}
