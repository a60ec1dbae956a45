import type { Sample } from '../../../framework/framework.js';
import { didYouMean, listed } from '../../../nearest.js';
import { kindsOf, type SaidOfSample, saidOfSamples } from '../sample-entries.js';
import type { Check } from './check.js';

/** Samples that the edition has, each once, made up of kinds of case that there are, which sum to no more than the cases. */
export function checkSamples(check: Check): void {
  const { code, samples } = check.framework;
  const seen = new Set<Sample>();
  for (const said of saidOfSamples(check.inspection, check.framework)) {
    const { path, key, sample } = said;
    if (!sample) check.say(path, `edition ${code} has no sample "${key}": ${listed(samples.keys())}`);
    else if (seen.has(sample)) check.say(path, `sample ${sample.name} stands twice: leave one`);
    else checkKinds(check, said, sample);
    if (sample) seen.add(sample);
  }
}

function checkKinds(check: Check, said: SaidOfSample, { kinds }: Sample): void {
  const { path, key, entry } = said;
  const say = (name: string, message: string) => check.say([...path, name], `${key}: ${message}`);
  const contradict = (name: string, figures: [number, number], message: string) =>
    check.contradict([...path, name], figures, `${key}: ${message}`);
  const { kindOfCase } = check.framework;
  const given = new Map<string, number>();
  for (const { key: written, kind, cases } of kindsOf(said)) {
    if (!kinds.has(kind))
      say(
        written,
        `unknown ${kindOfCase} "${written}"${didYouMean(written, kinds.keys())}: ${kinds.size > 0 ? listed(kinds.keys()) : 'the edition names none'}`,
      );
    else if (given.has(kind)) say(written, `${kind} stands twice, by two of its names: leave one`);
    given.set(kind, cases);
  }
  const parts = (whole: string) =>
    [...given].filter(([name]) => kinds.get(name) === whole).reduce((sum, [, cases]) => sum + cases, 0);
  let total = 0;
  for (const [name, part] of kinds) {
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
  if (cases !== undefined && total > cases)
    contradict('cases', [cases, total], `the ${kindOfCase}s sum to ${total}, but cases is ${cases}`);
}
