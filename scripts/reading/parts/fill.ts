import { oneOf } from '../../../src/simulate/random.js';
import { fillers } from '../sentences.js';
import type { Making } from '../style.js';

/** Running text of some sentences that say nothing that is read. */
export function fill(making: Making, sentences: number): string {
  const chosen: string[] = [];
  while (chosen.length < sentences) {
    const next = inPlace(making, oneOf(making.random, fillers));
    if (!chosen.includes(next)) chosen.push(next);
  }
  return chosen.join(' ');
}

/** A sentence with the report's own words in it. */
export const inPlace = ({ words, inspected }: Making, sentence: string): string =>
  sentence
    .replaceAll('{team}', words.team)
    .replaceAll('{children}', words.children)
    .replaceAll('{child}', words.child)
    .replaceAll('{area}', inspected.service.area);

/** Some of the things, each once, in an order that chance gives. */
export function some<T>({ random }: Making, things: readonly T[], count: number): T[] {
  const left = [...things];
  const chosen: T[] = [];
  while (chosen.length < count && left.length > 0)
    chosen.push(...left.splice(random.whole(0, left.length - 1), 1));
  return chosen;
}
