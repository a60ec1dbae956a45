/** Answers of a group: yes, no, not applicable. */
export type Answers = [number, number, number];

/** A sample and a question, split by a characteristic: answers of each value that the edition has. */
export type Split = Answers[];

const relevantOf = ([yes, no]: Answers) => yes + no;
export const sizeOf = ([yes, no, na]: Answers) => yes + no + na;
export const totalOf = (split: Split): Answers =>
  split.reduce<Answers>((sum, row) => [sum[0] + row[0], sum[1] + row[1], sum[2] + row[2]], [0, 0, 0]);

export interface Shown {
  sizes: boolean;
  answers: boolean;
}

/** What readers see of a split, as docs/model.md says it; `printed` where the report has the make-up of the sample. */
export function shownOf(split: Split, fewest: number, { printed = false, bounded = false } = {}): Shown {
  const sizes = split.map(sizeOf).filter((size) => size > 0);
  const smallest = Math.min(...sizes);
  const hidesSizes =
    !printed && split.length > 1 && (bounded || smallest < fewest || sizeOf(totalOf(split)) < 2 * fewest);
  if (hidesSizes) return { sizes: false, answers: false };
  const total = totalOf(split);
  const isToldByTotal = sizes.length < 2 || total.filter((count) => count > 0).length < 2;
  return { sizes: true, answers: isToldByTotal || smallest - total[2] >= fewest };
}

/** What the answers of inspections to a question come to, of each value: in all of them, and in those that hide them. */
export interface Tally {
  all: Answers[];
  hidden: Answers[];
  /** In how many inspections the value is listed, and might be hidden. */
  listed: number[];
  amongHidden: number[];
  /** Inspections that hide answers and have some yes, no, not applicable. */
  having: Answers;
  hidingSizes: number;
}

/** What one inspection adds to the sums. */
export function tallyOf(split: Split, shown: Shown): Tally {
  const lists = split.map((row) => Number(!shown.sizes || sizeOf(row) > 0));
  const none = split.map((): Answers => [0, 0, 0]);
  const having = totalOf(split).map((count) => Number(!shown.answers && count > 0)) as Answers;
  return {
    all: split,
    hidden: shown.answers ? none : split,
    listed: lists,
    amongHidden: shown.answers ? split.map(() => 0) : lists,
    having,
    hidingSizes: Number(!shown.sizes),
  };
}

/** All of some, each once, or less it. */
export function added(tallies: readonly { tally: Tally; times: 1 | -1 }[]): Tally {
  const first = (tallies[0] as { tally: Tally }).tally;
  const sum = (of: (tally: Tally) => number) =>
    tallies.reduce((all, { tally, times }) => all + times * of(tally), 0);
  const byAnswer = (of: (tally: Tally) => Answers | undefined) =>
    [0, 1, 2].map((a) => sum((tally) => of(tally)?.[a] ?? 0)) as Answers;
  return {
    all: first.all.map((_, v) => byAnswer(({ all }) => all[v])),
    hidden: first.all.map((_, v) => byAnswer(({ hidden }) => hidden[v])),
    listed: first.all.map((_, v) => sum(({ listed }) => listed[v] ?? 0)),
    amongHidden: first.all.map((_, v) => sum(({ amongHidden }) => amongHidden[v] ?? 0)),
    having: byAnswer(({ having }) => having),
    hidingSizes: sum(({ hidingSizes }) => hidingSizes),
  };
}

/** Yes and no of each value, null where protected, undefined where the value has no row. */
export type Sum = ([number, number] | null | undefined)[];

export interface Sums {
  years: Sum[];
  all: Sum;
}

/** What is shown of the answers of each year, in the order of years, and of all of them. */
export function sumsOf(years: readonly Tally[], fewest: number): Sums {
  const whole = added(years.map((tally) => ({ tally, times: 1 })));
  const few = fewest * fewest;
  const [small, smallInYears] = [smallOf(whole, few), smallOf(whole, few * years.length)];
  const isSafe = (tally: Tally, apart: Set<number>) =>
    valuesOf(tally).length === valuesOf(whole).length &&
    !(whole.hidingSizes > 0 && valuesOf(whole).length < 3) &&
    !isTold(tally, apart, fewest);

  // A year that is not shown leaves the sum of those that are not, which has to be as safe: others go with it, the smallest first.
  const hiding = years.filter((tally) => hides(tally));
  const unsafe = hiding.filter((tally) => !isSafe(tally, smallInYears));
  const bySize = hiding
    .filter((tally) => !unsafe.includes(tally))
    .sort((one, other) => relevantOf(totalOf(one.hidden)) - relevantOf(totalOf(other.hidden)));
  const along = [...bySize.keys(), bySize.length].find((count) => {
    const rest = [...unsafe, ...bySize.slice(0, count)];
    return rest.length === 0 || isSafe(added(rest.map((tally) => ({ tally, times: 1 }))), smallInYears);
  });
  const shown = along === undefined ? [] : bySize.slice(along);
  return {
    years: years.map((tally) => shownSum(tally, !hides(tally) || shown.includes(tally), smallInYears)),
    all: shownSum(whole, isSafe(whole, small), small),
  };
}

const hides = ({ hidden }: Tally) => totalOf(hidden)[0] + totalOf(hidden)[1] > 0;

const valuesOf = ({ amongHidden }: Tally) => [...amongHidden.keys()].filter((v) => amongHidden[v]);

function shownSum(tally: Tally, isShown: boolean, small: Set<number>): Sum {
  return tally.all.map(([yes, no], v) => {
    if (!tally.listed[v]) return undefined;
    return !hides(tally) || (isShown && !small.has(v)) ? [yes, no] : null;
  });
}

/** Values too small to stand alone: whole sizes at a time, the smallest first. */
function smallOf(tally: Tally, few: number): Set<number> {
  const values = valuesOf(tally);
  const size = (v: number) => relevantOf(tally.hidden[v] as Answers);
  const small = new Set(values.filter((v) => size(v) < few));
  if (small.size === 0) return small;
  for (const next of [...new Set(values.map(size))].sort((one, other) => one - other)) {
    if ([...small].reduce((sum, v) => sum + size(v), 0) >= few && small.size > 1) break;
    for (const v of values) if (size(v) === next) small.add(v);
  }
  return small;
}

/** Whether too much would follow of the hidden inspections, some values being shown together. */
function isTold(tally: Tally, together: Set<number>, fewest: number): boolean {
  const values = valuesOf(tally);
  const blocks = values.filter((v) => !together.has(v)).map((v) => [v]);
  if (together.size > 0) blocks.push([...together]);
  const sums = blocks.map((block) => totalOf(block.map((v) => tally.hidden[v] as Answers)));
  const isFew = sums.some((sum) => relevantOf(sum) < fewest * fewest);
  const lacks = totalOf(tally.hidden).some(
    (count, a) =>
      a < 2 && count > 0 && ((tally.having[a] as number) < fewest || sums.some((sum) => sum[a] === 0)),
  );
  return isFew || lacks;
}
