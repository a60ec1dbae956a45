import { type Damage, damageName } from './damage.js';
import type { Outcome } from './read-one.js';
import { count, emptyGroups, type Measured, none } from './tally.js';

/** Sums up outcomes by damage, in the order that these are given in. */
export function gather(outcomes: readonly Outcome[], damages: readonly Damage[]): Measured[] {
  return damages.map((damage) => {
    const name = damageName(damage);
    const of = outcomes.filter((outcome) => damageName(outcome.damage) === name);
    const times = of.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
    const measured: Measured = {
      damage,
      reports: of.length,
      refused: of.filter(({ refused }) => refused !== undefined).length,
      broken: of.filter(({ broken }) => broken !== undefined).length,
      median: Math.round(times[Math.floor(times.length / 2)] ?? 0),
      longest: Math.round(times.at(-1) ?? 0),
      groups: emptyGroups(),
      styles: {},
    };
    for (const { style, edition, judged } of of)
      for (const one of judged) {
        count(measured.groups[one.group], one, one.isPrintedSo);
        const name = `${style}, ${edition}`;
        measured.styles[name] ??= none();
        count(measured.styles[name], one, one.isPrintedSo);
      }
    return measured;
  });
}
