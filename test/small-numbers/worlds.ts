import { type Change, type Known, Looks, type Seen, sizeOfSeen } from './looks.js';
import { type Answer, answers, at, emptied, exchanged, exchangesOf, moved } from './moves.js';
import type { Sample } from './programme.js';
import { type Split, type Sum, shownOf } from './rule.js';

/** Worlds that look as this one does: searched for by moving cases. */
export class Worlds extends Looks {
  /** Two cases of the sample exchange their answers to a question: one of the value, and one of another. */
  withOtherAnswers(figure: Figure): boolean {
    return ([0, 1, 2] as const).some((effort) => this.exchangesUnseen(figure, new Map(), effort));
  }

  /**
   * A case of the sample has another value: it comes to this one, or goes from it; then this answer is found more or less often. First
   * what nothing shows by itself is tried, then what others make up for.
   */
  withAnotherSize(figure: Figure): boolean {
    return ([0, 1, 2] as const).some((effort) => this.othersMoved(figure, effort));
  }

  private othersMoved(figure: Figure, effort: Effort): boolean {
    const { sample, question, v } = figure;
    const values = [...(sample.questions.get(question) as Split).keys()];
    const moves = values
      .filter((w) => w !== v)
      .flatMap((w) => [
        { to: v, from: w, effort },
        { to: w, from: v, effort },
      ])
      .filter(({ to, from }) => this.staysHidden(sample, to, from));
    if (moves.some((move) => this.moves(figure, move))) return true;
    for (const other of this.othersLike(sample).slice(0, effort === 2 ? 4 : undefined))
      for (const { to, from } of moves) {
        if (this.moves(figure, { to, from, effort, other, back: [to, from] })) return true;
        // nor need the other inspection's case be of the same values, where what is shown has them together
        for (const x of values)
          for (const y of values)
            if (
              x !== y &&
              !(x === to && y === from) &&
              this.areTogether(question, x, to) &&
              this.areTogether(question, y, from) &&
              this.moves(figure, { to, from, effort, other, back: [x, y] })
            )
              return true;
      }
    return false;
  }

  /** Exchanges of answers in the sample after which the figure is another, and which nothing shows, or other inspections make up for. */
  private exchangesUnseen(figure: Figure, change: Change, effort: Effort): boolean {
    const { sample, question, v, a } = figure;
    const own = this.splitOf(sample, question, change);
    return exchangesOf(own, v, a).some((exchange) =>
      this.isUnseen(figure, new Map(change).set(sample, exchanged(own, exchange)), effort),
    );
  }

  /**
   * Whether nothing shows a change once other inspections have exchanged answers too, few at most: each takes from what is seen of the
   * change, what leaves the least to be seen first.
   */
  private isMadeUp(figure: Figure, change: Change, { seen, steps, tried, frozen }: Making): boolean {
    const { sample, question } = figure;
    if (seen.size === 0) return this.looksTheSame(question, change);
    if (steps === 0 || seen.size > 4 * steps) return false;
    const state = `${steps} ${[...seen].sort().join(' ')}`;
    if (tried.has(state) || tried.size > 300) return false;
    tried.add(state);
    // a year first, as its inspections are fewer
    const place = [...seen.keys()].sort().at(-1) as string;
    const [year, value, answer] = place.split(' ').map(Number) as [number, number, Answer];
    const ways: { other: Sample; split: Split; left: Seen }[] = [];
    const known = new Set<string>();
    for (const other of this.othersLike(sample)) {
      const before = other.questions.get(question);
      if (
        !before ||
        frozen?.has(other) ||
        (year && other.year !== year) ||
        shownOf(before, this.fewest, other).answers
      )
        continue;
      const split = this.splitOf(other, question, change);
      const isMore = (seen.get(place) as number) > 0;
      for (const exchange of exchangesOf(split, value, answer)) {
        if ((isMore ? exchange.loss : exchange.gain) !== answer) continue;
        const kind = [other.year, ...Object.values(exchange)].join(' ');
        if (known.has(kind)) continue;
        known.add(kind);
        const changed = exchanged(split, exchange);
        ways.push({ other, split: changed, left: this.seenOf(question, other, split, changed, seen) });
      }
    }
    ways.sort((one, two) => sizeOfSeen(one.left) - sizeOfSeen(two.left));
    return ways.slice(0, steps > 5 ? 2 : 6).some(({ other, split, left }) =>
      this.isMadeUp(figure, new Map(change).set(other, split), {
        seen: left,
        steps: steps - 1,
        tried,
        frozen,
      }),
    );
  }

  /** A case of the sample has another value, and so has one of another inspection, the other way round. */
  private moves(figure: Figure, { to, from, effort, other, back }: Move): boolean {
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
          if (this.isUnseen({ sample, question, v: to, a: b }, change, effort)) yield { b, change };
        }
      }
    }.bind(this);
    for (const name of sample.questions.keys())
      if (name !== figure.question && pairs(name).next().done) return false;
    for (const { b, change } of pairs(figure.question))
      if (b === figure.a || this.exchangesUnseen(figure, change, effort)) return true;
    return false;
  }

  /**
   * Whether nothing shows a change, by itself or once other inspections have made up for it. Where a year, or all years, show nothing,
   * they can do so as well because some values have none of an answer, which others have in their place: nothing of what is seen of the
   * inspections changes by that.
   */
  private isUnseen(figure: Figure, change: Change, effort: Effort): boolean {
    const { sample, question } = figure;
    if (this.looksTheSame(question, change)) return true;
    if (effort === 0) return false;
    const seen = this.seenOfAll(question, change);
    if (
      seen.size > 0 &&
      (effort === 1 ? [1, 2] : [3, 5]).some((steps) =>
        this.isMadeUp(figure, change, { seen, steps, tried: new Set() }),
      )
    )
      return true;
    if (effort === 1) return false;
    const { sums, tallies } = this.seen.get(question) as Known;
    const year = [...tallies.keys()].indexOf(sample.year);
    const isHidden = (sum: Sum | undefined) => sum?.every((one) => !one) ?? false;
    const alike = this.samples.filter(
      (one) =>
        one.questions.has(question) &&
        !shownOf(this.splitOf(one, question, new Map()), this.fewest, one).answers,
    );
    const hidden = [
      ...(isHidden(sums.years[year]) ? [alike.filter((one) => one.year === sample.year)] : []),
      ...(isHidden(sums.all) ? [alike] : []),
    ];
    return hidden.some((some) => this.lacksAnother(figure, change, some));
  }

  /**
   * Whether samples can show nothing because some values have none of another answer, which others have in their place: of few cases
   * first. What is seen of that elsewhere is made up for.
   */
  private lacksAnother(figure: Figure, change: Change, some: readonly Sample[]): boolean {
    const { sample, question, v, a } = figure;
    const values = [...this.splitOf(sample, question, change).keys()];
    const count = (group: number[], b: Answer) =>
      some.reduce(
        (sum, one) => sum + group.reduce((all, u) => all + at(this.splitOf(one, question, change), u, b), 0),
        0,
      );
    const size = (u: number) => answers.reduce<number>((sum, b) => sum + count([u], b), 0);
    const smallestFirst = [...values].sort((one, two) => size(one) - size(two));
    const groups = [
      ...values.map((u) => [u]),
      ...values.slice(2).map((_, n) => smallestFirst.slice(0, n + 2)),
    ];
    const lacks = groups
      .flatMap((group) => answers.map((b) => ({ group, b, cases: count(group, b) })))
      .sort((one, two) => one.cases - two.cases);
    const value = at(this.splitOf(sample, question, new Map()), v, a);
    return lacks.some(({ group, b, cases }, n) =>
      // the figure stays as the change has it, or becomes another again
      [[v, a] as [number, Answer], undefined].some((kept) => {
        const without = new Map(change);
        for (const one of some) {
          const rest = emptied(
            this.splitOf(one, question, change),
            group,
            b,
            one === sample ? kept : undefined,
          );
          if (!rest || (one === sample && at(rest, v, a) === value)) return false;
          without.set(one, rest);
        }
        if (this.looksTheSame(question, without)) return true;
        if (n > 8 || cases > 12) return false;
        return this.isMadeUp(figure, without, {
          seen: this.seenOfAll(question, without),
          steps: 2 * cases + 4,
          tried: new Set(),
          frozen: new Set(some),
        });
      }),
    );
  }
}

/** What is left to be made up, in so many steps, and what did not go. */
interface Making {
  seen: Seen;
  steps: number;
  tried: Set<string>;
  /** What is not to be changed again. */
  frozen?: Set<Sample> | undefined;
}

/** A figure of a sample: how many cases of a value are answered so. */
interface Figure {
  sample: Sample;
  question: string;
  v: number;
  a: Answer;
}

/** How far worlds are looked for: what looks the same by itself; what few others make up for; all. */
type Effort = 0 | 1 | 2;

/** A case goes from one value to another; in another inspection, back from the first of two values to the second. */
interface Move {
  effort: Effort;
  to: number;
  from: number;
  other?: Sample;
  back?: readonly [number, number];
}
