import { renameSync } from 'node:fs';
import path from 'node:path';
import { packageFile } from './names.js';

/**
 * Moves a folder's old files out, into `replaced` within another, and new ones in from there; takes it all back, and
 * throws, when one can't be moved. In one go, without a turn for anything else: Ctrl-C comes before or after. The package
 * file goes first and comes last, so that it never describes what is not there.
 */
export function swap(target: string, partial: string, old: readonly string[], made: readonly string[]): void {
  const packageFirst = (names: readonly string[]) =>
    [...names].sort((one, other) => Number(other === packageFile) - Number(one === packageFile));
  const moves = [
    ...packageFirst(old).map((name) => [path.join(target, name), path.join(partial, 'replaced', name)]),
    ...packageFirst(made)
      .reverse()
      .map((name) => [path.join(partial, name), path.join(target, name)]),
  ] as [string, string][];
  const done: [string, string][] = [];
  try {
    for (const [from, to] of moves) {
      renameSync(from, to);
      done.push([from, to]);
    }
  } catch (error) {
    for (const [from, to] of done.reverse()) renameSync(to, from);
    throw error;
  }
}
