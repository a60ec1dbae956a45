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
 * An edition's rules in the codes of the inspection's own standards. What counts or limits there and has no counterpart is `missing`: by
 * a name that is no own standard's, its own code.
 */
export function inOwnCodes(
  rules: Rules,
  counterparts: ReadonlyMap<string, string>,
): { rules: Rules; missing: Map<string, string> } {
  const own = new Map([...counterparts].map(([code, other]) => [other, code]));
  const missing = new Map<string, string>();
  const named = (code: string): string => {
    const found = own.get(code);
    if (found === undefined) missing.set(`the other ${code}`, code);
    return found ?? `the other ${code}`;
  };
  const counting = rules.countingStandards.map((code) => [named(code), weightOf(rules, code)] as const);
  return {
    rules: {
      ...rules,
      countingStandards: counting.map(([code]) => code),
      weights: Object.fromEntries(counting),
      limits: rules.limits.map((limit) => ({ ...limit, standards: limit.standards.map(named) })),
    },
    missing,
  };
}
