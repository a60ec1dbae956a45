/** Numbers by how likely they are where one of them stands, before it is looked at. */
export type Weights = ReadonlyMap<number, number>;

/** What damage does to a digit and leaves a number, each as a share of all damage to characters. */
export type Ways = Readonly<Record<'lost' | 'doubled' | 'swapped' | 'replaced', number>>;

/**
 * How likely it is that a printed number is another one, damaged: by what could stand there, and what damage to a share of all characters
 * could have made of it.
 */
export function chanceOfAnother(
  printed: number,
  weights: Weights,
  { rate, ways }: { rate: number; ways: Ways },
): number {
  const same = weights.get(printed) ?? 0;
  let others = 0;
  for (const [number, weight] of weights)
    if (number !== printed) others += weight * rate * shareOf(ways, String(number), String(printed));
  return others === 0 ? 0 : others / (same + others);
}

/** Share of damage to one digit of a number that gives another number. */
function shareOf(ways: Ways, from: string, to: string): number {
  let share = 0;
  for (let at = 0; at < from.length; at++) {
    const [before, behind] = [from.slice(0, at), from.slice(at + 1)];
    if (before + behind === to) share += ways.lost;
    if (before + from[at] + from[at] + behind === to) share += ways.doubled;
    if (behind !== '' && before + behind[0] + from[at] + behind.slice(1) === to) share += ways.swapped;
    const isReplaced =
      to.length === from.length && to[at] !== from[at] && to.startsWith(before) && to.endsWith(behind);
    if (isReplaced) share += ways.replaced / 9;
  }
  return share;
}

/**
 * How likely each number of yes is among so many cases, where questions around it have that share of yes, and questions differ: weights of
 * a beta-binomial distribution.
 */
export function yesWeights(cases: number, share: number): Map<number, number> {
  const [a, b] = [share * alike, (1 - share) * alike];
  const weights = new Map<number, number>();
  let weight = 1;
  let sum = 0;
  for (let yes = 0; yes <= cases; yes++) {
    weights.set(yes, weight);
    sum += weight;
    weight *= ((cases - yes) / (yes + 1)) * ((yes + a) / (cases - yes - 1 + b));
  }
  for (const [yes, one] of weights) weights.set(yes, one / sum);
  return weights;
}

/** How much questions of a standard are alike, in cases: the more, the less they differ. */
const alike = 8;
