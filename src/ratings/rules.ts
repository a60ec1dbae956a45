import { holdsOn } from '../days.js';
import type { Rounding, UnratedRule } from '../vocabulary.js';

export type { Rounding, UnratedRule };

/** What a percentage of yes is taken of. */
export type Base = 'relevant' | 'inspected';

export type Level = 'key question' | 'prompt';

/** The rules of an edition that hold from a fieldwork date on. Nothing about an edition is known but what stands here. */
export interface Rules {
  /** First fieldwork date (ISO) that they hold for. */
  effectiveFrom: string;
  /** The scale, lowest first; ranks are positions in it. */
  ratings: readonly string[];
  percentageBase: Readonly<Record<Level, Base>>;
  rounding: Rounding;
  /** Whether bands see the rounded percentage or the exact fraction. */
  bandOn: 'rounded' | 'exact';
  /** Quantile of the standard normal distribution for intervals. */
  z: number;
  /** Bands of key questions: the percentage at which each rating begins. */
  bands: readonly { fromPercent: number; rating: string }[];
  /** Grounds for discretion: percentage points from a boundary, differing judgements, cases in the sample. */
  discretion: Readonly<{ points: number; judgements: number; sample: number }>;
  /** Points of each rating. */
  scores: Readonly<Record<string, number>>;
  countingStandards: readonly string[];
  /** Bands of the score: the score at which each overall rating begins. */
  overallBands: readonly { fromScore: number; rating: string }[];
  limits: readonly Limit[];
  unratedStandard: UnratedRule;
}

/** A limiting judgement: overall is at most `overallAtMost` when enough of the standards are rated `atOrBelow` or lower. */
export interface Limit {
  standards: readonly string[];
  atOrBelow: string;
  minimumStandards: number;
  overallAtMost: string;
}

/** A standard of an edition, with the key questions that a case-based one is rated from, in order of their codes. */
export interface Standard {
  code: string;
  basis: 'cases' | 'qualitative';
  keyQuestions: readonly Question[];
}

/** A question, and the fieldwork dates (ISO; until is exclusive) for which it is asked. */
export interface Question {
  code: string;
  from?: string | undefined;
  until?: string | undefined;
}

/** An edition as far as ratings depend on it. */
export interface Edition {
  code: string;
  /** In the edition's order. */
  standards: readonly Standard[];
  /** Oldest first; a later one is an amendment. */
  rules: readonly Rules[];
}

/** The rules for a fieldwork date: the newest in force on it, or the first where it is before all of them. */
export function rulesFor(edition: Edition, fieldworkStart: string): Rules {
  const rules =
    edition.rules.findLast(({ effectiveFrom }) => effectiveFrom <= fieldworkStart) ?? edition.rules[0];
  if (!rules) throw new Error(`edition ${edition.code} has no rules`);
  return rules;
}

/** Whether a question is asked at a fieldwork date. */
export function isAsked(question: Question, fieldworkStart: string): boolean {
  return holdsOn(question, fieldworkStart);
}

/** Rank of a rating on the scale, 0 the lowest. Throws when it is not on it. */
export function rankOf(rules: Pick<Rules, 'ratings'>, rating: string): number {
  const rank = rules.ratings.indexOf(rating);
  if (rank < 0) throw new Error(`"${rating}" is not on the scale ${rules.ratings.join(', ')}`);
  return rank;
}
