import type { Framework } from '../framework/framework.js';
import { unknown } from '../import/bundle/case-codes.js';
import type { SampleEntry } from '../import/bundle/inspection-file.js';
import { type SampleWeights, simulationWords, type Weights } from './material.js';
import { type Draws, weighted } from './random.js';

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
  const { small_services: small, samples: known } = simulationWords();
  const isSmall = random.isBelow(small);
  const share = random.uniform();
  const sizeOf = ({ none, of_any: any, ...given }: SampleWeights): number => {
    // Of a sample of which nothing is said.
    const { of_small: few = [4, 8], of_others: others = { base: 8, range: 50, even: 0.3, drawn: 0.7 } } =
      given;
    if (none && random.isBelow(isSmall ? none.of_small : none.of_others)) return 0;
    if (any) return random.whole(...any);
    if (isSmall) return random.whole(...few);
    return Math.floor(others.base + others.range * share * (others.even + others.drawn * random.uniform()));
  };
  // Drawn for all that are known, so that one more of them in an edition changes no other.
  const names = new Set([...Object.keys(known), ...framework.samples.keys()]);
  const sizes = new Map([...names].map((name) => [name, sizeOf(known[name] ?? {})]));
  return new Map([...framework.samples.keys()].sort().map((sample) => [sample, sizes.get(sample) ?? 0]));
}

/** The cases of an inspection, sample by sample, under pseudonyms in their order. */
export function drawCases(
  random: Draws,
  sizes: ReadonlyMap<string, number>,
  { framework, whiteShare }: { framework: Framework; whiteShare: number },
): SimulatedCase[] {
  const { samples, attributes: usual } = simulationWords();
  const cases: SimulatedCase[] = [];
  for (const [sample, size] of sizes) {
    const coarser = framework.samples.get(sample)?.kinds ?? new Map<string, string | null>();
    const kinds = [...coarser.keys()].filter((kind) => ![...coarser.values()].includes(kind)).sort();
    const ofKind = weightsOf(kinds, samples[sample]?.kinds);
    const drawn = framework.attributes.map(({ name, values }) => {
      const own = [...values.map(({ value }) => value), unknown];
      const given = samples[sample]?.attributes?.[name] ?? usual[name];
      return [name, own, weightsOf(own, ofArea(name, given, whiteShare))] as const;
    });
    for (let n = 0; n < size; n++) {
      const pseudonym = `C-${String(cases.length + 1).padStart(2, '0')}`;
      const kind = kinds.length > 0 ? weighted(random, kinds, ofKind) : null;
      const attributes = Object.fromEntries(
        drawn.map(([name, values, weights]) => [name, weighted(random, values, weights)]),
      );
      cases.push({ pseudonym, sample, kind, attributes });
    }
  }
  return cases;
}

/** Weights in step with values; every value as likely as another where none is given. */
const weightsOf = (values: readonly string[], given: Weights | undefined): number[] =>
  values.map((value) => (given ? (given[value] ?? 0) : 1));

/** Weights with the value that depends on the service's area, and a few in a hundred that are not known. */
function ofArea(attribute: string, given: Weights | undefined, share: number): Weights | undefined {
  const { by_area: byArea } = simulationWords();
  if (attribute !== byArea.attribute || !given) return given;
  const others = Object.values(given).reduce((sum, weight) => sum + weight, 0);
  return {
    ...given,
    [byArea.value]: (others * share) / (1 - share),
    [unknown]: (byArea.not_known * others) / (1 - share),
  };
}

/** A sample's entry in the inspection file: how many cases, and how many of each kind. */
export function sampleEntry(random: Draws, cases: readonly SimulatedCase[]): SampleEntry {
  const entry: SampleEntry = { cases: cases.length };
  for (const { kind } of cases) if (kind !== null) entry[kind] = Number(entry[kind] ?? 0) + 1;
  entry.case_manager_interviews = cases.length - Math.floor(cases.length * 0.25 * random.uniform());
  return entry;
}
