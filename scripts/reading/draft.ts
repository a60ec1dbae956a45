import type { ReadValue } from '../../src/read/reading.js';
import { type Block, citation } from './blocks.js';

/** A value that an invented report prints, or whose cell it has lost. */
export interface True {
  path: ReadValue['path'];
  /** undefined when it is lost. */
  value: string | number | boolean | undefined;
  /** The block or row in which it stands. */
  key: string;
}

/** A report as it is being laid out, with what it says kept beside. */
export interface Draft {
  blocks: Block[];
  truth: True[];
  /** Footnotes by mark. */
  notes: Map<string, { text: string; key: string }>;
  add(...blocks: Block[]): void;
  /** Says that a value stands in the block or row of that key. */
  tell(path: True['path'], value: True['value'], key: string): void;
  /** Makes a footnote and gives its citation. One that is given a key again is the same footnote. */
  note(text: string, key?: string): string;
}

export function emptyDraft(): Draft {
  const notes: Draft['notes'] = new Map();
  const draft: Draft = {
    blocks: [],
    truth: [],
    notes,
    add: (...blocks) => void draft.blocks.push(...blocks),
    tell: (path, value, key) => void draft.truth.push({ path, value, key }),
    note: (text, key) => {
      for (const [mark, note] of notes) if (key !== undefined && note.key === key) return citation(mark);
      const mark = String(notes.size + 1);
      notes.set(mark, { text, key: key ?? `note ${mark}` });
      return citation(mark);
    },
  };
  return draft;
}
