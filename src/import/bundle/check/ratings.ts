import type { RatingEntry } from '../inspection-file.js';
import type { Check } from './check.js';

/** Ratings on the scale, of standards that there are; at most one decision a standard, and only on those rated from cases. */
export function checkRatings(check: Check): void {
  const { inspection } = check;
  const { overall } = inspection;
  if (overall?.rating !== undefined) check.rating(['overall', 'rating'], overall.rating);
  if (overall?.score !== undefined && overall.out_of !== undefined && overall.score > overall.out_of) {
    check.contradict(
      ['overall', 'score'],
      [overall.score, overall.out_of],
      `score ${overall.score} is more than out_of ${overall.out_of}`,
    );
  }
  if (overall?.not_rated && (overall.rating !== undefined || overall.lost?.includes('rating')))
    check.say(['overall', 'not_rated'], 'not_rated means that there is no overall rating: leave it out');
  for (const key of ['rating', 'score'] as const) {
    if (overall?.lost?.includes(key) && overall[key] !== undefined)
      check.say(['overall', key], `${key} is given and lost at once`);
  }
  for (const [code, entry] of Object.entries(inspection.standard_ratings ?? {})) {
    const path = ['standard_ratings', code];
    check.standard(path, code);
    const { rating, lost, not_rated }: RatingEntry = typeof entry === 'string' ? { rating: entry } : entry;
    if (rating !== undefined) check.rating([...path, 'rating'], rating);
    const told = [rating !== undefined, lost?.includes('rating') ?? false, not_rated ?? false];
    if (told.filter(Boolean).length !== 1)
      check.say(
        path,
        `standard ${code}: give its rating, or not_rated: true where the source says so, or lost: [rating] where the source lost it`,
      );
  }
  for (const [code, rating] of Object.entries(inspection.judgements ?? {})) {
    const standard = check.standard(['judgements', code], code);
    if (standard?.basis === 'cases')
      check.say(['judgements', code], `standard ${code} is rated from cases, not judged`);
    check.rating(['judgements', code], rating);
  }
  const decided = new Set<string>();
  for (const [at, decision] of (inspection.professional_discretion ?? []).entries()) {
    const path = ['professional_discretion', at];
    const code = String(decision.standard);
    const standard = check.standard([...path, 'standard'], code);
    if (standard?.basis === 'qualitative') {
      check.say(
        [...path, 'standard'],
        `standard ${code} is qualitative: discretion is only for standards rated from cases`,
      );
    }
    if (decided.has(code)) check.say([...path, 'standard'], `standard ${code} has two decisions: leave one`);
    decided.add(code);
    check.rating([...path, 'from'], decision.from);
    check.rating([...path, 'to'], decision.to);
    if (decision.from === decision.to)
      check.say(
        [...path, 'to'],
        `the decision on ${code} changes nothing: from and to are both "${decision.from}"`,
      );
  }
}
