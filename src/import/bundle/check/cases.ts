import path from 'node:path';
import type { CaseList } from '../cases.js';
import { kindsOf, saidOfSamples } from '../sample-entries.js';
import type { Check } from './check.js';

/** What inspection.yaml says of a sample, held against the cases that are listed. */
export function checkCases(check: Check, { samples, hasUnplaced }: CaseList, file: string): void {
  // What is kept of a message says nothing of folders.
  const table = path.basename(file);
  // Of which sample these are is to be put right first: until then all numbers are wrong.
  if (hasUnplaced) return;
  for (const said of saidOfSamples(check.inspection, check.framework)) {
    const { path, key, entry, sample } = said;
    const listed = sample && samples.get(sample.id);
    if (!listed) continue;
    if (entry.cases !== undefined && entry.cases !== listed.length) {
      check.contradict(
        [...path, 'cases'],
        [entry.cases, listed.length],
        `${key}: cases is ${entry.cases}, but ${table} lists ${listed.length} of this sample`,
      );
    }
    for (const { key: written, kind, cases } of kindsOf(said)) {
      const wholeOf = (one: string | null) => sample.kinds.get(one ?? '');
      const found = listed.filter((one) => one.kind === kind || wholeOf(one.kind) === kind);
      // A case that is listed under the coarser kind may be of any of its parts.
      const vague = listed.filter((one) => one.kind === wholeOf(kind) || one.kind === '');
      if (found.length > cases || found.length + vague.length < cases)
        check.contradict(
          [...path, written],
          [cases, found.length],
          `${key}: ${kind} is ${cases}, but ${table} lists ${found.length}`,
        );
    }
  }
}
