import { dateOf } from '../days.js';
import { overall, overallOfScore, type RatedStandard } from '../ratings/overall.js';
import { type Edition, fullScore, rulesFor } from '../ratings/rules.js';
import type { TableRow } from './read-rows.js';

/** A row's score as it can be kept, and what does not go together in the row. */
export interface CheckedRow {
  /** Whole points: as printed, or those that alone give the printed percentage. */
  score?: number | undefined;
  /** What the score cannot be: then the row is refused. */
  problem?: string;
  /** What contradicts itself, in words. It is kept as published nevertheless. */
  remarks: string[];
}

/** Holds what a row says against the rules of its edition, and corrects nothing. */
export function checkRow({ said, ...row }: TableRow, edition: Edition): CheckedRow {
  const day = dateOf({ fieldworkStart: row.fieldwork, published: row.published }) as string;
  const rules = rulesFor(edition, day);
  const remarks: string[] = [];
  const [points, percent] = [said.get('score'), said.get('score_percent')];
  const full = fullScore(rules);
  const maximum = Number(said.get('out_of') ?? full);
  if (maximum !== full)
    remarks.push(
      `the score is out of ${maximum}, where the maximum of the ${edition.code} edition is ${full}`,
    );
  const advice = 'score_is: percent in a column map says what a score is, if not points';
  if (points != null && !Number.isInteger(Number(points)))
    return { problem: `the score ${points} is no whole number of points: ${advice}`, remarks };
  if (points != null && Number(points) > maximum)
    return { problem: `the score ${points} is above the maximum of ${maximum}: ${advice}`, remarks };
  if (percent != null && Number(percent) > 100)
    return { problem: `the score ${percent}% is above 100%`, remarks };
  let score = points == null ? undefined : Number(points);
  if (percent != null && score !== undefined && !roundsTo(score, maximum, percent))
    remarks.push(`the score ${score} of ${maximum} is ${inPercent(score, maximum)}, and not ${percent}%`);
  if (percent != null && score === undefined) {
    const possible = pointsOf(percent, maximum);
    if (possible.length === 1) score = possible[0];
    if (possible.length === 0) remarks.push(`the score ${percent}% is no whole number of ${maximum} points`);
  }
  const standards = edition.standards.map(({ code }): RatedStandard => {
    const rating = said.get(code);
    const unratedBecause = rating === undefined ? 'not known' : rating === null ? 'no relevant case' : null;
    return { code, rating: rating ?? null, unratedBecause };
  });
  const printed = said.get('overall') ?? null;
  if (score !== undefined && printed !== null) {
    const given = overallOfScore(rules, { score, maxScore: maximum, printed }, standards);
    const limits = given?.mayBeLimitedBy ?? [];
    const unless = limits.length > 0 ? ` (unless it was limited: ${limits.join(', ')} not known)` : '';
    if (given && given.rating !== printed)
      remarks.push(`the score ${score} of ${maximum} is ${given.rating}, and not ${printed}${unless}`);
  }
  const rated = overall(rules, standards);
  if (!rated.hasUnknownStandard && rated.score !== null) {
    const sum = `${rated.score} of ${rated.maxScore}`;
    if (score !== undefined && score !== rated.score)
      remarks.push(`the ratings of the standards add up to ${sum}, and not to ${score}`);
    else if (score === undefined && printed !== null && rated.rating !== null && rated.rating !== printed)
      remarks.push(`the ratings of the standards give ${rated.rating} (${sum}), and not ${printed}`);
  }
  return { score, remarks };
}

/** Whether points in percent of the maximum, rounded half up to as many decimals as are printed, are what is printed. Whole numbers decide, no fraction does. */
export function roundsTo(score: number, outOf: number, printed: string): boolean {
  const [whole = '', decimals = ''] = printed.split('.');
  const perPoint = 100 * 10 ** decimals.length;
  return Math.floor((2 * perPoint * score + outOf) / (2 * outOf)) === Number(whole + decimals);
}

/** The whole numbers of points that a printed percentage of the maximum may be. */
export function pointsOf(printed: string, outOf: number): number[] {
  const all = Array.from({ length: outOf + 1 }, (_, score) => score);
  return all.filter((score) => roundsTo(score, outOf, printed));
}

/** A share in percent, with one decimal where it is not whole: for messages. */
const inPercent = (score: number, outOf: number): string => `${Number(((100 * score) / outOf).toFixed(1))}%`;
