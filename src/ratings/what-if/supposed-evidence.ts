import type { InspectionEvidence } from '../inspection.js';
import { impliedYes, percentage } from '../percentage.js';
import type { QuestionEvidence } from '../question.js';
import type { Base, Rules } from '../rules.js';
import type { Setting } from './supposition.js';

/** The evidence as it can answer under the rules that are supposed, without any panel's decision. */
export function supposedEvidence({ evidence, asItIs, rules, isBandedAlike }: Setting): InspectionEvidence {
  const { programme, ...given } = evidence;
  const isOnScale = ([, rating]: readonly [string, string]) => rules.ratings.includes(rating);
  const isQualitative = (code: string) =>
    asItIs.standards.find((one) => one.code === code)?.basis === 'qualitative';
  // what is published is what the panel decided; without it, it is what the panel replaced
  const replaced = [...evidence.decisions].map(([code, { from }]) => [code, from] as const);
  const published = [...evidence.publishedStandards, ...replaced].filter(
    ([code]) => isBandedAlike || isQualitative(code),
  );
  // a judgement is what it is; what other rules gave is no answer
  const isJudged = asItIs.rules.overall === 'judged' && rules.overall === 'judged';
  const isOverallKnown = isJudged && rules.ratings.includes(evidence.publishedOverall ?? '');
  return {
    ...given,
    ...(rules.programme !== undefined && { programme: rules.programme }),
    keyQuestions: new Map(
      [...evidence.keyQuestions].map(([code, known]) => [code, putOn(known, asItIs.rules, rules)]),
    ),
    prompts: new Map(),
    decisions: new Map(),
    judged: new Map([...evidence.judged].filter(isOnScale)),
    judgedQuestions: new Map([...(evidence.judgedQuestions ?? [])].filter(isOnScale)),
    publishedStandards: new Map(published.filter(isOnScale)),
    publishedOverall: isOverallKnown ? evidence.publishedOverall : null,
  };
}

/**
 * What is known of a key question, said so that other rules than its own can be applied to it. Counts and case answers are what they
 * are. A printed percentage is of the own rules' cases and rounded by them: it is rounded anew, or put on another base, from the
 * count that it implies, and is unknown where it implies none.
 */
function putOn(known: QuestionEvidence, own: Rules, rules: Rules): QuestionEvidence {
  const { published } = known;
  if (!published || !isPercentage(known)) return known;
  const [from, to] = [own.percentageBase['key question'], rules.percentageBase['key question']];
  if (from === to && own.rounding === rules.rounding) return known;
  const base = casesOf(from, known);
  const implied = impliedYes(published.percent, base, own.rounding);
  if (from === to) {
    const percent = percentage(implied, base, rules.rounding);
    return { ...known, published: { ...published, percent, percentLost: percent === null } };
  }
  const yes = published.yes ?? implied;
  return { ...known, published: { ...published, yes, percent: null, percentLost: false } };
}

/** Why a key question has no percentage, or no band, under other rules than those that its figures were printed under. */
export function whyNotKnown(known: QuestionEvidence | undefined, own: Rules, rules: Rules): string {
  if (rules.bands.length === 0) return 'the bands of the edition are not known';
  const [from, to] = [own.percentageBase['key question'], rules.percentageBase['key question']];
  const percent = known && isPercentage(known) ? (known.published?.percent ?? null) : null;
  if (!known || percent === null) return 'the counts that it takes are not known';
  if (from === undefined || to === undefined) return 'what percentages are taken of is not known';
  const base = casesOf(from, known);
  if (base !== null && casesOf(to, known) !== null)
    return `no one number of ${base} cases gives the printed ${percent}%`;
  const missing = base === null ? from : to;
  return `only a percentage of ${from} cases is printed, and how many cases were ${missing} is not known`;
}

/** The cases that a percentage is taken of; null when they, or what it is taken of, are not known. */
function casesOf(base: Base | undefined, { published, inspected }: QuestionEvidence): number | null {
  if (base === undefined) return null;
  return base === 'relevant' ? (published?.relevant ?? null) : inspected;
}

/** Whether a question rests on a printed percentage: one is printed, or lost, and the counts are not all there. */
function isPercentage({ answers, published }: QuestionEvidence): boolean {
  if (answers || !published || published.noRelevantCase) return false;
  const { relevant, yes, percent, percentLost } = published;
  return (relevant === null || yes === null) && (percent !== null || percentLost);
}
