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
  private readonly seen = new Map<string, string>();
  private readonly hiddenSums = new Set<string>();

  constructor(
    samples: readonly Sample[],
    private readonly sample: Sample,
    private readonly fewest: number,
  ) {
    this.others = samples.filter((one) => one !== sample);
    for (const [question, split] of sample.questions) {
      this.parts.set(
        question,
        this.others.flatMap((other) => this.partOf(other, other.questions.get(question))),
      );
      const parts = [...this.partOf(sample, split), ...(this.parts.get(question) as Part[])];
      const sum = sumOf(parts, fewest);
      this.seen.set(question, JSON.stringify(sum));
      if (sum.every((one) => !one)) this.hiddenSums.add(question);
    }
  }

  /** Two cases of the sample exchange their answers to a question: one of the value, and one of another. */
  withOtherAnswers(question: string, v: number, a: Answer): boolean {
    const own = this.sample.questions.get(question) as Split;
    return this.exchanges(own, v, a).some(
      (exchange) =>
        this.others.some((other) => this.makesUp(other, other.questions.get(question), exchange)) ||
        this.canBeHidden(question, exchanged(own, exchange), [v, a]),
    );
  }

  /** Exchanges after which the value has more, or fewer, of an answer. */
  private exchanges(own: Split, v: number, a: Answer): Exchange[] {
    const all: Exchange[] = [];
    for (const w of own.keys())
      for (const b of answers) {
        if (w === v || b === a) continue;
        if (at(own, w, a) && at(own, v, b)) all.push({ v, w, gain: a, loss: b });
        if (at(own, w, b) && at(own, v, a)) all.push({ v, w, gain: b, loss: a });
      }
    return all;
  }

  /** Whether in another inspection, in which nothing shows it, the opposite exchange is possible. */
  private makesUp(other: Sample, split: Split | undefined, { v, w, gain, loss }: Exchange): boolean {
    return (
      !!split &&
      at(split, v, gain) > 0 &&
      at(split, w, loss) > 0 &&
      !shownOf(split, this.fewest, other).answers
    );
  }

  /** A case of the sample has another value: it comes to this one, or goes from it; then this answer is found more or less often. */
  withAnotherSize(question: string, v: number, a: Answer): boolean {
    const own = this.sample.questions.get(question) as Split;
    for (const w of own.keys()) {
      if (w === v) continue;
      for (const [to, from] of [
        [v, w],
        [w, v],
      ] as const) {
        if (!this.staysHidden(this.sample, to, from)) continue;
        if (this.movesAlone(question, a, to, from)) return true;
        for (const other of this.others) if (this.movesWith(other, question, v, a, to, from)) return true;
      }
    }
    return false;
  }

  /** With a case of another inspection that moves the other way and has the same answers. */
  private movesWith(
    other: Sample,
    question: string,
    v: number,
    a: Answer,
    to: number,
    from: number,
  ): boolean {
    if (other.questions.size !== this.sample.questions.size || !this.staysHidden(other, from, to))
      return false;
    for (const name of this.sample.questions.keys())
      if (name !== question && !this.canMove(other, name, to, from)) return false;
    return this.pairs(other, question, to, from).some(({ b, own, others }) => {
      if (b === a) return true;
      // the case moves with an answer that is not the one in question, which it gets by an exchange then
      return this.exchanges(own, v, a).some(
        (exchange) =>
          this.others.some((one) =>
            this.makesUp(one, one === other ? others : one.questions.get(question), exchange),
          ) || this.canBeHidden(question, exchanged(own, exchange), [v, a], other, others),
      );
    });
  }

  private canMove(other: Sample, question: string, to: number, from: number): boolean {
    const [own, others] = [this.sample.questions.get(question), other.questions.get(question)];
    return (
      answers.some((b) => at(own, from, b) > 0 && at(others, to, b) > 0) ||
      (this.isSumHidden(question) && this.pairs(other, question, to, from).length > 0)
    );
  }

  /** Answers that the two cases can have, so that a question looks the same: first the same answer. */
  private pairs(other: Sample, question: string, to: number, from: number) {
    const [own, others] = [this.sample.questions.get(question) as Split, other.questions.get(question)];
    if (!others) return [];
    return answers.flatMap((b) =>
      answers.flatMap((c) => {
        if (!at(own, from, b) || !at(others, to, c)) return [];
        const pair = { b, own: moved(own, to, from, b), others: moved(others, from, to, c) };
        return b === c || this.canBeHidden(question, pair.own, [to, b], other, pair.others) ? [pair] : [];
      }),
    );
  }

  /** Alone, with answers that nothing shows. */
  private movesAlone(question: string, a: Answer, to: number, from: number): boolean {
    return [...this.sample.questions].every(([name, split]) =>
      answers.some(
        (b) =>
          (name !== question || b === a) &&
          at(split, from, b) > 0 &&
          // yes and no are summed
          this.canMoveAlone(name, moved(split, to, from, b), b, to),
      ),
    );
  }

  private canMoveAlone(question: string, split: Split, b: Answer, to: number): boolean {
    if (this.isSumHidden(question)) return this.canBeHidden(question, split, [to, b]);
    if (b !== 2) return false;
    const sum = sumOf(
      [...this.partOf(this.sample, split), ...(this.parts.get(question) as Part[])],
      this.fewest,
    );
    return JSON.stringify(sum) === this.seen.get(question);
  }

  /** Whether sizes are protected, and are so when a case has moved. */
  private staysHidden(sample: Sample, to: number, from: number): boolean {
    const [split] = [...sample.questions.values()] as [Split];
    if (sizeOf(split[from] as Answers) === 0 || shownOf(split, this.fewest, sample).sizes) return false;
    const sizes = split.map((row): Answers => [0, 0, sizeOf(row)]);
    return !shownOf(moved(sizes, to, from, 2), this.fewest, sample).sizes;
  }

  /** Whether nothing is shown of the sum of the year: then what moves can be of any answer. */
  private isSumHidden(question: string): boolean {
    return this.hiddenSums.has(question);
  }

  private partOf(sample: Sample, split: Split | undefined): Part[] {
    return split ? [{ split, shown: shownOf(split, this.fewest, sample) }] : [];
  }

  /**
   * Whether the sum of a year that hides all can hide all as well when the sample's answers, and another's, are these: it does, or it
   * would if a value had none of some answer, which others then have. Nothing of the sums of inspections changes by that.
   */
  private canBeHidden(
    question: string,
    split: Split,
    kept: [number, Answer],
    other?: Sample,
    others?: Split,
  ): boolean {
    if (!this.isSumHidden(question)) return false;
    const before = other?.questions.get(question);
    const parts = [
      ...this.partOf(this.sample, split),
      ...(this.parts.get(question) as Part[]).map((part) =>
        part.split === before ? { ...part, split: others as Split } : part,
      ),
    ];
    const isHidden = (some: Part[]) => sumOf(some, this.fewest).every((one) => !one);
    if (isHidden(parts)) return true;
    for (const u of split.keys())
      for (const b of answers) {
        const without = parts.map((part, at) => emptied(part, u, b, at === 0 ? kept : undefined));
        if (without.every((part) => part !== undefined) && isHidden(without as Part[])) return true;
      }
    return false;
  }
}

/** A part in which no case of a value has an answer: others exchange theirs with it. But for a figure that stays as it is. */
function emptied(part: Part, u: number, b: Answer, kept: [number, Answer] | undefined): Part | undefined {
  if (part.shown.answers) return part;
  const stays = (v: number, a: Answer) => v === kept?.[0] && a === kept[1];
  let { split } = part;
  while (at(split, u, b) > 0) {
    const exchange = [...split.keys()]
      .flatMap((w) => answers.map((c): Exchange => ({ v: u, w, gain: c, loss: b })))
      .find(
        ({ w, gain: c }) =>
          w !== u &&
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
