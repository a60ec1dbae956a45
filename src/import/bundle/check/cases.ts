import type { CaseList } from '../cases.js';
import { type SampleKey, sampleKeys } from '../inspection-file.js';
import type { Check } from './check.js';
import { notDisposals } from './samples.js';

/** What inspection.yaml says of a sample, held against the cases that are listed. */
export function checkCases(check: Check, { samples }: CaseList, file: string): void {
  const { disposals, questionnaires } = check.framework;
  for (const [key, entry] of Object.entries(check.inspection.sample ?? {})) {
    const sample = sampleKeys[key as SampleKey];
    const listed = samples.get(questionnaires.get(sample) ?? -1);
    if (!listed) continue;
    if (entry.cases !== undefined && entry.cases !== listed.length) {
      check.say(
        ['sample', key, 'cases'],
        `${key}: cases is ${entry.cases}, but ${file} lists ${listed.length} of this sample`,
      );
    }
    for (const [disposal, cases] of Object.entries(entry)) {
      if (notDisposals.includes(disposal)) continue;
      const partOf = (one: string) => one === disposal || disposals.get(sample)?.get(one) === disposal;
      const found = listed.filter((one) => partOf(one.disposal)).length;
      if (found > (cases as number))
        check.say(['sample', key, disposal], `${key}: ${disposal} is ${cases}, but ${file} lists ${found}`);
    }
  }
}
