import type { EditionFile } from '../../import/edition/edition-file.js';
import type { TableHead } from '../figures/table-heads.js';
import type { ReadValue } from '../reading.js';
import type { Place } from '../report-document.js';
import type { QuestionValues } from './figures.js';

/** The inspected cases of a domain, and every place that says so. */
export interface Sample {
  cases: number;
  places: Place[];
}

/** Where inspection.yaml has the sample of a domain. */
export const sampleKey: Readonly<Record<string, string>> = {
  court: 'court_disposals',
  'out of court': 'out_of_court_disposals',
  resettlement: 'resettlement',
};

/**
 * The sample of each domain: what most heads of its tables say ("Of the 4 cases inspected") and what the report says of the sample; where
 * they differ and none is said more often there is none.
 */
export function samplesOf(
  edition: EditionFile,
  questions: readonly QuestionValues[],
  told: readonly ReadValue[],
): Map<string, Sample> {
  const samples = new Map<string, Sample>();
  for (const { code, sample, standards } of edition.domains) {
    if (!sample) continue;
    const own = new Set(standards.map((standard) => standard.code));
    const heads = new Map<string, TableHead>();
    for (const { standard, printed } of questions)
      if (own.has(standard))
        for (const { head } of printed) if (head?.isOfSample) heads.set(JSON.stringify(head.place), head);
    const votes = new Map<number, Place[]>();
    const vote = (cases: number, place: Place) => votes.set(cases, [...(votes.get(cases) ?? []), place]);
    for (const { cases, place } of heads.values()) vote(cases, place);
    const value = told.find(
      ({ path }) => path[0] === 'sample' && path[1] === sampleKey[sample] && path[2] === 'cases',
    );
    if (typeof value?.value === 'number' && value.confidence !== 'doubtful') {
      vote(value.value, value.place);
      if (value.confidence === 'confirmed')
        for (const place of value.confirmedBy ?? []) vote(value.value, place);
    }
    const ranked = [...votes].sort((a, b) => b[1].length - a[1].length);
    const [best, second] = ranked;
    if (best && best[1].length > (second?.[1].length ?? 0))
      samples.set(code, { cases: best[0], places: best[1] });
  }
  return samples;
}
