import type { Mutant } from './mutant-rules.js';

/** A change that cannot be seen in anything that the database could ever hold. */
interface Equivalent extends Pick<Mutant, 'file' | 'before' | 'after'> {
  because: string;
}

const equivalents: Equivalent[] = [];

/** Why nothing can notice a mutant; undefined where something ought to. */
export const whyEquivalent = ({ file, before, after }: Mutant): string | undefined =>
  equivalents.find((known) => known.file === file && known.before === before && known.after === after)
    ?.because;
