import type { Answers, Split } from './rule.js';

// Splits of a sample's cases by value and answer, and what can be moved in them.

export const answers = [0, 1, 2] as const;
/** Yes, no, not applicable. */
export type Answer = (typeof answers)[number];

/** Exchanges after which a value has more, or fewer, of an answer. */
export function exchangesOf(own: Split, v: number, a: Answer): Exchange[] {
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
export function emptied(
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
export interface Exchange {
  v: number;
  w: number;
  gain: Answer;
  loss: Answer;
}

export const at = (split: Split | undefined, v: number, a: Answer): number => split?.[v]?.[a] ?? 0;

export function exchanged(split: Split, { v, w, gain, loss }: Exchange): Split {
  return moved(moved(split, v, w, gain), w, v, loss);
}

export function moved(split: Split, to: number, from: number, a: Answer): Split {
  const other = split.map((row): Answers => [...row]);
  (other[to] as Answers)[a]++;
  (other[from] as Answers)[a]--;
  return other;
}
