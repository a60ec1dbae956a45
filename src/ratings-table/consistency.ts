import { dateOf } from '../days.js';
import { overall, overallOfScore, type RatedStandard } from '../ratings/overall.js';
import { type Edition, fullScore, rulesFor } from '../ratings/rules.js';
import type { TableRow } from './read-rows.js';
import { inPercent, pointsOf, roundsTo, wholePoints } from './score.js';

/** A row's score as it can be kept, and what does not go together in the row. */
export interface CheckedRow {
  /** Whole points: as printed, or those that alone give the printed percentage. */
  score?: number;
  /** What the score cannot be: then the row is refused. */
  problem?: string;
  /** What contradicts itself, in words. It is kept as published nevertheless. */
  remarks: string[];
}

/** Holds what a row says against the rules of its edition, and corrects nothing. */
export function checkRow(row: TableRow, edition: Edition): CheckedRow {
  const day = dateOf({ fieldworkStart: row.fieldwork, published: row.published }) as string;
  const rules = rulesFor(edition, day);
  const remarks: string[] = [];
  const { points, percent, outOf } = row.score;
  const full = fullScore(rules);
  const maximum = outOf ?? full;
  const refuse = (problem: string) => ({ problem, remarks });
  if (outOf !== undefined && outOf !== full)
    remarks.push(`the score is out of ${outOf}, where the maximum of the ${edition.code} edition is ${full}`);
  const advice = 'score_is: percent (or fraction) in a column map says what a score is, if not points';
  let score = points === undefined ? undefined : wholePoints(points);
  if (points !== undefined && score === undefined)
    return refuse(`the score ${points} is no whole number of points: ${advice}`);
  if (score !== undefined && score > maximum)
    return refuse(`the score ${points} is above the maximum of ${maximum}: ${advice}`);
  if (percent !== undefined && Number(percent) > 100) return refuse(`the score ${percent}% is above 100%`);
  if (percent !== undefined && score !== undefined) {
    if (!roundsTo(score, maximum, percent))
      remarks.push(`the score ${score} of ${maximum} is ${inPercent(score, maximum)}, and not ${percent}%`);
  } else if (percent !== undefined) {
    const possible = pointsOf(percent, maximum);
    if (possible.length === 1) score = possible[0];
    if (possible.length === 0) remarks.push(noPoints(percent, maximum));
  }
  const standards = edition.standards.map(({ code }): RatedStandard => {
    const rating = row.ratings.get(code);
    const unratedBecause = rating === undefined ? 'not known' : rating === null ? 'no relevant case' : null;
    return { code, rating: rating ?? null, unratedBecause };
  });
  const printed = row.overall ?? null;
  const given =
    score === undefined ? null : overallOfScore(rules, { score, maxScore: maximum, printed }, standards);
  if (given && printed !== null && given.rating !== printed) {
    const unless =
      given.mayBeLimitedBy.length > 0
        ? ` (unless it was limited: ${given.mayBeLimitedBy.join(', ')} not known)`
        : '';
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
  return { ...(score !== undefined && { score }), remarks };
}

/** Says that no whole number of points gives a percentage, with those beside it. */
function noPoints(percent: string, maximum: number): string {
  const below = Math.floor((Number(percent) * maximum) / 100);
  const beside = [below, below + 1].filter((score) => score <= maximum);
  const shown = beside.map((score) => `${score} is ${inPercent(score, maximum)}`).join(', ');
  return `the score ${percent}% is no whole number of ${maximum} points (${shown})`;
}
