import { type Draws, draws, oneOf } from '../../src/simulate/random.js';

/**
 * What befalls characters. `conversion`: what is known of texts that were made of published reports: a character is lost, comes twice, stands
 * on the other side of the next one, or has become another sign; the digits of a number keep their order, and none becomes another
 * digit. `any`: the same, but a digit that is replaced becomes another digit as often as a letter, and two digits change places as easily as others.
 */
export const damageKinds = ['conversion', 'any'] as const;
export type DamageKind = (typeof damageKinds)[number];

/** How much of a text is damaged, as a share of its characters, and how. */
export interface Damage {
  share: number;
  as: DamageKind;
}

export const undamaged: Damage = { share: 0, as: 'conversion' };

/** "0.5%", and of any damage "0.5%, digits too". */
export const damageName = ({ share, as }: Damage): string =>
  `${Number((share * 100).toFixed(6))}%${as === 'any' ? ', digits too' : ''}`;

/** Every kind of damage at every percentage of characters; none at 0%, once. */
export function damagesOf(rates: readonly number[], kinds: readonly string[]): Damage[] {
  const known = kinds.map((kind) => {
    const as = damageKinds.find((one) => one === kind);
    if (!as) throw new Error(`no kind of damage is called ${kind}: ${damageKinds.join(', ')}`);
    return as;
  });
  return [...rates]
    .sort((a, b) => a - b)
    .flatMap((rate) => (rate === 0 ? [undamaged] : known.map((as) => ({ share: rate / 100, as }))));
}

const small = [...'abcdefghijklmnopqrstuvwxyz'];
const large = small.map((letter) => letter.toUpperCase());
const digits = [...'0123456789'];
const signs = [...'.,;:!?-()/%\'"*|_'];
/** Digits come out as letters of their shape, of other alphabets too, and as signs for what has no character. */
const shapes = ['Oo', 'lIı|', 'Zz', 'З', 'A', 'S', 'bб', 'T', 'B', 'gq'].map((letters) => [...letters]);
const foreign = [...'\uFFFD□¤太?'];
/** Letters of other alphabets that look the same. */
const alike = new Map([...'AaeopcxyMPTHKBC'].map((letter, at) => [letter, 'АаеорсхуМРТНКВС'[at] as string]));

/**
 * A text with a share of its characters damaged. Every character but an end of line is as likely to be hit, the digits of a table's
 * cells too. The same seed damages the same characters.
 */
export function damage(text: string, { share, as }: Damage, seed: number): string {
  if (share === 0) return text;
  const random = draws(seed, 'characters', 0);
  const characters = [...text];
  let made = '';
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] as string;
    if (character === '\n' || character === '\f' || !random.isBelow(share)) {
      made += character;
      continue;
    }
    const how = random.whole(0, 3);
    const next = characters[at + 1];
    const areDigits = digits.includes(character) && digits.includes(next ?? '');
    if (how === 0 || (how === 3 && areDigits && as === 'conversion')) made += another(random, character, as);
    else if (how === 1) continue;
    else if (how === 2 || next === undefined || next === '\n') made += character + character;
    else {
      made += next + character;
      at++;
    }
  }
  return made;
}

/** Another character of the kind; of a digit, what the kind of damage makes of it. */
function another(random: Draws, character: string, as: DamageKind): string {
  if (/\s/.test(character)) return '';
  if (as === 'conversion') {
    const digit = digits.indexOf(character);
    if (digit >= 0) return oneOf(random, [...(shapes[digit] as string[]), ...foreign]);
    const same = alike.get(character);
    if (same !== undefined && random.isBelow(0.5)) return same;
  }
  const from = digits.includes(character)
    ? oneOf(random, [digits, small])
    : small.includes(character)
      ? small
      : large.includes(character)
        ? large
        : signs;
  return oneOf(
    random,
    from.filter((one) => one !== character),
  );
}
