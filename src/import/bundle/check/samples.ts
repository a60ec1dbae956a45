import { didYouMean, listed } from '../../../nearest.js';
import type { ValuePath } from '../../files/yaml-file.js';
import { type SampleEntry, type SampleKey, sampleKeys } from '../inspection-file.js';
import type { Check } from './check.js';

/** What of a sample's entry is not a type of disposal. */
export const notDisposals = ['cases', 'eligible_cases', 'case_manager_interviews', 'place'];

/** Samples that the edition has, made up of disposals that there are, which sum to no more than the cases. */
export function checkSamples(check: Check): void {
  const { edition, questionnaires, disposals } = check.framework;
  for (const [key, entry] of Object.entries(check.inspection.sample ?? {})) {
    const sample = sampleKeys[key as SampleKey];
    if (questionnaires.has(sample)) checkDisposals(check, key, entry, disposals.get(sample) ?? new Map());
    else
      check.say(
        ['sample', key],
        `edition ${edition} has no sample "${sample}": ${listed(questionnaires.keys())}`,
      );
  }
}

function checkDisposals(
  check: Check,
  key: string,
  entry: SampleEntry,
  disposals: Map<string, string | null>,
): void {
  const say = (path: ValuePath, message: string) => check.say(['sample', key, ...path], `${key}: ${message}`);
  const contradict = (name: string, figures: [number, number], message: string) =>
    check.contradict(['sample', key, name], figures, `${key}: ${message}`);
  const given = new Map(
    Object.entries(entry).filter(([name]) => !notDisposals.includes(name)) as [string, number][],
  );
  for (const name of given.keys()) {
    if (!disposals.has(name))
      say(
        [name],
        `unknown disposal "${name}"${didYouMean(name, disposals.keys())}: ${listed(disposals.keys())}`,
      );
  }
  const parts = (whole: string) =>
    [...given].filter(([name]) => disposals.get(name) === whole).reduce((sum, [, cases]) => sum + cases, 0);
  let total = 0;
  for (const [name, part] of disposals) {
    if (part !== null) continue;
    const whole = given.get(name);
    if (whole !== undefined && parts(name) > whole)
      contradict(name, [whole, parts(name)], `${name} is ${whole}, but its parts sum to ${parts(name)}`);
    total += whole ?? parts(name);
  }
  const { cases, eligible_cases: eligible } = entry;
  if (eligible !== undefined && eligible < Math.max(cases ?? 0, total))
    contradict(
      'eligible_cases',
      [eligible, Math.max(cases ?? 0, total)],
      `eligible_cases is ${eligible}, but ${Math.max(cases ?? 0, total)} were inspected`,
    );
  if (entry.cases !== undefined && total > entry.cases)
    contradict('cases', [entry.cases, total], `the disposals sum to ${total}, but cases is ${entry.cases}`);
}
