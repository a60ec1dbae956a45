import type { RulesEntry } from '../../import/edition/edition-file.js';
import type { DecisionSeen } from '../figures/discretion.js';
import type { ReadValue } from '../reading.js';
import type { Place } from '../report-document.js';
import { type Claims, confirm, contradiction, doubt, valueAt } from './claims.js';
import type { CountContext } from './counts.js';
import type { QuestionValues } from './figures.js';
import { impliedRating, placeOf } from './implied-ratings.js';

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
  const impliedOf = (standard: string) => impliedRating(standard, questions, rules, context);
  const all = context.edition.domains.flatMap(({ standards }) => standards);
  /** A mark can be read wrong too: the standard that it leads to has to be one that the decision can be of. */
  const isSound = ({ by, standard, from, to }: DecisionSeen) => {
    if (by !== 'mark') return false;
    const entry = all.find(({ code }) => code === standard);
    if (entry?.basis !== 'cases') return false;
    const implied = impliedOf(standard as string);
    const printed = valueAt(claims, 'standard_ratings', standard as string, 'rating')?.value;
    const fails = [
      from && implied?.isWhole && implied.rating !== from,
      to && printed && printed !== to,
      // Of damaged characters no mark is sure where the figures give the printed rating without a decision.
      context.isDamaged && implied && implied.rating === printed,
    ];
    return fails.filter(Boolean).length === 0;
  };
  const marked = new Set(decisions.filter(isSound).map(({ standard }) => standard));
  const cases = all.filter(({ basis, code }) => basis === 'cases' && !marked.has(code));
  const tied = decisions.map((decision): DecisionSeen => {
    if (isSound(decision)) return decision;
    const fitting = cases.filter(({ code }) => {
      const whole = impliedOf(code);
      // A figure that is lost may be the lowest one.
      const implied = whole?.isWhole || !context.isDamaged ? whole?.rating : undefined;
      const printed = valueAt(claims, 'standard_ratings', code, 'rating')?.value;
      return (
        implied !== undefined &&
        implied !== printed &&
        implied === (decision.from ?? implied) &&
        printed === (decision.to ?? printed)
      );
    });
    const { standard: _, ...rest } = decision;
    // Where damaged characters have a mark lead elsewhere, the figures may be the damaged ones.
    const isElsewhere = context.isDamaged && decision.by === 'mark' && decision.standard !== fitting[0]?.code;
    if (fitting.length === 1 && !isElsewhere) return { ...rest, standard: fitting[0]?.code as string };
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
    const implied = impliedRating(standard, questions, rules, context);
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
