import path from 'node:path';
import type { Sample } from '../../framework/framework.js';
import { didYouMean, listed } from '../../words/nearest.js';
import type { CaseList } from './cases.js';
import type { Check } from './check.js';
import { kindsOf, type SaidOfSample, saidOfSamples } from './sample-entries.js';

/**
 * Samples that the edition has, each once, made up of kinds of case that there are, which sum to no more than the cases; and held
 * against the cases that are listed.
 */
export function checkSamples(check: Check, cases: CaseList | undefined): void {
  const { samples } = check.framework;
  const seen = new Set<Sample>();
  for (const said of saidOfSamples(check.inspection, check.framework)) {
    const { path: at, key, sample } = said;
    if (!sample) check.knows(at, `sample "${key}"`, key, samples.keys());
    else if (seen.has(sample)) check.say(at, `sample ${sample.name} stands twice: leave one`);
    else {
      seen.add(sample);
      checkKinds(check, said, sample);
      // Of which sample cases are is to be put right first: until then all numbers are wrong.
      if (cases && cases.unplaced.size === 0) checkListed(check, said, sample, cases);
    }
  }
}

function checkKinds(check: Check, said: SaidOfSample, { kinds }: Sample): void {
  const { path: at, key, entry } = said;
  const contradict = (name: string, figures: [number, number], message: string) =>
    check.contradict([...at, name], figures, `${key}: ${message}`);
  const { kindOfCase } = check.framework;
  const given = new Map<string, number>();
  for (const { key: written, kind, cases } of kindsOf(said)) {
    if (!kinds.has(kind)) {
      const allowed = kinds.size > 0 ? listed(kinds.keys()) : 'the edition names none';
      const near = didYouMean(written, kinds.keys());
      check.say([...at, written], `${key}: unknown ${kindOfCase} "${written}"${near}: ${allowed}`);
    } else if (given.has(kind))
      check.say([...at, written], `${key}: ${kind} stands twice, by two of its names: leave one`);
    given.set(kind, cases);
  }
  let total = 0;
  for (const [name, part] of kinds) {
    if (part !== null) continue;
    const whole = given.get(name);
    const parts = [...given].filter(([one]) => kinds.get(one) === name).reduce((sum, [, n]) => sum + n, 0);
    if (whole !== undefined && parts > whole)
      contradict(name, [whole, parts], `${name} is ${whole}, but its parts sum to ${parts}`);
    total += whole ?? parts;
  }
  const { cases, eligible_cases: eligible } = entry;
  const inspected = Math.max(cases ?? 0, total);
  if (eligible !== undefined && eligible < inspected) {
    const message = `eligible_cases is ${eligible}, but ${inspected} were inspected`;
    contradict('eligible_cases', [eligible, inspected], message);
  }
  if (cases !== undefined && total > cases)
    contradict('cases', [cases, total], `the ${kindOfCase}s sum to ${total}, but cases is ${cases}`);
}

function checkListed(check: Check, said: SaidOfSample, { id, kinds }: Sample, cases: CaseList): void {
  // What is kept of a message says nothing of folders.
  const file = path.basename(cases.file);
  const inFile = cases.samples.get(id) ?? [];
  const contradict = (name: string, of: string, number: number, found: number) => {
    const message = `${said.key}: ${of} is ${number}, but ${file} lists ${found}`;
    check.contradict([...said.path, name], [number, found], message);
  };
  const { cases: number = inFile.length } = said.entry;
  if (number !== inFile.length) contradict('cases', 'cases', number, inFile.length);
  for (const { key: written, kind, cases: given } of kindsOf(said)) {
    const wholeOf = (one: string | null) => kinds.get(one ?? '');
    const found = inFile.filter((one) => one.kind === kind || wholeOf(one.kind) === kind).length;
    // A case that is listed under the coarser kind may be of any of its parts.
    const vague = inFile.filter((one) => one.kind === wholeOf(kind) || one.kind === '').length;
    if (found > given || found + vague < given) contradict(written, kind, given, found);
  }
}
