import { type EditionFile, kindOf } from './edition-file.js';

/** A sample of cases that an edition's standards are judged on. */
export interface Sample {
  /** Its name, as domains name it. */
  name: string;
  /** Its key in an inspection file. */
  key: string;
  /** Kinds of case that it may be made up of, each with the coarser kind that it is part of. */
  kinds: ReadonlyMap<string, string | undefined>;
}

/** The samples of an edition, in its order. */
export const samplesOf = ({ samples = [] }: Partial<Pick<EditionFile, 'samples'>>): Sample[] =>
  samples.map(({ sample, kinds = [] }) => ({
    name: sample,
    key: sample,
    kinds: new Map(kinds.map(kindOf).map(({ kind, part_of: partOf }) => [kind, partOf])),
  }));
