/** Answers of a group: yes, no, not applicable. */
export type Answers = [number, number, number];

/** A sample and a question, split by a characteristic: answers of each value that the edition has. */
export type Split = Answers[];

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

/** An inspection's part in the sum of a year. */
export interface Part {
  split: Split;
  shown: Shown;
}

/** Yes and no of each value over all inspections, null where protected, undefined where the value has no row. */
export function sumOf(parts: readonly Part[], fewest: number): ([number, number] | null | undefined)[] {
  const values = [...((parts[0] as Part).split.keys() as Iterable<number>)];
  const lists = ({ split, shown }: Part, v: number) => !shown.sizes || sizeOf(split[v] as Answers) > 0;
  const hidden = parts.filter(({ shown }) => !shown.answers);
  const sumBy = (some: readonly Part[], v: number, of: (row: Answers) => number) =>
    some.reduce((sum, { split }) => sum + of(split[v] as Answers), 0);
  const yes = ([count]: Answers) => count;
  const no = ([, count]: Answers) => count;
  const notApplicable = ([, , count]: Answers) => count;
  const all = values.map((v): [number, number] | undefined =>
    parts.some((part) => lists(part, v)) ? [sumBy(parts, v, yes), sumBy(parts, v, no)] : undefined,
  );
  const there = values.filter((v) => hidden.some((part) => lists(part, v)));
  const total = (of: (row: Answers) => number) => there.reduce((sum, v) => sum + sumBy(hidden, v, of), 0);
  if (total(yes) + total(no) === 0) return all;

  const areTwo = there.length < 3 && hidden.some(({ shown }) => !shown.sizes);
  const size = (v: number) => sumBy(hidden, v, sizeOf);
  const few = fewest * fewest;
  const small = new Set(there.filter((v) => size(v) < few));
  if (small.size > 0) {
    // whole sizes at a time, the smallest first
    const sizes = [...new Set(there.map(size))].sort((one, other) => one - other);
    for (const next of sizes) {
      if ([...small].reduce((sum, v) => sum + size(v), 0) >= few && small.size > 1) break;
      for (const v of there) if (size(v) === next) small.add(v);
    }
  }
  const blocks = there.filter((v) => !small.has(v)).map((v) => [v]);
  if (small.size > 0) blocks.push([...small]);
  const inBlock = (block: number[], of: (row: Answers) => number) =>
    block.reduce((sum, v) => sum + sumBy(hidden, v, of), 0);
  const isTold = [yes, no, notApplicable].some(
    (of) =>
      total(of) > 0 &&
      (hidden.filter(({ split }) => of(totalOf(split)) > 0).length < fewest ||
        blocks.some((block) => inBlock(block, of) === 0)),
  );
  const isFew = blocks.some((block) => inBlock(block, yes) + inBlock(block, no) < fewest);
  return values.map((v) =>
    all[v] === undefined ? undefined : small.has(v) || areTwo || isTold || isFew ? null : all[v],
  );
}
