import type { Section } from '../../../structure/sections.js';
import { numbersIn } from '../../numbers.js';

/** Facts that are said without a number that counts: all of the staff, the first of a rank, marks out of ten. */
export function special(
  text: string,
  { kind }: Section,
): { start: number; value: number; kind: 'value' | 'percent'; unit?: string }[] {
  const found: ReturnType<typeof special> = [];
  const add = (
    pattern: RegExp,
    value: (match: RegExpExecArray) => number | undefined,
    kind: 'value' | 'percent',
    unit?: string,
  ) => {
    const match = pattern.exec(text);
    const printed = match && value(match);
    if (match && printed !== undefined && printed !== null)
      found.push({ start: match.index, value: printed, kind, ...(unit === undefined ? {} : { unit }) });
  };
  if (kind === 'standard')
    add(
      /^All (?:of the )?(?:\w+ )?(?:staff|case managers|managers|practitioners|volunteers|board members) (?:said|told|felt|agreed|described)\b/,
      () => 100,
      'percent',
    );
  add(
    /\b(?:is|has|was) the (?:joint )?(?:[\p{L}'’]+['’]s? )?(?:joint )?(?:largest|smallest|highest|lowest|most populous|least populous|most deprived)\b/iu,
    () => 1,
    'value',
    'rank',
  );
  add(/\((\d{1,2})\/10\)/, (match) => Number(match[1]), 'value', 'out of 10');
  add(/\b(?:a|one) (?:[\p{L}-]+ )?(?:office|hub|site|base|centre)\b(?= and )/iu, () => 1, 'value', 'offices');
  add(
    /\bfor up to (\w+) years?\b/i,
    (match) => (/^an?$/.test(match[1] as string) ? 1 : numbersIn(match[1] as string)[0]?.value),
    'value',
    'years',
  );
  return found;
}
