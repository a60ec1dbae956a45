import { groupBy } from '../group-by.js';
import { type Place, placeText } from './report.js';

/**
 * How sure a claim is: read from one place; confirmed by another place or by the report's own arithmetic; contradicted, because another
 * place says otherwise or the figure is impossible; lost, because there is a cell and nothing legible in it. The last two are never
 * values of a bundle.
 */
export type Confidence = 'read' | 'confirmed' | 'contradicted' | 'lost';

/** What a report says of one value, and where. */
export interface Claim {
  /** Where it goes in inspection.yaml: ['key_questions', '2.2.3', 'yes'], ['recommendations', 0, 'addressed_to']. */
  path: (string | number)[];
  /** As it was read; undefined when it is lost. */
  value: string | number | boolean | undefined;
  confidence: Confidence;
  place: Place;
  confirmedBy?: Place[];
  why?: string;
}

/** Something that a person should look at. */
export interface Remark {
  kind: 'contradiction' | 'row without question' | 'question without row' | 'other';
  /** What it is about: a code, or words such as "score". */
  about: string;
  message: string;
  /** Where it shows: of a contradiction both places. */
  places: Place[];
}

export type Found = Claim | Remark;

export interface Reading {
  values: Claim[];
  findings: Remark[];
}

type Placed = { place: Place };

/** What a line says. */
export const claim = (path: Claim['path'], value: string | number | boolean, { place }: Placed): Claim => ({
  ...{ path, value, confidence: 'read', place },
});

/** What a line says of the entry of a list, or of another section with keys; what is undefined it does not say. */
export const claims = (path: Claim['path'], entry: Record<string, Claim['value']>, line: Placed): Claim[] =>
  Object.entries(entry).flatMap(([key, value]) =>
    value === undefined ? [] : [claim([...path, key], value, line)],
  );

/** That a line has a cell for a value, and nothing legible in it. */
export const lost = (path: Claim['path'], { place }: Placed, why: string): Claim => ({
  ...{ path, value: undefined, confidence: 'lost', place, why },
});

export const remark = (
  kind: Remark['kind'],
  about: string,
  message: string,
  lines: readonly (Placed | undefined)[] = [],
): Remark => ({ kind, about, message, places: lines.flatMap((line) => line?.place ?? []) });

/** Whether a claim may be used: something legible is there, and nothing speaks against it. */
export const isSure = ({ confidence }: Pick<Claim, 'confidence'>): boolean =>
  confidence === 'read' || confidence === 'confirmed';

/**
 * Claims on the same value as one: confirmed where two places agree, contradicted where they do not. Of places that agree the first
 * counts; a lost cell is made good by a legible one.
 */
export function merged(found: readonly Found[]): Reading {
  const all = found.filter((one) => 'path' in one);
  const findings: Remark[] = [];
  const values = [...groupBy(all, ({ path }) => JSON.stringify(path)).values()].map((said): Claim => {
    const [first = said[0] as Claim, ...further] = said.filter(isSure);
    const others = further.filter((one) => placeText(one.place) !== placeText(first.place));
    const against = others.find((one) => one.value !== first.value);
    if (against) {
      const [about, what] = [first.path.at(-2) ?? first.path[0], first.path.at(-1)];
      const message = `${what} is ${first.value}, elsewhere ${against.value}`;
      findings.push(remark('contradiction', String(about), message, [first, against]));
      return { ...first, confidence: 'contradicted', why: `another place says ${against.value}` };
    }
    if (others.length === 0) return first;
    return { ...first, confidence: 'confirmed', confirmedBy: others.map(({ place }) => place) };
  });
  return { values, findings: [...findings, ...found.filter((one) => 'places' in one)] };
}
