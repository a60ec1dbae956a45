import { didYouMean, listed } from '../../../nearest.js';
import type { Check } from './check.js';

/** A programme that the edition has, and ratings of no standards but those that it inspects. */
export function checkProgramme(check: Check): void {
  const { framework, inspection } = check;
  const names = framework.programmes.map(({ name }) => name);
  const programme = inspection.programme ?? (names[0] as string);
  if (!names.includes(programme)) {
    check.say(
      ['programme'],
      `edition ${framework.code} has no programme "${programme}"${didYouMean(programme, names)}: ${listed(names)}`,
    );
    return;
  }
  const inspected = framework.inspects?.get(programme);
  const isOf = (code: string) => inspected?.has(code) ?? true;
  const sections: [string, string[]][] = [
    ['standard_ratings', Object.keys(inspection.standard_ratings ?? {})],
    ['judgements', Object.keys(inspection.judgements ?? {})],
  ];
  for (const [section, codes] of sections)
    for (const code of codes)
      if (framework.standards.some((standard) => standard.code === code) && !isOf(code))
        check.say([section, code], `standard ${code} is not inspected in programme ${programme}`);
  for (const [at, { standard }] of (inspection.professional_discretion ?? []).entries())
    if (framework.standards.some(({ code }) => code === String(standard)) && !isOf(String(standard)))
      check.say(
        ['professional_discretion', at, 'standard'],
        `standard ${standard} is not inspected in programme ${programme}`,
      );
  for (const section of ['key_questions', 'prompts'] as const)
    for (const code of Object.keys(inspection[section] ?? {})) {
      const standard = framework.questions.get(code)?.standard;
      if (standard !== undefined && !isOf(standard))
        check.say([section, code], `standard ${standard} is not inspected in programme ${programme}`);
    }
}
