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

/** The kinds of case that an entry gives numbers of. */
export const kindsOf = (entry: SampleEntry): [kind: string, cases: number][] =>
  Object.entries(entry).filter(([key]) => !notKinds.includes(key)) as [string, number][];

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
