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

/** The kinds of case that an entry gives numbers of, with the keys by which it does. One that the sample does not have is as it is written. */
export const kindsOf = ({
  entry,
  sample,
}: Pick<SaidOfSample, 'entry' | 'sample'>): { key: string; kind: string; cases: number }[] =>
  Object.entries(entry)
    .filter(([key]) => !notKinds.includes(key))
    .map(([key, cases]) => ({
      ...{ key, cases: cases as number },
      kind: (sample && kindNamed(sample, key)) ?? key,
    }));

/** The kind of case that is so called, or also so called. */
export function kindNamed({ kinds, alsoWritten }: Sample, written: string): string | undefined {
  const wanted = plainKind(written);
  return [...kinds.keys()].find((kind) =>
    [kind, ...(alsoWritten.get(kind) ?? [])].some((name) => plainKind(name) === wanted),
  );
}

/** A kind of case, or a sample, as such names are compared. */
export const plainKind = (name: string): string => plain(name).replaceAll('-', ' ');

/** The sample that is so called; what the edition calls kinds of case may follow (court_disposals). */
export function sampleNamed(
  { samples, kindOfCase }: Pick<Framework, 'samples' | 'kindOfCase'>,
  written: string,
): Sample | undefined {
  const called = plainKind(written);
  return [...samples.values()].find(({ name }) =>
    [plainKind(name), `${plainKind(name)} ${plain(kindOfCase)}s`].includes(called),
  );
}

/** What a file says of the samples. */
export const saidOfSamples = (
  { samples = {}, sample = {} }: Pick<InspectionFile, 'samples' | 'sample'>,
  framework: Pick<Framework, 'samples' | 'kindOfCase'>,
): SaidOfSample[] =>
  Object.entries({ samples, sample }).flatMap(([section, entries]) =>
    Object.entries(entries).map(([key, entry]) => ({
      ...{ path: [section, key], key, entry },
      sample: sampleNamed(framework, key),
    })),
  );
