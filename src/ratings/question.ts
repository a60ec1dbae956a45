import { impliedYes, percentage, wilson } from './percentage.js';
import type { Base, Level, Rules } from './rules.js';

/** What a figure rests on, the best first. */
export const evidenceGrades = [
  'case answers',
  'published counts',
  'published percentages',
  'ratings only',
] as const;
export type Evidence = (typeof evidenceGrades)[number];

/** Everything that is known of one question in one inspection. Counts are of cases; null is unknown, never zero. */
export interface QuestionEvidence {
  /** Cases inspected in the sample of the question's domain. */
  inspected: number | null;
  /** Case answers, counted. */
  answers?: { yes: number; no: number; notApplicable: number } | undefined;
  /** What the report prints. A lost cell is null. */
  published?:
    | {
        relevant: number | null;
        yes: number | null;
        percent: number | null;
        noRelevantCase: boolean;
        percentLost: boolean;
      }
    | undefined;
}

/** The counts and percentages of one question in one inspection. */
export interface QuestionResult {
  evidence: Evidence;
  yes: number | null;
  no: number | null;
  notApplicable: number | null;
  relevant: number | null;
  inspected: number | null;
  percentOfRelevant: number | null;
  percentOfInspected: number | null;
  /** On the edition's base. */
  percent: number | null;
  base: Base | null;
  /** Cases that `percent` is taken of. */
  baseCount: number | null;
  /** Yes as counted, or as a printed percentage implies where only one whole number of cases gives it. */
  countedYes: number | null;
  state: 'known' | 'no relevant case' | 'unknown';
}

/** A key question's result with its band. */
export interface KeyQuestionResult extends QuestionResult {
  rating: string | null;
  /** Wilson interval on the base of `percent`, in percent. */
  low: number | null;
  high: number | null;
  /** Whether banding the exact fraction would give another band than banding the rounded percentage. */
  roundingMatters: boolean | null;
}

/** Counts and percentages from the best evidence there is; undefined when there is none at all. */
export function questionResult(
  rules: Rules,
  level: Level,
  known: QuestionEvidence,
): QuestionResult | undefined {
  const counts = bestCounts(known);
  if (!counts) return undefined;
  const { printed, ...counted } = counts;
  const { yes, relevant, evidence } = counted;
  const { inspected } = known;
  const base = rules.percentageBase[level] ?? null;
  const baseCount = base && { relevant, inspected }[base];
  const isPrinted = evidence === 'published percentages';
  // Without the relevant cases, a yes of 0 may also mean that there was none.
  const hasRelevantCase = relevant === null ? yes !== null && yes > 0 : relevant > 0;
  const percentOf = (of: Base, cases: number | null) => {
    if (isPrinted && of === base) return printed;
    return hasRelevantCase ? percentage(yes, cases, rules.rounding) : null;
  };
  const percents = {
    relevant: percentOf('relevant', relevant),
    inspected: percentOf('inspected', inspected),
  };
  // What a printed percentage is taken of need not be known for it to be one.
  const percent = isPrinted ? printed : base && percents[base];
  const state = percent === null ? 'unknown' : 'known';
  return {
    ...{ ...counted, inspected, base, baseCount, percent },
    percentOfRelevant: percents.relevant,
    percentOfInspected: percents.inspected,
    countedYes: isPrinted ? impliedYes(printed, baseCount, rules.rounding) : yes,
    state: relevant === 0 ? 'no relevant case' : state,
  };
}

/** Bands a key question: the best rating whose band its percentage reaches. undefined when nothing is known of it. */
export function keyQuestionResult(rules: Rules, known: QuestionEvidence): KeyQuestionResult | undefined {
  const result = questionResult(rules, 'key question', known);
  if (!result) return undefined;
  const { percent, countedYes, baseCount } = result;
  const bandOf = (isReached: (fromPercent: number) => boolean) =>
    rules.bands.findLast(({ fromPercent }) => isReached(fromPercent))?.rating ?? null;
  const rounded = percent === null ? null : bandOf((fromPercent) => percent >= fromPercent);
  const isCounted = percent !== null && countedYes !== null && baseCount !== null;
  const exact = isCounted ? bandOf((fromPercent) => 100 * countedYes >= fromPercent * baseCount) : null;
  const rating = rules.bandOn === 'rounded' ? rounded : exact;
  const interval = isCounted ? wilson(countedYes, baseCount, rules.z) : null;
  return {
    ...result,
    state: result.state === 'known' && rating === null ? 'unknown' : result.state,
    rating,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    roundingMatters: rounded === null || exact === null ? null : rounded !== exact,
  };
}

function bestCounts({ inspected, answers, published }: QuestionEvidence) {
  if (answers) {
    const { yes, no, notApplicable } = answers;
    return { evidence: 'case answers' as const, yes, no, notApplicable, relevant: yes + no, printed: null };
  }
  if (!published) {
    // A sample without cases has no relevant one for any of its questions.
    const none = { yes: 0, no: 0, notApplicable: 0, relevant: 0, printed: null };
    return inspected === 0 ? { evidence: 'published counts' as const, ...none } : undefined;
  }
  const { relevant, yes } = possibleCounts(published, inspected);
  const counted = relevant !== null && yes !== null;
  // of no case there is no percentage, whatever is printed
  const printed = inspected === 0 ? null : published.percent;
  const hasPercentage = printed !== null || published.percentLost;
  return {
    evidence: !counted && hasPercentage ? ('published percentages' as const) : ('published counts' as const),
    yes,
    no: counted ? relevant - yes : null,
    notApplicable: inspected === null || relevant === null ? null : inspected - relevant,
    relevant,
    printed,
  };
}

/** Counts as printed; unknown where they can't be: more yes than relevant cases, or more of either than were inspected. */
function possibleCounts(
  { relevant, yes, noRelevantCase }: NonNullable<QuestionEvidence['published']>,
  inspected: number | null,
): { relevant: number | null; yes: number | null } {
  if (noRelevantCase) return { relevant: 0, yes: 0 };
  const most = inspected ?? Infinity;
  const canBe = (yes ?? 0) <= (relevant ?? most) && (yes ?? 0) <= most && (relevant ?? 0) <= most;
  return canBe ? { relevant, yes } : { relevant: null, yes: null };
}
