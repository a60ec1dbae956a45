import type { ReadFinding, ReadValue } from '../reading.js';
import { type Place, placeText } from '../report-document.js';

/** What is being checked: values whose confidence still moves, and what was found on the way. */
export interface Claims {
  values: ReadValue[];
  findings: ReadFinding[];
}

/** Another place says the same. A value that something speaks against stays doubtful. */
export function confirm(value: ReadValue | undefined, ...places: Place[]): void {
  if (!value || (value.confidence !== 'read' && value.confidence !== 'confirmed')) return;
  const others = places.filter((place) => placeText(place) !== placeText(value.place));
  if (others.length === 0) return;
  value.confidence = 'confirmed';
  const known = new Set((value.confirmedBy ?? []).map(placeText));
  value.confirmedBy = [
    ...(value.confirmedBy ?? []),
    ...others.filter((place) => !known.has(placeText(place))),
  ];
}

/** Something speaks against a value: whatever confirmed it, it is no number of the bundle. */
export function doubt(value: ReadValue | undefined, why: string): void {
  if (!value || value.confidence === 'lost' || value.confidence === 'doubtful') return;
  value.confidence = 'doubtful';
  value.why = why;
}

/** A contradiction, with both places. */
export function contradiction(claims: Claims, about: string, message: string, ...places: Place[]): void {
  claims.findings.push({ kind: 'contradiction', about, message, places });
}

/** The value at a path, if there is one. */
export function valueAt({ values }: Claims, ...path: (string | number)[]): ReadValue | undefined {
  const wanted = path.join('\n');
  return values.find((value) => value.path.join('\n') === wanted);
}

/** The number of a value that may be used: undefined for one that is doubtful or lost. */
export const numberOf = (value: ReadValue | undefined): number | undefined =>
  value && value.confidence !== 'doubtful' && typeof value.value === 'number' ? value.value : undefined;
