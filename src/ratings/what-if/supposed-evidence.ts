import { impliedYes, percentage } from '../percentage.js';
import type { QuestionEvidence } from '../question.js';
import type { Base, Rules } from '../rules.js';

type Published = NonNullable<QuestionEvidence['published']>;

/** The rules that figures were printed under, and those that are supposed. */
interface Both {
  own: Rules;
  rules: Rules;
}

/**
 * What is known of a key question, said so that other rules can be applied to it. Counts and case answers are what they are. A
 * printed percentage is of the own rules' cases and rounded by them: it is rounded anew, or put on another base, from the
 * count that it implies, and is unknown where it implies none.
 */
export function supposedEvidence(known: QuestionEvidence, { own, rules }: Both): QuestionEvidence {
  const { published } = known;
  if (known.answers || !published || !isPercentage(published)) return known;
  const [from, to] = [own.percentageBase['key question'], rules.percentageBase['key question']];
  if (from === to && own.rounding === rules.rounding) return known;
  const base = casesOf(from, known);
  const implied = published.percent === null ? null : impliedYes(published.percent, base, own.rounding);
  if (from === to) {
    const percent = percentage(implied, base, rules.rounding);
    return { ...known, published: { ...published, percent, percentLost: percent === null } };
  }
  const yes = published.yes ?? implied;
  return { ...known, published: { ...published, yes, percent: null, percentLost: false } };
}

/** Why a key question has no percentage, or no band, under other rules than those that its figures were printed under. */
export function whyNotKnown(known: QuestionEvidence | undefined, { own, rules }: Both): string {
  if (rules.bands.length === 0) return 'the bands of the edition are not known';
  if (known?.answers) return 'how many cases were inspected is not known';
  const published = known?.published;
  if (!known || !published) return 'nothing is known of it';
  const [from, to] = [own.percentageBase['key question'], rules.percentageBase['key question']];
  if (to === undefined && !isPercentage(published)) return 'what percentages are taken of is not known';
  if (!isPercentage(published)) {
    if (published.yes === null) return 'how many were yes is not known';
    return published.relevant === null
      ? 'how many cases were relevant is not known'
      : 'how many cases were inspected is not known';
  }
  if (published.percent === null) return 'its percentage is lost in the source';
  if (from !== to) {
    if (from === undefined || to === undefined) return 'what percentages are taken of is not known';
    const [missing, base] = [casesOf(to, known), casesOf(from, known)];
    if (missing === null || base === null) {
      const which = missing === null ? to : from;
      return `only a percentage of ${from} cases is printed, and how many cases were ${which} is not known`;
    }
    return `no one number of ${base} cases gives the printed ${published.percent}%`;
  }
  if (from === undefined) return 'what percentages are taken of is not known';
  const base = casesOf(from, known);
  if (base === null)
    return `only a rounded percentage of ${from} cases is printed, and how many those were is not known`;
  return `no one number of ${base} cases gives the printed ${published.percent}%`;
}

/** The cases that a percentage is taken of; null when they, or what it is taken of, are not known. */
const casesOf = (base: Base | undefined, { published, inspected }: QuestionEvidence): number | null =>
  base === undefined ? null : base === 'relevant' ? (published?.relevant ?? null) : inspected;

/** Whether a question rests on a printed percentage: one is printed, or lost, and the counts are not all there. */
function isPercentage({ noRelevantCase, relevant, yes, percent, percentLost }: Published): boolean {
  return !noRelevantCase && (relevant === null || yes === null) && (percent !== null || percentLost);
}
