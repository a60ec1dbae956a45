import type { EditionFile, RulesEntry } from '../../import/edition/edition-file.js';
import { percentage } from '../../ratings/percentage.js';
import type { DecisionSeen } from '../figures/discretion.js';
import type { RatingSeen, RatingsSeen } from '../figures/ratings.js';
import type { ReadValue } from '../reading.js';
import { type Place, placeText } from '../report-document.js';
import { type Claims, confirm, contradiction, doubt, numberOf, valueAt } from './claims.js';
import { type CountContext, sampleOf } from './counts.js';
import type { QuestionValues } from './figures.js';

/** Ratings of standards as values: said in one place, or confirmed by others, or contradicted. */
export function ratingValues(claims: Claims, seen: RatingsSeen, edition: EditionFile): void {
  for (const { standards } of edition.domains) {
    for (const { code } of standards) {
      const all = seen.standards.get(code) ?? [];
      if (all.length === 0) {
        if (seen.unrated.has(code)) continue;
        claims.findings.push({
          kind: 'other',
          about: code,
          message: `no rating of standard ${code} could be read`,
          places: [],
        });
        continue;
      }
      claims.values.push(ratingValue(claims, ['standard_ratings', code, 'rating'], code, all));
    }
  }
  if (seen.overall.length > 0)
    claims.values.push(ratingValue(claims, ['overall', 'rating'], 'overall', seen.overall));
}

function ratingValue(
  claims: Claims,
  path: (string | number)[],
  about: string,
  all: readonly RatingSeen[],
): ReadValue {
  const votes = new Map<string, RatingSeen[]>();
  for (const each of all) votes.set(each.rating, [...(votes.get(each.rating) ?? []), each]);
  const [best, other] = [...votes.values()].sort((a, b) => b.length - a.length);
  const chosen = (best as RatingSeen[])[0] as RatingSeen;
  const rest = (best as RatingSeen[]).slice(1).map(({ place }) => place);
  const value: ReadValue = { path, value: chosen.rating, confidence: 'read', place: chosen.place };
  confirm(value, ...rest);
  if (other) {
    const against = other[0] as RatingSeen;
    const message = `${about}: '${chosen.rating}' by ${chosen.source}, '${against.rating}' by ${against.source}`;
    contradiction(claims, about, message, chosen.place, against.place);
    if ((best as RatingSeen[]).length === other.length)
      doubt(value, `'${against.rating}' on ${placeText(against.place)}`);
  }
  // A word that is half a rating's is one only where another place says so too.
  if (chosen.likeness < 0.8 && value.confidence === 'read') doubt(value, 'its word is damaged');
  return value;
}

/** What the key questions of a standard make of it, and which of them are the lowest. */
export interface Implied {
  rating: string;
  lowest: QuestionValues[];
  /** Whether every key question has a figure; else a lost one could be lower. */
  isWhole: boolean;
}

/** The percentage that a key question is banded on; undefined when a figure is lost or doubtful, null when no case is relevant. */
export function percentOf(
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

/** The rating that the lowest key question gives a standard; undefined without a single figure. */
export function impliedRating(
  own: readonly QuestionValues[],
  expected: number,
  rules: RulesEntry,
  context: Pick<CountContext, 'edition' | 'samples'>,
): Implied | undefined {
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
    isWhole: own.length === expected && percents.every(({ percent }) => percent !== undefined),
  };
}

export const bandOf = (percent: number, { bands }: RulesEntry): string =>
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
    for (const { code, basis, key_questions } of standards) {
      if (basis !== 'cases') continue;
      const own = questions.filter(({ standard, level }) => standard === code && level === 'key question');
      const implied = impliedRating(own, key_questions?.length ?? 0, rules, context);
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
      for (const question of isLower ? implied.lowest : own)
        for (const value of [question.relevant, question.yes, question.percent])
          if (value?.confidence === 'read') doubt(value, why);
      if (printed.confidence === 'read') doubt(printed, why);
    }
  }
}

const placeOf = (question: QuestionValues | undefined): Place | undefined => question?.printed[0]?.place;

/** The score against the sum of ratings, its band against the overall rating. */
export function checkScore(claims: Claims, seen: RatingsSeen, rules: RulesEntry): void {
  const { counting_standards: counting, scores, overall_bands: bands } = rules;
  const best = Math.max(...Object.values(scores));
  const ratings = counting.map((code) => valueAt(claims, 'standard_ratings', code, 'rating'));
  const known = ratings.filter(
    (value): value is ReadValue => value !== undefined && value.confidence !== 'doubtful',
  );
  const sum = known.reduce((total, { value }) => total + (scores[String(value)] ?? 0), 0);
  const isWhole = known.length === counting.length;
  const unrated = counting.filter((code) => seen.unrated.has(code)).length;
  const overall = valueAt(claims, 'overall', 'rating');
  if (seen.score) {
    const { text, score, outOf, place } = seen.score;
    const value: ReadValue = { path: ['overall', 'score'], value: score, confidence: 'read', place };
    const of: ReadValue = { path: ['overall', 'out_of'], value: outOf, confidence: 'read', place };
    claims.values.push(value, of);
    if (score === undefined || outOf === undefined) {
      doubt(value, `printed "${text}"`);
      doubt(of, `printed "${text}"`);
    } else if (
      outOf > best * counting.length ||
      outOf < best * (counting.length - unrated) ||
      score > outOf
    ) {
      doubt(of, `the standards give at most ${best * counting.length}`);
      if (score > outOf) doubt(value, `more than ${outOf}`);
    } else if (outOf === best * counting.length) confirm(of, ...known.slice(0, 1).map((each) => each.place));
    if (score !== undefined && isWhole) {
      const places = known.map((each) => each.place);
      if (sum === score) {
        confirm(value, ...places);
        for (const rating of known) confirm(rating, place);
      } else {
        contradiction(
          claims,
          'score',
          `the ratings add up to ${sum}, ${score} is printed`,
          place,
          ...places.slice(0, 1),
        );
        doubt(value, `the ratings add up to ${sum}`);
        for (const rating of known)
          if (rating.confidence === 'read')
            doubt(rating, `with it the ratings add up to ${sum}, not ${score}`);
      }
    } else if (score !== undefined && !isWhole) {
      const most = sum + best * (counting.length - unrated - known.length);
      if (score < sum || score > most) {
        contradiction(
          claims,
          'score',
          `the ratings add up to between ${sum} and ${most}, ${score} is printed`,
          place,
        );
        doubt(value, `the ratings add up to between ${sum} and ${most}`);
      } else if (value.confidence === 'read') {
        const band = bands.findLast(({ from_score }) => score >= from_score)?.rating;
        if (band !== overall?.value) doubt(value, 'nothing confirms it');
      }
    }
  }
  const score = numberOf(valueAt(claims, 'overall', 'score')) ?? (isWhole ? sum : undefined);
  if (score === undefined || !overall || overall.confidence === 'doubtful') return;
  const band = bands.findLast(({ from_score }) => score >= from_score)?.rating;
  const limited = rules.limiting_judgements.some(
    ({ standards, at_or_below, overall_at_most }) =>
      overall_at_most === overall.value &&
      standards.some((code) => valueAt(claims, 'standard_ratings', code, 'rating')?.value === at_or_below),
  );
  const place = seen.score?.place ?? known[0]?.place;
  if (band === overall.value || limited) {
    if (place) confirm(overall, place);
    return;
  }
  contradiction(
    claims,
    'overall',
    `a score of ${score} is '${band}', '${overall.value}' is printed`,
    overall.place,
    ...(place ? [place] : []),
  );
  if (overall.confidence === 'read') doubt(overall, `a score of ${score} is '${band}'`);
}

/**
 * Decisions tied to standards for certain: by their mark, or because only one standard's figures give what the decision is from and its
 * printed rating is what it is to. A decision that only its place ties to a standard is otherwise of none.
 */
export function tiedDecisions(
  claims: Claims,
  decisions: readonly DecisionSeen[],
  questions: readonly QuestionValues[],
  rules: RulesEntry,
  context: CountContext,
): DecisionSeen[] {
  const impliedOf = (code: string, asked: number) =>
    impliedRating(
      questions.filter(({ standard, level }) => standard === code && level === 'key question'),
      asked,
      rules,
      context,
    );
  const all = context.edition.domains.flatMap(({ standards }) => standards);
  /** A mark can be read wrong too: the standard that it leads to has to be one that the decision can be of. */
  const isSound = ({ by, standard, from, to }: DecisionSeen) => {
    if (by !== 'mark') return false;
    const entry = all.find(({ code }) => code === standard);
    if (entry?.basis !== 'cases') return false;
    const implied = impliedOf(standard as string, entry?.key_questions?.length ?? 0);
    const printed = valueAt(claims, 'standard_ratings', standard as string, 'rating')?.value;
    const fails = [from && implied?.isWhole && implied.rating !== from, to && printed && printed !== to];
    return fails.filter(Boolean).length === 0;
  };
  const marked = new Set(decisions.filter(isSound).map(({ standard }) => standard));
  const cases = all.filter(({ basis, code }) => basis === 'cases' && !marked.has(code));
  const tied = decisions.map((decision): DecisionSeen => {
    if (isSound(decision)) return decision;
    const fitting = cases.filter(({ code, key_questions }) => {
      const implied = impliedOf(code, key_questions?.length ?? 0)?.rating;
      const printed = valueAt(claims, 'standard_ratings', code, 'rating')?.value;
      return (
        implied !== undefined &&
        implied !== printed &&
        implied === (decision.from ?? implied) &&
        printed === (decision.to ?? printed)
      );
    });
    const { standard: _, ...rest } = decision;
    if (fitting.length === 1) return { ...rest, standard: fitting[0]?.code as string };
    // What its mark says stands where nothing better is found, and the contradiction is told; of damaged characters no mark is sure.
    return decision.by === 'mark' && !context.isDamaged ? decision : rest;
  });
  return tied.filter(
    ({ standard }, at) =>
      standard === undefined || tied.findIndex((other) => other.standard === standard) === at,
  );
}

/** Panel decisions as values: what is not told is what the figures give, where they are whole. */
export function decisionValues(
  claims: Claims,
  decisions: readonly DecisionSeen[],
  questions: readonly QuestionValues[],
  rules: RulesEntry,
  context: CountContext,
): void {
  let at = 0;
  for (const decision of decisions) {
    const { standard, to, reason, place } = decision;
    if (standard === undefined) {
      claims.findings.push({
        kind: 'other',
        about: 'professional discretion',
        message: 'a decision of the ratings panel that could be tied to no standard',
        places: [place],
      });
      continue;
    }
    const own = questions.filter((each) => each.standard === standard && each.level === 'key question');
    const entry = context.edition.domains
      .flatMap(({ standards }) => standards)
      .find(({ code }) => code === standard);
    const implied = impliedRating(own, entry?.key_questions?.length ?? 0, rules, context);
    const printed = valueAt(claims, 'standard_ratings', standard, 'rating');
    const sureTo = to ?? (printed?.value as string | undefined);
    const from = decision.from ?? (implied?.isWhole ? implied.rating : undefined);
    const base = { confidence: 'read', place } as const;
    const path = (field: string) => ['professional_discretion', at, field];
    const values: ReadValue[] = [
      { ...base, path: path('standard'), value: standard },
      { ...base, path: path('from'), value: from },
      { ...base, path: path('to'), value: sureTo },
      { ...base, path: path('reason'), value: reason },
    ];
    const [, fromValue, toValue] = values as [ReadValue, ReadValue, ReadValue, ReadValue];
    if (from === undefined || from === sureTo) doubt(fromValue, 'not told, and the figures are not whole');
    if (implied?.isWhole && implied.rating === from)
      confirm(fromValue, ...(placeOf(implied.lowest[0]) ? [placeOf(implied.lowest[0]) as Place] : []));
    if (printed && printed.value === sureTo) confirm(toValue, printed.place);
    else if (printed && to !== undefined) {
      contradiction(
        claims,
        standard,
        `${standard}: the panel's decision is to '${to}', '${printed.value}' is printed`,
        place,
        printed.place,
      );
      doubt(toValue, `'${printed.value}' is printed`);
    }
    claims.values.push(...values);
    at++;
  }
}
