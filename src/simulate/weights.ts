import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { dbPath } from '../paths.js';

type Weights = Record<string, number>;
type Range = [from: number, to: number];

/** How simulated cases are drawn: the shape of db/editions/simulation.yaml, where it is explained. */
export interface SimulationWeights {
  small_services: number;
  samples: Record<string, SampleWeights>;
  attributes: Record<string, Weights>;
  by_area: { attribute: string; value: string; not_known: number };
  not_applicable: { wording: string; attribute: string; factors: Weights };
}

export interface SampleWeights {
  none?: { of_small: number; of_others: number };
  of_small?: Range;
  of_others?: { base: number; range: number; even: number; drawn: number };
  of_any?: Range;
  kinds?: Weights;
  attributes?: Record<string, Weights>;
}

let weights: SimulationWeights | undefined;

/** What is shipped of it. */
export const simulationWeights = (): SimulationWeights => {
  weights ??= parse(readFileSync(dbPath('editions', 'simulation.yaml'), 'utf8')) as SimulationWeights;
  return weights;
};
