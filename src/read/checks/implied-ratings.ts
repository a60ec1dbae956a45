import type { RulesEntry } from '../../import/edition/edition-file.js';
import { percentage } from '../../ratings/percentage.js';
import type { DecisionSeen } from '../figures/discretion.js';
import type { Place } from '../report-document.js';
import { type Claims, confirm, contradiction, doubt, numberOf, valueAt } from './claims.js';
import { type CountContext, sampleOf } from './counts.js';
import type { QuestionValues } from './figures.js';

/** What the key questions of a standard make of it, and which of them are the lowest. */
interface Implied {
  rating: string;
  lowest: QuestionValues[];
  /** Whether every key question has a figure; else a lost one could be lower. */
  isWhole: boolean;
}

/** The rating that the lowest key question gives a standard; undefined without a single figure. */
export function impliedRating(
  standard: string,
  questions: readonly QuestionValues[],
  rules: RulesEntry,
  context: Pick<CountContext, 'edition' | 'samples'>,
): Implied | undefined {
  const own = keyQuestionsOf(standard, questions);
  const entry = context.edition.domains
    .flatMap(({ standards }) => standards)
    .find(({ code }) => code === standard);
  const percents = own.map((question) => ({ question, percent: percentOf(question, rules, context) }));
  const known = percents.filter(
    (each): each is { question: QuestionValues; percent: number } => typeof each.percent === 'number',
  );
  if (known.length === 0) return undefined;
  const least = Math.min(...known.map(({ percent }) => percent));
  return {
    rating: bandOf(least, rules),
    lowest: known
      .filter(({ percent }) => bandOf(percent, rules) === bandOf(least, rules))
      .map(({ question }) => question),
    isWhole:
      own.length === (entry?.key_questions?.length ?? 0) &&
      percents.every(({ percent }) => percent !== undefined),
  };
}

const keyQuestionsOf = (code: string, questions: readonly QuestionValues[]): QuestionValues[] =>
  questions.filter(({ standard, level }) => standard === code && level === 'key question');

/** The percentage that a key question is banded on; undefined when a figure is lost or doubtful, null when no case is relevant. */
function percentOf(
  question: QuestionValues,
  rules: RulesEntry,
  context: Pick<CountContext, 'edition' | 'samples'>,
): number | null | undefined {
  if (question.notApplicable) return null;
  if (question.percent) return numberOf(question.percent);
  const [of, yes] = [numberOf(question.relevant), numberOf(question.yes)];
  if (of === undefined || yes === undefined) return undefined;
  const base = rules.percentage_base[question.level] === 'relevant' ? of : sampleOf(question, context)?.cases;
  return base === undefined ? undefined : percentage(yes, base, rules.rounding);
}

const bandOf = (percent: number, { bands }: RulesEntry): string =>
  bands.findLast(({ from_percent }) => percent >= from_percent)?.rating ?? (bands[0]?.rating as string);

/** Ratings that the figures give against those printed, with the panel's decisions between them. */
export function checkImplied(
  claims: Claims,
  questions: readonly QuestionValues[],
  decisions: readonly DecisionSeen[],
  rules: RulesEntry,
  context: CountContext,
): void {
  const { edition } = context;
  const rank = (rating: string) => edition.ratings.indexOf(rating);
  for (const { standards } of edition.domains) {
    for (const { code, basis } of standards) {
      if (basis !== 'cases') continue;
      const implied = impliedRating(code, questions, rules, context);
      const printed = valueAt(claims, 'standard_ratings', code, 'rating');
      if (!implied || !printed || printed.confidence === 'doubtful') continue;
      const decision = decisions.find(({ standard }) => standard === code);
      const wanted = decision?.from ?? (decision ? undefined : String(printed.value));
      if (wanted === undefined) continue;
      const place = placeOf(implied.lowest[0]);
      if (implied.rating === wanted) {
        if (decision) {
          if (decision.to === printed.value) confirm(printed, decision.place);
        } else if (place && implied.isWhole) confirm(printed, place);
        // Only the key question that sets the rating by itself is confirmed by it, and only its band.
        continue;
      }
      // A question without a figure may be the lowest; the printed rating is then not contradicted by higher ones.
      if (!implied.isWhole && rank(implied.rating) > rank(wanted)) continue;
      contradiction(
        claims,
        code,
        `${code}: the figures give '${implied.rating}', ${decision ? `the panel's decision is from '${wanted}'` : `'${wanted}' is printed`}`,
        ...(place ? [place] : []),
        decision?.place ?? printed.place,
      );
      const isLower = rank(implied.rating) < rank(wanted);
      const why = `the figures give '${implied.rating}' for ${code}, '${wanted}' is printed`;
      for (const question of isLower ? implied.lowest : keyQuestionsOf(code, questions))
        for (const value of [question.relevant, question.yes, question.percent])
          if (value?.confidence === 'read') doubt(value, why);
      if (printed.confidence === 'read') doubt(printed, why);
    }
  }
}

export const placeOf = (question: QuestionValues | undefined): Place | undefined =>
  question?.printed[0]?.place;
