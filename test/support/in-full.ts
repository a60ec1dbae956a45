import { inject, test } from 'vitest';
import { draws } from '../../src/simulate/random.js';
import { seed } from './seed.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether the tests run as npm run test:long: each fault, and all that is drawn at random by the thousand. */
    isInFull: boolean;
  }
}

/** All of many like trials where the tests run in full; elsewhere some of them, which a seed chooses. */
export function someOf<T>(trials: readonly T[], count: number): T[] {
  if (isInFull() || trials.length <= count) return [...trials];
  const random = draws(seed, 'trials', trials.length);
  const places = new Set<number>();
  while (places.size < count) places.add(random.whole(0, trials.length - 1));
  return [...places].sort((a, b) => a - b).map((at) => trials[at] as T);
}

/** How often, or of how many, a thing is tried: a number for each run, and one where the tests run in full. */
export const times = (usual: number, inFull: number): number => (isInFull() ? inFull : usual);

/** Whether the tests run in full. */
export const isInFull = (): boolean => inject('isInFull');

/** A test that is there where the tests run in full, and else is not: of a kind that a shorter one tries as well. */
export function testInFull(name: string, work: () => Promise<void>, timeout?: number): void {
  if (isInFull()) test(name, work, timeout);
}
