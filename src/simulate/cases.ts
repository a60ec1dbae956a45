import { type Attribute, attributes } from '../import/bundle/case-codes.js';
import type { SampleEntry } from '../import/bundle/inspection-file.js';
import type { Framework } from '../import/edition/framework.js';
import { type Draws, weighted } from './random.js';

/** An invented case: its characteristics are coded values. */
export interface SimulatedCase extends Record<Attribute, string> {
  pseudonym: string;
  sample: string;
  disposal: string;
}

type Weights = Record<string, number>;

const disposalWeights: Record<string, Weights> = {
  court: { referral_order: 54, youth_rehabilitation_order: 33, custodial_sentence: 10, other: 3 },
  'out of court': {
    youth_conditional_caution: 28,
    youth_caution: 18,
    community_resolution: 46,
    triage: 6,
    other: 2,
  },
  resettlement: { custodial_sentence: 96, other: 4 },
};

/** Of court and resettlement cases; those out of court are younger, and of less risk. */
const graver: Record<Attribute, Weights> = {
  gender: { female: 125, male: 860, 'another gender': 5, 'not known': 10 },
  age_band: { '10 to 14': 15, '15 to 17': 70, '18 and over': 13, 'not known': 2 },
  ethnicity: { Asian: 18, Black: 34, Mixed: 32, Other: 10 },
  risk_of_serious_harm: { low: 26, medium: 47, high: 22, 'very high': 3, 'not known': 2 },
  safety_and_wellbeing: { low: 18, medium: 48, high: 28, 'very high': 4, 'not known': 2 },
  looked_after: { yes: 22, no: 75, 'not known': 3 },
};
const slighter: Record<Attribute, Weights> = {
  ...graver,
  gender: { female: 180, male: 805, 'another gender': 5, 'not known': 10 },
  age_band: { '10 to 14': 36, '15 to 17': 60, '18 and over': 2, 'not known': 2 },
  risk_of_serious_harm: { low: 56, medium: 36, high: 6, 'very high': 0.5, 'not known': 1.5 },
  safety_and_wellbeing: { low: 45, medium: 42, high: 10, 'very high': 1, 'not known': 2 },
  looked_after: { yes: 10, no: 87, 'not known': 3 },
};

/** How many cases each sample of the edition has. */
export function sampleSizes(random: Draws, framework: Framework): Map<string, number> {
  const isSmall = random.isBelow(0.15);
  const size = random.uniform();
  const court = isSmall ? random.whole(4, 8) : Math.floor(9.3 + 53 * size * (0.53 + 0.47 * random.uniform()));
  const outOfCourt = isSmall ? random.whole(4, 8) : Math.floor(7.6 + 47 * size * random.uniform() + 3 * size);
  const resettlement = random.isBelow(isSmall ? 0.8 : 0.35) ? 0 : random.whole(1, 4);
  const sizes: Record<string, number> = { court, 'out of court': outOfCourt, resettlement };
  return new Map([...framework.questionnaires.keys()].sort().map((sample) => [sample, sizes[sample] ?? 0]));
}

/** The cases of an inspection, sample by sample, under pseudonyms in their order. */
export function drawCases(
  random: Draws,
  sizes: ReadonlyMap<string, number>,
  {
    framework,
    codes,
    whiteShare,
  }: { framework: Framework; codes: ReadonlyMap<Attribute, readonly string[]>; whiteShare: number },
): SimulatedCase[] {
  const cases: SimulatedCase[] = [];
  for (const [sample, size] of sizes) {
    const disposals = narrowest(framework.disposals.get(sample) ?? new Map());
    const ofDisposal = disposals.map((disposal) => disposalWeights[sample]?.[disposal] ?? 0);
    const weights = sample === 'out of court' ? slighter : graver;
    const others = Object.values(weights.ethnicity).reduce((sum, weight) => sum + weight, 0);
    // What is not white is as the service's area has it, and a few in a hundred are not known.
    const ethnicity = {
      ...weights.ethnicity,
      White: (others * whiteShare) / (1 - whiteShare),
      'not known': (0.04 * others) / (1 - whiteShare),
    };
    const drawn = attributes.map((attribute) => {
      const values = codes.get(attribute) ?? [];
      const known: Weights = attribute === 'ethnicity' ? ethnicity : weights[attribute];
      return [attribute, values, values.map((value) => known[value] ?? 0)] as const;
    });
    for (let n = 0; n < size; n++) {
      const one = {
        pseudonym: `C-${String(cases.length + 1).padStart(2, '0')}`,
        sample,
        disposal: weighted(random, disposals, ofDisposal),
      } as SimulatedCase;
      for (const [attribute, values, weights] of drawn) one[attribute] = weighted(random, values, weights);
      cases.push(one);
    }
  }
  return cases;
}

/** The disposals that have no finer ones, in the order of their codes. */
function narrowest(disposals: ReadonlyMap<string, string | null>): string[] {
  const coarser = new Set(disposals.values());
  return [...disposals.keys()].filter((disposal) => !coarser.has(disposal)).sort();
}

/** A sample's entry in the inspection file: how many cases, and how many of each disposal. */
export function sampleEntry(random: Draws, cases: readonly SimulatedCase[]): SampleEntry {
  const entry: SampleEntry = { cases: cases.length };
  for (const { disposal } of cases) entry[disposal] = ((entry[disposal] as number | undefined) ?? 0) + 1;
  entry.case_manager_interviews = cases.length - Math.floor(cases.length * 0.25 * random.uniform());
  return entry;
}
