import type { Framework, Sample } from '../../framework/framework.js';
import type { ValuePath } from '../files/yaml-file.js';
import { plain } from './case-codes.js';
import type { InspectionFile, SampleEntry } from './inspection-file.js';

/** What a file says of a sample, and where; sample is undefined when the edition has none of that name. */
export interface SaidOfSample {
  path: ValuePath;
  key: string;
  entry: SampleEntry;
  sample: Sample | undefined;
}

/** What of a sample's entry is not a kind of case. */
const notKinds = ['cases', 'eligible_cases', 'case_manager_interviews', 'place'];

/** A number of cases of a kind, and how the file calls the kind. */
interface CasesOfKind {
  key: string;
  kind: string;
  cases: number;
}

/** The kinds of case that an entry gives numbers of. One that the sample does not have is as it is written. */
export const kindsOf = ({ entry, sample }: Pick<SaidOfSample, 'entry' | 'sample'>): CasesOfKind[] =>
  Object.entries(entry)
    .filter(([key]) => !notKinds.includes(key))
    .map(([key, cases]) => ({
      key,
      kind: (sample && kindNamed(sample, key)) ?? key,
      cases: cases as number,
    }));

/** The kind of case that is so called, or also so called. */
export function kindNamed({ kinds, alsoWritten }: Sample, written: string): string | undefined {
  const wanted = plainKind(written);
  return [...kinds.keys()].find((kind) =>
    [kind, ...(alsoWritten.get(kind) ?? [])].some((name) => plainKind(name) === wanted),
  );
}

/** A kind of case as names of kinds are compared. */
export const plainKind = (name: string): string => plain(name).replaceAll('-', ' ');

/**
 * What a file says of the samples. A sample goes by its name; in a file's key underscores stand for blanks, and what the edition calls
 * kinds of case may follow: court_disposals.
 */
export function saidOfSamples(
  { samples = {}, sample = {} }: Pick<InspectionFile, 'samples' | 'sample'>,
  framework: Pick<Framework, 'samples' | 'kindOfCase'>,
): SaidOfSample[] {
  const of = (section: string, entries: Record<string, SampleEntry>) =>
    Object.entries(entries).map(([key, entry]) => ({
      path: [section, key],
      key,
      entry,
      sample: sampleOfKey(key, framework),
    }));
  return [...of('samples', samples), ...of('sample', sample)];
}

export function sampleOfKey(
  key: string,
  { samples, kindOfCase }: Pick<Framework, 'samples' | 'kindOfCase'>,
): Sample | undefined {
  const called = plain(key.replaceAll('-', ' '));
  return [...samples.values()].find(({ name }) => {
    const own = plain(name.replaceAll('-', ' '));
    return called === own || called === `${own} ${plain(kindOfCase)}s`;
  });
}
