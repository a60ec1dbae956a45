import { type EditionFile, kindOf } from './edition-entries.js';

/** A sample of cases that an edition's standards are judged on. */
export interface Sample {
  name: string;
  /** Kinds of case that it may be made up of, each with the coarser kind that it is part of. */
  kinds: ReadonlyMap<string, string | undefined>;
  /** By kind: other ways in which reports write it. */
  alsoWritten: ReadonlyMap<string, readonly string[]>;
}

/** The samples of an edition, in its order. */
export const samplesOf = ({ samples = [] }: Partial<Pick<EditionFile, 'samples'>>): Sample[] =>
  samples.map(({ sample: name, kinds: given = [] }) => {
    const kinds = given.map(kindOf);
    return {
      name,
      kinds: new Map(kinds.map(({ kind, part_of }) => [kind, part_of])),
      alsoWritten: new Map(kinds.map(({ kind, also = [] }) => [kind, also])),
    };
  });
