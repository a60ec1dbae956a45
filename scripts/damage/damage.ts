import { asCsv, wide } from '../../test/support/case-files.js';
import type { Files, Form, Kind, Outcome, Tools } from './changes.js';
import { kinds } from './kinds.js';

/** A bundle that was damaged: what was done to it, and its files after that. */
export interface Damaged {
  what: string;
  outcome: Outcome;
  files: Files;
}

/** A good bundle, still as rows of cells: the headings first. */
export interface GoodBundle {
  inspection: string;
  cases: string[][];
  /** long: case, question, answer */
  answers: string[][];
}

type Table = 'cases.csv' | 'answers.csv';

/** The files of a good bundle; its answers a row an answer, or a row a case. */
export function filesOf({ inspection, cases, answers }: GoodBundle, form: Form): Files {
  return {
    'inspection.yaml': Buffer.from(inspection),
    'cases.csv': Buffer.from(asCsv(cases)),
    'answers.csv': Buffer.from(asCsv(form === 'wide' ? wide(answers) : answers)),
  };
}

/** Damages a good bundle: every other seed its long form, and every kind of damage in turn. */
export function damaged(good: GoodBundle, seed: number): Damaged {
  const form = seed % 2 === 0 ? 'long' : 'wide';
  const kind = kinds[Math.floor(seed / 2) % kinds.length] as Kind;
  const tools = toolsOf(seed, form);
  const files = filesOf(good, form);
  const table: Table = tools.chance(4) ? 'cases.csv' : 'answers.csv';
  const target = kind.of ?? table;
  const outcome = typeof kind.outcome === 'function' ? kind.outcome(target) : kind.outcome;
  kind.damage(files, target, tools);
  return { what: `seed ${seed}: ${form}, ${target}: ${kind.what}`, outcome, files };
}

/** Dice: mulberry32, the same numbers for the same seed everywhere. */
function toolsOf(seed: number, form: Form): Tools {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (size: number) => Math.floor(next() * size);
  return {
    form,
    below,
    chance: (oneIn) => below(oneIn) === 0,
    pick: <T>(things: readonly T[]) => things[below(things.length)] as T,
  };
}
