import type { OverallRule, RatedFrom, Rounding, UnratedRule } from '../vocabulary.js';

export type { OverallRule, RatedFrom, Rounding, UnratedRule };

/** What a percentage of yes is taken of. */
export type Base = 'relevant' | 'inspected';

export type Level = 'key question' | 'prompt';

/**
 * The rules of an edition that hold from a fieldwork date on. Nothing about an edition is known but what stands here; what is not known
 * of its rules is null, or empty.
 */
export interface Rules {
  /** The programme that they are of; that of an edition of one programme where it is not said. */
  programme?: string;
  /** First fieldwork date (ISO) that they hold for. */
  effectiveFrom: string;
  /** The scale, lowest first; ranks are positions in it. */
  ratings: readonly string[];
  percentageBase: Readonly<Partial<Record<Level, Base>>>;
  rounding: Rounding;
  /** Whether bands see the rounded percentage or the exact fraction. */
  bandOn: 'rounded' | 'exact' | null;
  /** Quantile of the standard normal distribution for intervals. */
  z: number;
  /** Bands of key questions: the percentage at which each rating begins. */
  bands: readonly { fromPercent: number; rating: string }[];
  /** Grounds for discretion: percentage points from a boundary, differing judgements, cases in the sample. */
  discretion: Readonly<{ points: number | null; judgements: number | null; sample: number | null }>;
  /** Points of each rating. */
  scores: Readonly<Record<string, number>>;
  countingStandards: readonly string[];
  /** How many times the points of a standard count; once where it is not said. */
  weights?: Readonly<Record<string, number>>;
  /** Where the overall rating is from; summed where it is not said, null where it is not known. */
  overall?: OverallRule | null;
  /** Bands of the score: the score at which each overall rating begins. */
  overallBands: readonly { fromScore: number; rating: string }[];
  limits: readonly Limit[];
  unratedStandard: UnratedRule | null;
}

/** A limiting judgement: overall is at most `overallAtMost` when enough of the standards are rated `atOrBelow` or lower. */
export interface Limit {
  standards: readonly string[];
  atOrBelow: string;
  minimumStandards: number;
  overallAtMost: string;
}

/** A standard of an edition, with the key questions that a case-based one is rated from, in the edition's order. */
export interface Standard {
  code: string;
  basis: 'cases' | 'qualitative';
  /** All key questions where it is not said. */
  ratedFrom?: RatedFrom;
  keyQuestions: readonly Question[];
}

/** A question, and the fieldwork dates (ISO; until is exclusive) for which it is asked. */
export interface Question {
  code: string;
  /** Whether it is counted from cases, or judged; counted where it is not said. */
  basis?: 'cases' | 'qualitative';
  from?: string | null | undefined;
  until?: string | null | undefined;
}

/** An edition as far as ratings depend on it. */
export interface Edition {
  code: string;
  /** In the edition's order. */
  standards: readonly Standard[];
  /** By programme, the standards that it inspects; all where it is not said. */
  inspects?: ReadonlyMap<string, ReadonlySet<string>>;
  /** Of each programme: oldest first; a later one is an amendment. */
  rules: readonly Rules[];
}

/**
 * The rules of a programme for a fieldwork date: the newest in force on it, or the first where it is before all of them. Without a
 * programme, those of the edition's first.
 */
export function rulesFor(edition: Edition, fieldworkStart: string, programme?: string): Rules {
  const wanted = programme ?? edition.rules[0]?.programme;
  const own = edition.rules.filter((rules) => rules.programme === wanted);
  const rules = own.findLast(({ effectiveFrom }) => effectiveFrom <= fieldworkStart) ?? own[0];
  if (!rules) throw new Error(`edition ${edition.code} has no rules for programme ${wanted}`);
  return rules;
}

/** Rank of a rating on the scale, 0 the lowest. Throws when it is not on it. */
export function rankOf(rules: Pick<Rules, 'ratings'>, rating: string): number {
  const rank = rules.ratings.indexOf(rating);
  if (rank < 0) throw new Error(`"${rating}" is not on the scale ${rules.ratings.join(', ')}`);
  return rank;
}

type ScoreRules = Pick<Rules, 'scores' | 'countingStandards' | 'weights'>;

/** How many times a standard's points count towards the score: 0 where it does not count. */
export const weightOf = ({ countingStandards, weights }: Omit<ScoreRules, 'scores'>, code: string): number =>
  countingStandards.includes(code) ? (weights?.[code] ?? 1) : 0;

/** The most points that an inspection can have when every standard that counts is rated; 0 where no rating has points. */
export const fullScore = (rules: ScoreRules): number =>
  rules.countingStandards.reduce((sum, code) => sum + weightOf(rules, code), 0) *
  Math.max(0, ...Object.values(rules.scores));
