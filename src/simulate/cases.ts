import type { Framework } from '../framework/framework.js';
import { unknown } from '../import/bundle/case-codes.js';
import type { SampleEntry } from '../import/bundle/inspection-file.js';
import { type Draws, weighted } from './random.js';
import { type SampleWeights, simulationWeights } from './weights.js';

/** An invented case. */
export interface SimulatedCase {
  pseudonym: string;
  sample: string;
  /** Null where the edition names no kinds of case in the sample. */
  kind: string | null;
  /** Coded values by attribute, "not known" among them. */
  attributes: Record<string, string>;
}

/** How many cases each sample of the edition has. */
export function sampleSizes(random: Draws, framework: Framework): Map<string, number> {
  const { small_services: small, samples: known } = simulationWeights();
  const isSmall = random.isBelow(small);
  const size = random.uniform();
  // Drawn for all that are known, so that one more of them in an edition changes no other.
  const names = [...new Set([...Object.keys(known), ...framework.samples.keys()])];
  const sizes = new Map(names.map((name) => [name, sizeOf(random, known[name] ?? {}, { isSmall, size })]));
  return new Map([...framework.samples.keys()].sort().map((sample) => [sample, sizes.get(sample) ?? 0]));
}

/** Of a sample of which nothing is said. */
const usual = {
  of_small: [4, 8],
  of_others: { base: 8, range: 50, even: 0.3, drawn: 0.7 },
} satisfies SampleWeights;

function sizeOf(
  random: Draws,
  given: SampleWeights,
  { isSmall, size }: { isSmall: boolean; size: number },
): number {
  const { none, of_any: any, of_small: small = usual.of_small, of_others: others = usual.of_others } = given;
  if (none && random.isBelow(isSmall ? none.of_small : none.of_others)) return 0;
  if (any) return random.whole(...any);
  if (isSmall) return random.whole(...(small as [number, number]));
  return Math.floor(others.base + others.range * size * (others.even + others.drawn * random.uniform()));
}

/** The cases of an inspection, sample by sample, under pseudonyms in their order. */
export function drawCases(
  random: Draws,
  sizes: ReadonlyMap<string, number>,
  { framework, whiteShare }: { framework: Framework; whiteShare: number },
): SimulatedCase[] {
  const { samples, attributes } = simulationWeights();
  const cases: SimulatedCase[] = [];
  for (const [sample, size] of sizes) {
    const kinds = narrowest(framework.samples.get(sample)?.kinds ?? new Map());
    const ofKind = weightsOf(kinds, samples[sample]?.kinds);
    const drawn = framework.attributes.map(({ name, values }) => {
      const own = [...values.map(({ value }) => value), unknown];
      const given = samples[sample]?.attributes?.[name] ?? attributes[name];
      return [name, own, weightsOf(own, ofArea(name, given, whiteShare))] as const;
    });
    for (let n = 0; n < size; n++) {
      const one: SimulatedCase = {
        pseudonym: `C-${String(cases.length + 1).padStart(2, '0')}`,
        sample,
        kind: kinds.length > 0 ? weighted(random, kinds, ofKind) : null,
        attributes: {},
      };
      for (const [attribute, values, weights] of drawn)
        one.attributes[attribute] = weighted(random, values, weights);
      cases.push(one);
    }
  }
  return cases;
}

/** Weights in step with values; every value as likely as another where none is given. */
const weightsOf = (values: readonly string[], given: Record<string, number> | undefined): number[] =>
  values.map((value) => (given ? (given[value] ?? 0) : 1));

/** Weights with the value that depends on the service's area, and a few in a hundred that are not known. */
function ofArea(attribute: string, given: Record<string, number> | undefined, share: number) {
  const { by_area: byArea } = simulationWeights();
  if (attribute !== byArea.attribute || !given) return given;
  const others = Object.values(given).reduce((sum, weight) => sum + weight, 0);
  return {
    ...given,
    [byArea.value]: (others * share) / (1 - share),
    [unknown]: (byArea.not_known * others) / (1 - share),
  };
}

/** The kinds of case that have no finer ones, in the order of their names. */
function narrowest(kinds: ReadonlyMap<string, string | null>): string[] {
  const coarser = new Set(kinds.values());
  return [...kinds.keys()].filter((kind) => !coarser.has(kind)).sort();
}

/** A sample's entry in the inspection file: how many cases, and how many of each kind. */
export function sampleEntry(random: Draws, cases: readonly SimulatedCase[]): SampleEntry {
  const entry: SampleEntry = { cases: cases.length };
  for (const { kind } of cases)
    if (kind !== null) entry[kind] = ((entry[kind] as number | undefined) ?? 0) + 1;
  entry.case_manager_interviews = cases.length - Math.floor(cases.length * 0.25 * random.uniform());
  return entry;
}
