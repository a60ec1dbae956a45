import { type Edition, type Limit, type Rules, weightOf } from '../rules.js';

/** An edition whose rules are supposed for another edition's inspection. */
export interface OtherEdition {
  edition: Edition;
  /** Codes of the inspection's own standards, to the other edition's that continue them; one to one. */
  counterparts: ReadonlyMap<string, string>;
}

/** How many key questions of a standard go on in a standard of another edition. */
export interface Continuation {
  standard: string;
  counterpart: string;
  questions: number;
}

/**
 * Which standards of two editions correspond: those that share the most key questions by the crosswalk, one to one, and are
 * rated in the same way, from cases or by judgement. Each standard of an edition corresponds to itself.
 */
export function counterparts(
  own: Edition,
  other: Edition,
  continuations: readonly Continuation[],
): Map<string, string> {
  if (own.code === other.code) return new Map(own.standards.map(({ code }) => [code, code]));
  const found = new Map<string, string>();
  const basisIn = (edition: Edition, standard: string) =>
    edition.standards.find(({ code }) => code === standard)?.basis;
  for (const { standard, counterpart } of [...continuations].sort((a, b) => b.questions - a.questions)) {
    const isFree = !found.has(standard) && ![...found.values()].includes(counterpart);
    if (isFree && basisIn(own, standard) === basisIn(other, counterpart)) found.set(standard, counterpart);
  }
  return found;
}

/** Another edition's rules, with the inspection's own codes of standards. */
export interface CounterpartRules {
  rules: Rules;
  /** Codes of the other edition's standards that count and have no counterpart. */
  missing: string[];
  /** How many times the points of each of these count. */
  missingWeights: Record<string, number>;
  /** Its limiting judgements, each with those of its standards that have no counterpart, in its own codes. */
  missingLimits: Limit[];
}

/** Says an edition's rules in the codes of the inspection's own standards. What has no counterpart is left out, and named. */
export function counterpartRules(rules: Rules, { counterparts }: OtherEdition): CounterpartRules {
  const ownCode = new Map([...counterparts].map(([own, other]) => [other, own]));
  const own = (codes: readonly string[]) => codes.flatMap((code) => ownCode.get(code) ?? []);
  const without = (codes: readonly string[]) => codes.filter((code) => !ownCode.has(code));
  const weights = (named: (codes: readonly string[]) => string[]) =>
    Object.fromEntries(
      rules.countingStandards.flatMap((code) => named([code]).map((name) => [name, weightOf(rules, code)])),
    );
  return {
    rules: {
      ...rules,
      countingStandards: own(rules.countingStandards),
      weights: weights(own),
      limits: rules.limits
        .map((limit) => ({ ...limit, standards: own(limit.standards) }))
        .filter(({ standards }) => standards.length > 0),
    },
    missing: without(rules.countingStandards).sort(),
    missingWeights: weights(without),
    missingLimits: rules.limits.map((limit) => ({ ...limit, standards: without(limit.standards) })),
  };
}
