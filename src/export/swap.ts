import { mkdirSync, readdirSync, renameSync, rmdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Moves a folder's old files out, into `replaced` within another, and new ones in from there; takes it all back, and
 * throws, when one can't be moved. In one go, without a turn for anything else: Ctrl-C comes before or after. `last`, which
 * lists the others, goes first and comes last, so that it never describes what is not there.
 */
export function swap(
  target: string,
  partial: string,
  { old, made, last }: { old: readonly string[]; made: readonly string[]; last: string },
): void {
  const listFirst = (names: readonly string[]) =>
    [...names].sort((one, other) => Number(other === last) - Number(one === last));
  const moves = [
    ...listFirst(old).map((name) => [path.join(target, name), path.join(partial, 'replaced', name)]),
    ...listFirst(made)
      .reverse()
      .map((name) => [path.join(partial, name), path.join(target, name)]),
  ] as [string, string][];
  const done: [string, string][] = [];
  try {
    for (const [from, to] of moves) {
      mkdirSync(path.dirname(to), { recursive: true });
      renameSync(from, to);
      done.push([from, to]);
    }
  } catch (error) {
    for (const [from, to] of done.reverse()) renameSync(to, from);
    throw error;
  }
  for (const name of old) removeEmpty(target, path.dirname(name));
}

/** Takes away a folder within another that nothing is left in, and what it lies in likewise. */
function removeEmpty(target: string, name: string): void {
  if (name === '.') return;
  const folder = path.join(target, name);
  try {
    if (readdirSync(folder).length > 0) return;
    rmdirSync(folder);
  } catch {
    return;
  }
  removeEmpty(target, path.dirname(name));
}
