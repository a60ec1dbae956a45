import type { Sample, Year } from './programme.js';
import { type Answers, type Part, type Split, shownOf, sizeOf, sumOf, totalOf } from './rule.js';

// Somebody who knows the rule and all that readers see, totals, sizes, sums of years, asks of every hidden figure whether it could be
// another number. It could when there is another world, in which it is, that looks the same: then nothing tells it. Such worlds are
// looked for by moving cases: two cases of a sample exchange their answers, or a case has another value; another inspection of the year
// makes up for it, or what is shown does not change. A figure for which no such world is found counts as told.

const answers = [0, 1, 2] as const;
type Answer = (typeof answers)[number];

export interface Found {
  hidden: number;
  told: string[];
}

export function attack(years: readonly Year[], fewest: number): Found {
  const found: Found = { hidden: 0, told: [] };
  for (const { name, values, samples } of years)
    for (const sample of samples) {
      const worlds = new Worlds(samples, sample, fewest);
      for (const { question, v, a, value } of hiddenIn(sample, fewest)) {
        found.hidden++;
        const isOpen =
          a === undefined
            ? answers.some((b) => worlds.withAnotherSize(question, v, b))
            : worlds.withOtherAnswers(question, v, a) || worlds.withAnotherSize(question, v, a);
        if (isOpen) continue;
        const what = a === undefined ? 'cases' : ['yes', 'no', 'na'][a];
        found.told.push(`${name} ${sample.name} ${question} ${values[v]}: ${value} ${what}`);
      }
    }
  return found;
}

/** A hidden figure: how many cases of a value there are, or were answered so. */
interface Figure {
  question: string;
  v: number;
  a?: Answer;
  value: number;
}

function* hiddenIn(sample: Sample, fewest: number): Generator<Figure> {
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

/** Worlds that look as this one does, and in which a figure of a sample is another. */
class Worlds {
  private readonly others: Sample[];
  private readonly parts = new Map<string, Part[]>();
  private readonly sums = new Map<string, ReturnType<typeof sumOf>>();

  constructor(
    samples: readonly Sample[],
    private readonly sample: Sample,
    private readonly fewest: number,
  ) {
    this.others = samples.filter((one) => one !== sample);
    for (const [question, split] of sample.questions) {
      const others = this.others.flatMap((other) => this.partOf(other, other.questions.get(question)));
      this.parts.set(question, others);
      this.sums.set(question, sumOf([...this.partOf(sample, split), ...others], fewest));
    }
  }

  /** Two cases of the sample exchange their answers to a question: one of the value, and one of another. */
  withOtherAnswers(question: string, v: number, a: Answer): boolean {
    return this.exchangesUnseen({ question, v, a }, this.sample.questions.get(question) as Split);
  }

  /** A case of the sample has another value: it comes to this one, or goes from it; then this answer is found more or less often. */
  withAnotherSize(question: string, v: number, a: Answer): boolean {
    const figure = { question, v, a };
    const values = [...(this.sample.questions.get(question) as Split).keys()];
    for (const w of values) {
      if (w === v) continue;
      for (const [to, from] of [
        [v, w],
        [w, v],
      ] as const) {
        if (!this.staysHidden(this.sample, to, from)) continue;
        if (this.moves(figure, { to, from })) return true;
        for (const other of this.others)
          if (this.moves(figure, { to, from, other, back: [to, from] })) return true;
      }
    }
    // nor need the other inspection's case be of the same values, where what is shown has them together
    for (const w of values)
      for (const [to, from] of [
        [v, w],
        [w, v],
      ] as const) {
        if (w === v || !this.staysHidden(this.sample, to, from)) continue;
        for (const other of this.others)
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

  /** Exchanges of answers in the sample after which the figure is another, and which nothing shows, or another inspection makes up for. */
  private exchangesUnseen(figure: At, own: Split, other?: Sample, others?: Split): boolean {
    const { question, v, a } = figure;
    return exchangesOf(own, v, a).some((exchange) => {
      if (this.isHidden(question)) return this.staysUnseen(figure, exchanged(own, exchange), other, others);
      if (this.areTogether(question, exchange.v, exchange.w)) return true;
      return this.areMadeUp(question, exchange, { other, others });
    });
  }

  /** Whether other inspections make up for an exchange: one; two, by way of the third answer or of a third value; or more. */
  private areMadeUp(question: string, exchange: Exchange, changed: Changed): boolean {
    const { v, w, gain, loss } = exchange;
    const by = (step: Partial<Exchange>) => this.makingUp(question, { ...exchange, ...step }, changed);
    const third = answers.find((b) => b !== gain && b !== loss) as Answer;
    /** Each step in an inspection of its own. */
    const areApart = (steps: Sample[][], used: Sample[] = []): boolean => {
      const [first, ...rest] = steps;
      return !first || first.some((one) => !used.includes(one) && areApart(rest, [...used, one]));
    };
    const ways = (from: number, to: number) => [
      [by({ v: from, w: to })],
      [by({ v: from, w: to, loss: third }), by({ v: from, w: to, gain: third })],
    ];
    if (ways(v, w).some((steps) => areApart(steps))) return true;
    const values = [...(this.sample.questions.get(question) as Split).keys()];
    return values.some(
      (x) =>
        x !== v && x !== w && ways(v, x).some((one) => ways(x, w).some((two) => areApart([...one, ...two]))),
    );
  }

  /** Other inspections in which the opposite of an exchange can be, and nothing shows it. */
  private makingUp(question: string, { v, w, gain, loss }: Exchange, { other, others }: Changed): Sample[] {
    return this.others.filter((one) => {
      const split = one === other ? others : one.questions.get(question);
      if (!split || shownOf(split, this.fewest, one).answers) return false;
      const values = [...split.keys()];
      return (
        values.some((x) => this.areTogether(question, x, v) && at(split, x, gain) > 0) &&
        values.some((y) => this.areTogether(question, y, w) && at(split, y, loss) > 0)
      );
    });
  }

  /** A case of the sample has another value, and so has one of another inspection, the other way round. */
  private moves(figure: At, { to, from, other, back }: Move): boolean {
    if (other && back) {
      if (other.questions.size !== this.sample.questions.size) return false;
      if (!this.staysHidden(other, back[1], back[0])) return false;
    }
    const pairs = function* (this: Worlds, question: string) {
      const [own, others] = [this.sample.questions.get(question) as Split, other?.questions.get(question)];
      if (other && !others) return;
      for (const b of answers) {
        if (!at(own, from, b)) continue;
        for (const c of other ? [b, ...answers.filter((one) => one !== b)] : [b]) {
          if (others && back && !at(others, back[0], c)) continue;
          const pair = {
            b,
            own: moved(own, to, from, b),
            others: others && back && moved(others, back[1], back[0], c),
          };
          const isSame = other && b === c && back?.[0] === to && back[1] === from;
          const kept = { question, v: to, a: b };
          if (isSame || this.staysUnseen(kept, pair.own, other, pair.others)) yield pair;
        }
      }
    }.bind(this);
    for (const name of this.sample.questions.keys())
      if (name !== figure.question && pairs(name).next().done) return false;
    for (const { b, own, others } of pairs(figure.question))
      if (b === figure.a || this.exchangesUnseen(figure, own, other, others)) return true;
    return false;
  }

  /** Whether sizes are protected, and are so when a case has moved. */
  private staysHidden(sample: Sample, to: number, from: number): boolean {
    const [split] = [...sample.questions.values()] as [Split];
    if (sizeOf(split[from] as Answers) === 0 || shownOf(split, this.fewest, sample).sizes) return false;
    const sizes = split.map((row): Answers => [0, 0, sizeOf(row)]);
    return !shownOf(moved(sizes, to, from, 2), this.fewest, sample).sizes;
  }

  private partOf(sample: Sample, split: Split | undefined): Part[] {
    return split ? [{ split, shown: shownOf(split, this.fewest, sample) }] : [];
  }

  /** Whether nothing is shown of the sum of the year. */
  private isHidden(question: string): boolean {
    return this.sums.get(question)?.every((one) => !one) ?? false;
  }

  /** Whether two values are one for whoever sees the sum of the year. */
  private areTogether(question: string, v: number, w: number): boolean {
    const sum = this.sums.get(question);
    return v === w || (sum?.[v] === null && sum[w] === null);
  }

  /**
   * Whether the sum of a year is the same when the sample's answers, and another's, are these. One that hides all can do so as well
   * when values together have none of some answer, which others then have: nothing of what is seen of the inspections changes by that.
   */
  private staysUnseen({ question, v, a }: At, split: Split, other?: Sample, others?: Split): boolean {
    const before = other?.questions.get(question);
    const parts = [
      ...this.partOf(this.sample, split),
      ...(this.parts.get(question) as Part[]).map((part) =>
        part.split === before ? { ...part, split: others as Split } : part,
      ),
    ];
    const isSame = (some: Part[]) =>
      JSON.stringify(sumOf(some, this.fewest)) === JSON.stringify(this.sums.get(question));
    if (isSame(parts)) return true;
    if (!this.isHidden(question)) return false;
    const size = (u: number) => parts.reduce((sum, part) => sum + sizeOf(part.split[u] as Answers), 0);
    const smallestFirst = [...split.keys()].sort((one, two) => size(one) - size(two));
    const some = [
      ...smallestFirst.map((u) => [u]),
      ...smallestFirst.map((_, at) => smallestFirst.slice(0, at)),
    ];
    for (const group of some)
      for (const b of answers) {
        const without = parts.map((part, at) => emptied(part, group, b, at === 0 ? [v, a] : undefined));
        if (without.every((part) => part !== undefined) && isSame(without as Part[])) return true;
      }
    return false;
  }
}

/** Another inspection, and its answers to a question after a move. */
interface Changed {
  other: Sample | undefined;
  others: Split | undefined;
}

/** Where a figure is. */
interface At {
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

/** A part in which no case of some values has an answer: others exchange theirs with it. But for a figure that stays as it is. */
function emptied(
  part: Part,
  group: number[],
  b: Answer,
  kept: [number, Answer] | undefined,
): Part | undefined {
  if (part.shown.answers) return part;
  const stays = (v: number, a: Answer) => v === kept?.[0] && a === kept[1];
  let { split } = part;
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
  return { ...part, split };
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
