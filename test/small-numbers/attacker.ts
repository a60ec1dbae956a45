import { type Programme, type Sample, talliesOf } from './programme.js';
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
  totalOf,
} from './rule.js';

// Somebody who knows the rule and all that readers see, totals, sizes, sums of years and of all years, asks of every hidden figure whether it
// could be another number. It could when there is another world, in which it is, that looks the same: then nothing tells it. Such worlds
// are looked for by moving cases: two cases of a sample exchange their answers, or a case has another value; other inspections make
// up for it, or what is shown does not change. Of each world that is found all sums are reckoned anew, and compared with those that are
// seen. A figure for which no such world is found counts as told.

const answers = [0, 1, 2] as const;
type Answer = (typeof answers)[number];

export interface Found {
  hidden: number;
  told: string[];
}

export function attack(programmes: readonly Programme[], fewest: number): Found {
  const found: Found = { hidden: 0, told: [] };
  for (const { name, values, samples } of programmes) {
    const worlds = new Worlds(samples, fewest);
    for (const sample of samples)
      for (const { question, v, a, value } of hiddenIn(sample, fewest)) {
        found.hidden++;
        const isOpen =
          a === undefined
            ? answers.some((b) => worlds.withAnotherSize({ sample, question, v, a: b }))
            : worlds.withOtherAnswers({ sample, question, v, a }) ||
              worlds.withAnotherSize({ sample, question, v, a });
        if (isOpen) continue;
        const what = a === undefined ? 'cases' : ['yes', 'no', 'na'][a];
        found.told.push(`${name} ${sample.year} ${sample.name} ${question} ${values[v]}: ${value} ${what}`);
      }
  }
  return found;
}

/** A hidden figure: how many cases of a value there are, or were answered so. */
interface Hidden {
  question: string;
  v: number;
  a?: Answer;
  value: number;
}

function* hiddenIn(sample: Sample, fewest: number): Generator<Hidden> {
  let areSizesDone = false;
  for (const [question, split] of sample.questions) {
    const { sizes, answers: areAnswersShown } = shownOf(split, fewest, sample);
    const total = totalOf(split);
    for (const [v, row] of split.entries()) {
      if (!sizes && !areSizesDone) yield { question, v, value: sizeOf(row) };
      if (areAnswersShown || (sizes && sizeOf(row) === 0)) continue;
      // that nobody of the sample was answered so is published
      for (const a of answers) if (total[a] > 0) yield { question, v, a, value: row[a] };
    }
    areSizesDone = true;
  }
}

/** What of a world is another than it is: the answers of samples to a question. */
type Change = ReadonlyMap<Sample, Split>;

/** Worlds that look as this one does. */
class Worlds {
  private readonly seen = new Map<string, { tallies: Map<number, Tally>; sums: Sums; text: string }>();

  constructor(
    private readonly samples: readonly Sample[],
    private readonly fewest: number,
  ) {
    for (const question of new Set(samples.flatMap(({ questions }) => [...questions.keys()]))) {
      const tallies = talliesOf(samples, question, fewest);
      const sums = sumsOf([...tallies.values()], fewest);
      this.seen.set(question, { tallies, sums, text: JSON.stringify(sums) });
    }
  }

  /** Two cases of the sample exchange their answers to a question: one of the value, and one of another. */
  withOtherAnswers(figure: Figure): boolean {
    return this.exchangesUnseen(figure, new Map());
  }

  /** A case of the sample has another value: it comes to this one, or goes from it; then this answer is found more or less often. */
  withAnotherSize(figure: Figure): boolean {
    const { sample, question, v } = figure;
    const values = [...(sample.questions.get(question) as Split).keys()];
    for (const w of values) {
      if (w === v) continue;
      for (const [to, from] of [
        [v, w],
        [w, v],
      ] as const) {
        if (!this.staysHidden(sample, to, from)) continue;
        if (this.moves(figure, { to, from })) return true;
        for (const other of this.othersLike(sample))
          if (this.moves(figure, { to, from, other, back: [to, from] })) return true;
      }
    }
    // nor need the other inspection's case be of the same values, where what is shown has them together
    for (const w of values)
      for (const [to, from] of [
        [v, w],
        [w, v],
      ] as const) {
        if (w === v || !this.staysHidden(sample, to, from)) continue;
        for (const other of this.othersLike(sample))
          for (const x of values)
            for (const y of values)
              if (
                x !== y &&
                this.areTogether(question, x, to) &&
                this.areTogether(question, y, from) &&
                this.moves(figure, { to, from, other, back: [x, y] })
              )
                return true;
      }
    return false;
  }

  /** Other samples that were asked the same, those of the same year first. */
  private othersLike(sample: Sample): Sample[] {
    const others = this.samples.filter(
      (one) => one !== sample && one.questions.size === sample.questions.size,
    );
    return [
      ...others.filter(({ year }) => year === sample.year),
      ...others.filter(({ year }) => year !== sample.year),
    ];
  }

  /** Exchanges of answers in the sample after which the figure is another, and which nothing shows, or other inspections make up for. */
  private exchangesUnseen(figure: Figure, change: Change): boolean {
    const { sample, question, v, a } = figure;
    const own = this.splitOf(sample, question, change);
    return exchangesOf(own, v, a).some((exchange) => {
      const changed = new Map(change).set(sample, exchanged(own, exchange));
      return this.isUnseen(figure, changed) || this.isMadeUp(figure, changed, exchange);
    });
  }

  /** Whether other inspections make up for an exchange: one; two, by way of the third answer or of a third value; or more. */
  private isMadeUp(figure: Figure, change: Change, { v, w, gain, loss }: Exchange): boolean {
    const third = answers.find((b) => b !== gain && b !== loss) as Answer;
    const ways = (from: number, to: number): Exchange[][] => [
      [{ v: from, w: to, gain: loss, loss: gain }],
      [
        { v: from, w: to, gain: third, loss: gain },
        { v: from, w: to, gain: loss, loss: third },
      ],
    ];
    if (ways(v, w).some((steps) => this.isUnseenAfter(figure, change, steps))) return true;
    const values = [...this.splitOf(figure.sample, figure.question, change).keys()];
    return values.some(
      (x) =>
        x !== v &&
        x !== w &&
        ways(v, x).some((one) =>
          ways(x, w).some((two) => this.isUnseenAfter(figure, change, [...one, ...two])),
        ),
    );
  }

  /** Whether nothing shows a change after exchanges, each in an inspection of its own that nothing else has changed. */
  private isUnseenAfter(figure: Figure, change: Change, [step, ...steps]: Exchange[]): boolean {
    if (!step) return this.looksTheSame(figure.question, change);
    const { sample, question } = figure;
    const isSame = (v: number, w: number) => v === step.v && w === step.w;
    const isAsSeen = (v: number, w: number) =>
      !isSame(v, w) && this.areTogether(question, v, step.v) && this.areTogether(question, w, step.w);
    for (const isFit of [isSame, isAsSeen]) {
      let tried = 0;
      for (const other of this.othersLike(sample)) {
        const split = other.questions.get(question);
        if (change.has(other) || !split || shownOf(split, this.fewest, other).answers) continue;
        for (const v of split.keys())
          for (const w of split.keys()) {
            if (v === w || !isFit(v, w) || !at(split, v, step.loss) || !at(split, w, step.gain)) continue;
            const changed = new Map(change).set(other, exchanged(split, { ...step, v, w }));
            if (this.isUnseenAfter(figure, changed, steps)) return true;
            tried++;
          }
        // what does not go with so many will not go with others
        if (tried > 8) break;
      }
    }
    return false;
  }

  /** A case of the sample has another value, and so has one of another inspection, the other way round. */
  private moves(figure: Figure, { to, from, other, back }: Move): boolean {
    const { sample } = figure;
    if (other && back && !this.staysHidden(other, back[1], back[0])) return false;
    const pairs = function* (this: Worlds, question: string) {
      const [own, others] = [sample.questions.get(question) as Split, other?.questions.get(question)];
      if (other && !others) return;
      for (const b of answers) {
        if (!at(own, from, b)) continue;
        for (const c of other ? [b, ...answers.filter((one) => one !== b)] : [b]) {
          if (others && back && !at(others, back[0], c)) continue;
          const change = new Map([[sample, moved(own, to, from, b)]]);
          if (other && others && back) change.set(other, moved(others, back[1], back[0], c));
          if (this.isUnseen({ sample, question, v: to, a: b }, change)) yield { b, change };
        }
      }
    }.bind(this);
    for (const name of sample.questions.keys())
      if (name !== figure.question && pairs(name).next().done) return false;
    for (const { b, change } of pairs(figure.question))
      if (b === figure.a || this.exchangesUnseen(figure, change)) return true;
    return false;
  }

  /** Whether sizes are protected, and are so when a case has moved. */
  private staysHidden(sample: Sample, to: number, from: number): boolean {
    const [split] = [...sample.questions.values()] as [Split];
    if (sizeOf(split[from] as Answers) === 0 || shownOf(split, this.fewest, sample).sizes) return false;
    const sizes = split.map((row): Answers => [0, 0, sizeOf(row)]);
    return !shownOf(moved(sizes, to, from, 2), this.fewest, sample).sizes;
  }

  private splitOf(sample: Sample, question: string, change: Change): Split {
    return change.get(sample) ?? (sample.questions.get(question) as Split);
  }

  /** Whether two values are one for whoever sees the sum of all years. */
  private areTogether(question: string, v: number, w: number): boolean {
    const all = this.seen.get(question)?.sums.all as Sum;
    return v === w || (all[v] === null && all[w] === null);
  }

  /** Whether all that is shown of a question is the same after a change. */
  private looksTheSame(question: string, change: Change): boolean {
    const { tallies, text } = this.seen.get(question) as { tallies: Map<number, Tally>; text: string };
    const after = new Map(tallies);
    for (const [sample, split] of change) {
      const before = sample.questions.get(question) as Split;
      const [was, is] = [before, split].map((one) => shownOf(one, this.fewest, sample)) as [
        ReturnType<typeof shownOf>,
        ReturnType<typeof shownOf>,
      ];
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

  /**
   * Whether nothing shows a change by itself. Where a year, or all years, show nothing, they can do so as well because some values have none
   * of an answer, which others have in their place: nothing of what is seen of the inspections changes by that.
   */
  private isUnseen({ sample, question, v, a }: Figure, change: Change): boolean {
    if (this.looksTheSame(question, change)) return true;
    const { sums, tallies } = this.seen.get(question) as { sums: Sums; tallies: Map<number, Tally> };
    const year = [...tallies.keys()].indexOf(sample.year);
    const isHidden = (sum: Sum | undefined) => sum?.every((one) => !one) ?? false;
    const alike = this.samples.filter((one) => one.questions.has(question));
    const hidden = [
      ...(isHidden(sums.years[year]) ? [alike.filter((one) => one.year === sample.year)] : []),
      ...(isHidden(sums.all) ? [alike] : []),
    ];
    return hidden.some((some) => {
      const size = (u: number) =>
        some.reduce((sum, one) => sum + sizeOf(this.splitOf(one, question, change)[u] as Answers), 0);
      const smallestFirst = [...this.splitOf(sample, question, change).keys()].sort(
        (one, two) => size(one) - size(two),
      );
      const groups = [
        ...smallestFirst.map((u) => [u]),
        ...smallestFirst.map((_, n) => smallestFirst.slice(0, n)),
      ];
      return groups.some((group) =>
        answers.some((b) => {
          const without = new Map(change);
          for (const one of some) {
            const split = this.splitOf(one, question, change);
            if (shownOf(split, this.fewest, one).answers) continue;
            const rest = emptied(split, group, b, one === sample ? [v, a] : undefined);
            if (!rest) return false;
            without.set(one, rest);
          }
          return this.looksTheSame(question, without);
        }),
      );
    });
  }
}

/** A figure of a sample: how many cases of a value are answered so. */
interface Figure {
  sample: Sample;
  question: string;
  v: number;
  a: Answer;
}

/** A case goes from one value to another; in another inspection, back from the first of two values to the second. */
interface Move {
  to: number;
  from: number;
  other?: Sample;
  back?: readonly [number, number];
}

/** Exchanges after which a value has more, or fewer, of an answer. */
function exchangesOf(own: Split, v: number, a: Answer): Exchange[] {
  const all: Exchange[] = [];
  for (const w of own.keys())
    for (const b of answers) {
      if (w === v || b === a) continue;
      if (at(own, w, a) && at(own, v, b)) all.push({ v, w, gain: a, loss: b });
      if (at(own, w, b) && at(own, v, a)) all.push({ v, w, gain: b, loss: a });
    }
  return all;
}

/** A split in which no case of some values has an answer: others exchange theirs with it. But for a figure that stays as it is. */
function emptied(
  given: Split,
  group: number[],
  b: Answer,
  kept: [number, Answer] | undefined,
): Split | undefined {
  const stays = (v: number, a: Answer) => v === kept?.[0] && a === kept[1];
  let split = given;
  for (const u of group)
    while (at(split, u, b) > 0) {
      const exchange = [...split.keys()]
        .flatMap((w) => answers.map((c): Exchange => ({ v: u, w, gain: c, loss: b })))
        .find(
          ({ w, gain: c }) =>
            !group.includes(w) &&
            c !== b &&
            at(split, w, c) > 0 &&
            !stays(u, b) &&
            !stays(u, c) &&
            !stays(w, b) &&
            !stays(w, c),
        );
      if (!exchange) return undefined;
      split = exchanged(split, exchange);
    }
  return split;
}

/** A value gains one of an answer from another value, and gives it one of another answer. */
interface Exchange {
  v: number;
  w: number;
  gain: Answer;
  loss: Answer;
}

const at = (split: Split | undefined, v: number, a: Answer): number => split?.[v]?.[a] ?? 0;

function exchanged(split: Split, { v, w, gain, loss }: Exchange): Split {
  return moved(moved(split, v, w, gain), w, v, loss);
}

function moved(split: Split, to: number, from: number, a: Answer): Split {
  const other = split.map((row): Answers => [...row]);
  (other[to] as Answers)[a]++;
  (other[from] as Answers)[a]--;
  return other;
}
