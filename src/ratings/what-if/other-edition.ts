import { type Edition, type Rules, weightOf } from '../rules.js';

/** An edition whose rules are supposed for another edition's inspection. */
export interface OtherEdition {
  edition: Edition;
  /** Codes of the inspection's own standards, to the other edition's that continue them; one to one. */
  counterparts: ReadonlyMap<string, string>;
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
