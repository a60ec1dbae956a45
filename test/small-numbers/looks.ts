import { at, moved } from './moves.js';
import { type Sample, talliesOf } from './programme.js';
import {
  type Answers,
  added,
  type Split,
  type Sum,
  type Sums,
  shownOf,
  sizeOf,
  sumsOf,
  type Tally,
  tallyOf,
} from './rule.js';

// What of a world is seen, and of another one that differs from it in some answers.

/** What of a world is another than it is: the answers of samples to a question. */
export type Change = ReadonlyMap<Sample, Split>;

/** Of a question: the answers of each year, and what is seen of them. */
export interface Known {
  tallies: Map<number, Tally>;
  sums: Sums;
  text: string;
}

/** How many more are seen than are, by year (0: all years), value and answer. */
export type Seen = ReadonlyMap<string, number>;

export const sizeOfSeen = (seen: Seen) => [...seen.values()].reduce((sum, more) => sum + Math.abs(more), 0);

/** How a world looks. */
export class Looks {
  protected readonly seen = new Map<string, Known>();

  constructor(
    protected readonly samples: readonly Sample[],
    protected readonly fewest: number,
  ) {
    for (const question of new Set(samples.flatMap(({ questions }) => [...questions.keys()]))) {
      const tallies = talliesOf(samples, question, fewest);
      const sums = sumsOf([...tallies.values()], fewest);
      this.seen.set(question, { tallies, sums, text: JSON.stringify(sums) });
    }
  }

  /** Other samples that were asked the same, those of the same year first. */
  protected othersLike(sample: Sample): Sample[] {
    const others = this.samples.filter(
      (one) => one !== sample && one.questions.size === sample.questions.size,
    );
    return [
      ...others.filter(({ year }) => year === sample.year),
      ...others.filter(({ year }) => year !== sample.year),
    ];
  }

  /** What is seen of a change. */
  protected seenOfAll(question: string, change: Change): Seen {
    let seen: Seen = new Map();
    for (const [sample, split] of change)
      seen = this.seenOf(question, sample, sample.questions.get(question) as Split, split, seen);
    return seen;
  }

  /** What is seen of a change of one sample, with what is seen of others. */
  protected seenOf(question: string, sample: Sample, before: Split, after: Split, others: Seen): Seen {
    const { tallies, sums } = this.seen.get(question) as Known;
    const ofYear = sums.years[[...tallies.keys()].indexOf(sample.year)] as Sum;
    const seen = new Map(others);
    for (const [place, sum] of [
      [0, sums.all],
      [sample.year, ofYear],
    ] as const)
      for (const v of after.keys())
        for (const a of [0, 1] as const) {
          const more = at(after, v, a) - at(before, v, a);
          if (more === 0 || sum[v] === null) continue;
          const key = `${place} ${v} ${a}`;
          const all = (seen.get(key) ?? 0) + more;
          if (all === 0) seen.delete(key);
          else seen.set(key, all);
        }
    return seen;
  }

  /** Whether sizes are protected, and are so when a case has moved. */
  protected staysHidden(sample: Sample, to: number, from: number): boolean {
    const [split] = [...sample.questions.values()] as [Split];
    if (sizeOf(split[from] as Answers) === 0 || shownOf(split, this.fewest, sample).sizes) return false;
    const sizes = split.map((row): Answers => [0, 0, sizeOf(row)]);
    return !shownOf(moved(sizes, to, from, 2), this.fewest, sample).sizes;
  }

  protected splitOf(sample: Sample, question: string, change: Change): Split {
    return change.get(sample) ?? (sample.questions.get(question) as Split);
  }

  /** Whether two values are one for whoever sees the sum of all years. */
  protected areTogether(question: string, v: number, w: number): boolean {
    const all = this.seen.get(question)?.sums.all as Sum;
    return v === w || (all[v] === null && all[w] === null);
  }

  /** Whether all that is shown of a question is the same after a change. */
  protected looksTheSame(question: string, change: Change): boolean {
    const { tallies, text } = this.seen.get(question) as Known;
    const after = new Map(tallies);
    for (const [sample, split] of change) {
      const before = sample.questions.get(question) as Split;
      const was = shownOf(before, this.fewest, sample);
      const is = shownOf(split, this.fewest, sample);
      if (was.sizes !== is.sizes || was.answers !== is.answers || was.answers) return false;
      after.set(
        sample.year,
        added([
          { tally: after.get(sample.year) as Tally, times: 1 },
          { tally: tallyOf(before, was), times: -1 },
          { tally: tallyOf(split, is), times: 1 },
        ]),
      );
    }
    return JSON.stringify(sumsOf([...after.values()], this.fewest)) === text;
  }
}
