import { didYouMean, listed } from '../../../nearest.js';
import type { ValuePath } from '../../files/yaml-file.js';
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
  const { standard_ratings, judgements, professional_discretion: decisions = [] } = inspection;
  const named: [path: ValuePath, standard: string | undefined][] = [
    ...Object.keys(standard_ratings ?? {}).map((code): [ValuePath, string] => [
      ['standard_ratings', code],
      code,
    ]),
    ...Object.keys(judgements ?? {}).map((code): [ValuePath, string] => [['judgements', code], code]),
    ...decisions.map(({ standard }, at): [ValuePath, string] => [
      ['professional_discretion', at, 'standard'],
      String(standard),
    ]),
    ...(['key_questions', 'prompts'] as const).flatMap((section) =>
      Object.keys(inspection[section] ?? {}).map((code): [ValuePath, string | undefined] => [
        [section, code],
        framework.questions.get(code)?.standard,
      ]),
    ),
  ];
  for (const [path, standard] of named)
    if (framework.standards.some(({ code }) => code === standard) && inspected?.has(standard ?? '') === false)
      check.say(path, `standard ${standard} is not inspected in programme ${programme}`);
}
