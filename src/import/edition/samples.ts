import { type SampleKey, sampleKeys } from '../bundle/inspection-file.js';
import type { EditionFile } from './edition-file.js';

/** A sample of cases that an edition's standards are judged on. */
export interface Sample {
  /** Its name, as domains name it. */
  name: string;
  /** Its key in an inspection file. */
  key: SampleKey;
  /** Kinds of disposals that it may be made up of, each with the coarser kind that it is part of. */
  disposals: ReadonlyMap<string, string | undefined>;
}

// Until editions declare them: what core.disposal is filled with, but for "other", which no report names.
const disposals: Record<string, [disposal: string, partOf?: string][]> = {
  court: [
    ['community_sentence'],
    ['referral_order', 'community_sentence'],
    ['youth_rehabilitation_order', 'community_sentence'],
    ['custodial_sentence'],
  ],
  'out of court': [['youth_conditional_caution'], ['youth_caution'], ['community_resolution'], ['triage']],
  resettlement: [['custodial_sentence']],
};

/** The samples of an edition, in the order of its domains. */
export function samplesOf({ domains }: Pick<EditionFile, 'domains'>): Sample[] {
  const names = new Set(domains.flatMap(({ sample }) => sample ?? []));
  return (Object.keys(sampleKeys) as SampleKey[])
    .map((key) => ({ key, name: sampleKeys[key] as string }))
    .filter(({ name }) => names.has(name))
    .map((one) => ({
      ...one,
      disposals: new Map((disposals[one.name] ?? []).map(([kind, of]) => [kind, of])),
    }));
}
