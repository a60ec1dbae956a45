import { type Edition, type Rules, weightOf } from '../rules.js';

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

/**
 * An edition's rules in the codes of the inspection's own standards. What has no counterpart is left out, and named by its own code:
 * `missing` are standards that count, with how many times they do, `missingLimits` limits with what they look at besides.
 */
export function inOwnCodes(rules: Rules, { counterparts }: OtherEdition) {
  const ownCode = new Map([...counterparts].map(([own, other]) => [other, own]));
  const own = (codes: readonly string[]) => codes.flatMap((code) => ownCode.get(code) ?? []);
  const without = (codes: readonly string[]) => codes.filter((code) => !ownCode.has(code));
  const weights = rules.countingStandards.flatMap((code) => {
    const named = ownCode.get(code);
    return named === undefined ? [] : [[named, weightOf(rules, code)]];
  });
  const limits = rules.limits.map((limit) => ({ ...limit, standards: own(limit.standards) }));
  const missing = without(rules.countingStandards).sort();
  return {
    rules: {
      ...rules,
      countingStandards: own(rules.countingStandards),
      weights: Object.fromEntries(weights),
      limits: limits.filter(({ standards }) => standards.length > 0),
    },
    missing: new Map(missing.map((code) => [code, weightOf(rules, code)])),
    missingLimits: rules.limits.map((limit) => ({ ...limit, standards: without(limit.standards) })),
  };
}
