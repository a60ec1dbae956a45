import { overall } from '../../ratings/overall.js';
import { type Edition, type Rules, rankOf, rulesFor } from '../../ratings/rules.js';
import { firstDay } from './date.js';
import { fullScore } from './known-editions.js';
import type { TableRow } from './rows.js';
import { inPercent, pointsOf, roundsTo, wholePoints } from './score.js';

/** A row's score as it can be kept, and what is strange about the row. */
export interface CheckedRow {
  /** Whole points: as printed, or those that alone give the printed percentage. */
  score: number | null;
  /** As printed, decimals and all. */
  scorePercent: string | null;
  outOf: number | null;
  /** What cannot be, in words. It is kept as published nevertheless. */
  remarks: string[];
}

/** Looks at what a row says, and corrects nothing. */
export function checkRow(row: TableRow, edition: Edition): CheckedRow {
  const rules = rulesFor(edition, firstDay(row.fieldwork ?? row.published));
  const remarks: string[] = [];
  const { points, percent, outOf } = row.score;
  const full = fullScore(rules);
  const maximum = outOf ?? full;
  if (outOf !== undefined && outOf !== full)
    remarks.push(`the score is out of ${outOf}, where the maximum of the ${edition.code} edition is ${full}`);

  let score: number | null = null;
  if (points !== undefined) {
    const whole = wholePoints(points);
    if (whole === undefined) remarks.push(`the score ${points} is no whole number of points`);
    else if (whole > maximum) remarks.push(`the score ${points} is above the maximum of ${maximum}`);
    else score = whole;
  }
  let scorePercent: string | null = percent ?? null;
  if (percent !== undefined && Number(percent) > 100) {
    remarks.push(`the score ${percent}% is above 100%`);
    scorePercent = null;
  } else if (percent !== undefined && score !== null) {
    if (!roundsTo(score, maximum, percent))
      remarks.push(`the score ${score} of ${maximum} is ${inPercent(score, maximum)}, and not ${percent}%`);
  } else if (percent !== undefined && points === undefined) {
    const possible = pointsOf(percent, maximum);
    if (possible.length === 1) score = possible[0] as number;
    if (possible.length === 0) remarks.push(noPoints(percent, maximum));
  }
  remarks.push(...contradictions(row, edition, rules, { score, maximum, full }));
  return { score, scorePercent, outOf: outOf ?? null, remarks };
}

/** Says that no whole number of points gives a percentage, with those beside it. */
function noPoints(percent: string, maximum: number): string {
  const below = Math.floor((Number(percent) * maximum) / 100);
  const beside = [below, below + 1].filter((score) => score <= maximum);
  const shown = beside.map((score) => `${score} is ${inPercent(score, maximum)}`).join(', ');
  return `the score ${percent}% is no whole number of ${maximum} points (${shown})`;
}

/** Where the overall rating, the score and the ratings of the standards do not go together. */
function contradictions(
  row: TableRow,
  edition: Edition,
  rules: Rules,
  { score, maximum, full }: { score: number | null; maximum: number; full: number },
): string[] {
  const found: string[] = [];
  if (
    score !== null &&
    row.overall !== undefined &&
    (maximum === full || rules.unratedStandard === 'bands in proportion')
  ) {
    const given = ratingOfScore(row, rules, { score, maximum, full });
    if (given !== undefined && given.rating !== row.overall)
      found.push(
        `the score ${score} of ${maximum} is ${given.rating}, and not ${row.overall}${given.unless}`,
      );
  }
  const byStandards = overall(
    rules,
    edition.standards.map(({ code }) => {
      const rating = row.ratings.get(code) ?? null;
      return { code, rating, unratedBecause: rating === null ? ('not known' as const) : null };
    }),
  );
  if (byStandards.hasUnknownStandard || byStandards.score === null) return found;
  const sum = `${byStandards.score} of ${byStandards.maxScore}`;
  if (score !== null && score !== byStandards.score)
    found.push(`the ratings of the standards add up to ${sum}, and not to ${score}`);
  else if (
    score === null &&
    row.overall !== undefined &&
    byStandards.rating !== null &&
    byStandards.rating !== row.overall
  )
    found.push(`the ratings of the standards give ${byStandards.rating} (${sum}), and not ${row.overall}`);
  return found;
}

/** The overall rating of a score, after the limiting judgements that are known to apply. */
function ratingOfScore(
  row: TableRow,
  rules: Rules,
  { score, maximum, full }: { score: number; maximum: number; full: number },
): { rating: string; unless: string } | undefined {
  const band = rules.overallBands.findLast(({ fromScore }) => fromScore * maximum <= score * full);
  if (!band) return undefined;
  let rating = band.rating;
  const mayLimit: string[] = [];
  for (const limit of rules.limits) {
    const known = limit.standards.flatMap((code) => row.ratings.get(code) ?? []);
    const low = known.filter((one) => rankOf(rules, one) <= rankOf(rules, limit.atOrBelow)).length;
    const unknown = limit.standards.filter((code) => !row.ratings.has(code));
    if (low >= limit.minimumStandards) {
      if (rankOf(rules, limit.overallAtMost) < rankOf(rules, rating)) rating = limit.overallAtMost;
    } else if (low + unknown.length >= limit.minimumStandards && limit.overallAtMost === row.overall) {
      mayLimit.push(...unknown);
    }
  }
  const isLower = row.overall !== undefined && rankOf(rules, row.overall) < rankOf(rules, rating);
  const unless =
    isLower && mayLimit.length > 0 ? ` (unless it was limited: ${mayLimit.join(', ')} not known)` : '';
  return { rating, unless };
}
