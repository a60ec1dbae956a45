import type { Outcome } from './read-one.js';
import { count, emptyGroups, type Measured, none } from './tally.js';

/** Sums up outcomes by rate of damage, in the order of the rates. */
export function gather(outcomes: readonly Outcome[]): Measured[] {
  const rates = [...new Set(outcomes.map(({ rate }) => rate))].sort((a, b) => a - b);
  return rates.map((rate) => {
    const of = outcomes.filter((outcome) => outcome.rate === rate);
    const times = of.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
    const measured: Measured = {
      rate,
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
