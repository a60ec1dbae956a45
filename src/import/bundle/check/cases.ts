import path from 'node:path';
import type { CaseList } from '../cases.js';
import { type SampleKey, sampleKeys } from '../inspection-file.js';
import type { Check } from './check.js';
import { notDisposals } from './samples.js';

/** What inspection.yaml says of a sample, held against the cases that are listed. */
export function checkCases(check: Check, { samples, unplaced }: CaseList, file: string): void {
  // What is kept of a message says nothing of folders.
  const table = path.basename(file);
  // Of which sample these are is to be put right first: until then all numbers are wrong.
  if (unplaced.size > 0) return;
  const { disposals, questionnaires } = check.framework;
  for (const [key, entry] of Object.entries(check.inspection.sample ?? {})) {
    const sample = sampleKeys[key as SampleKey];
    const listed = samples.get(questionnaires.get(sample) ?? -1);
    if (!listed) continue;
    if (entry.cases !== undefined && entry.cases !== listed.length) {
      check.contradict(
        ['sample', key, 'cases'],
        [entry.cases, listed.length],
        `${key}: cases is ${entry.cases}, but ${table} lists ${listed.length} of this sample`,
      );
    }
    for (const [disposal, cases] of Object.entries(entry)) {
      if (notDisposals.includes(disposal)) continue;
      const wholeOf = (one: string) => disposals.get(sample)?.get(one);
      const found = listed.filter((one) => one.disposal === disposal || wholeOf(one.disposal) === disposal);
      // A case that is listed under the coarser type may be of any of its parts.
      const vague = listed.filter((one) => one.disposal === wholeOf(disposal) || one.disposal === '');
      if (found.length > (cases as number) || found.length + vague.length < (cases as number))
        check.contradict(
          ['sample', key, disposal],
          [cases as number, found.length],
          `${key}: ${disposal} is ${cases}, but ${table} lists ${found.length}`,
        );
    }
  }
}
