import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** Draws of one stream, in order. The same seed, kind and number give the same stream, whatever else is drawn. */
export interface Draws {
  /** From 0, below 1. */
  uniform(): number;
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  /** Mean 0, standard deviation 1, never beyond 6. */
  normal(): number;
  isBelow(probability: number): boolean;
}

/** The stream of a thing: of a service, a question, a bundle, by its number. */
export function draws(seed: number, kind: string, number: number): Draws {
  const words = [seed | 0, Math.floor(seed / 2 ** 32) | 0, textHash(kind), number | 0];
  // Every word of the state depends on all four, so that neighbouring numbers have streams that do not resemble each other.
  const state = [1, 2, 3, 4].map((salt) => words.reduce((hash, word) => mixed(hash ^ word), mixed(salt)));
  const generator = xoroshiro128plusFromState(state);
  const uniform = () => (generator.next() >>> 0) / 2 ** 32;
  return {
    uniform,
    whole: (from, to) => from + Math.floor(uniform() * (to - from + 1)),
    // A sum of twelve uniforms: additions alone, so that every machine gets the same bits.
    normal: () => {
      let sum = -6;
      for (let term = 0; term < 12; term++) sum += uniform();
      return sum;
    },
    isBelow: (probability) => uniform() < probability,
  };
}

/** One of the values, by weights that need not sum to 1. */
export function weighted<T>({ uniform }: Draws, values: readonly T[], weights: readonly number[]): T {
  let left = uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [at, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return values[at] as T;
  }
  return values[weights.findLastIndex((weight) => weight > 0)] as T;
}

export const oneOf = <T>({ whole }: Draws, values: readonly T[]): T =>
  values[whole(0, values.length - 1)] as T;

/** The logistic function: from log-odds to a probability. */
export const probability = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

/** A 32-bit hash (FNV-1a) of a text: a number for a thing that has only a code. */
export function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

/** A permutation of 32-bit words in which every bit depends on every other (MurmurHash3's last step). */
function mixed(word: number): number {
  let hash = Math.imul(word ^ (word >>> 16) ^ 0x9e3779b9, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
