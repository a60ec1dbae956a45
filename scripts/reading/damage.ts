import { type Draws, draws, oneOf } from '../../src/simulate/random.js';

const small = [...'abcdefghijklmnopqrstuvwxyz'];
const large = small.map((letter) => letter.toUpperCase());
const digits = [...'0123456789'];
const signs = [...'.,;:!?-()/%\'"*|_'];

/**
 * A text with a share of its characters damaged: replaced by another, dropped, doubled, or swapped with the next. Every
 * character but an end of line is as likely to be hit, the digits of a table's cells too. The same seed damages the same
 * characters.
 */
export function damage(text: string, share: number, seed: number): string {
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
    if (how === 0) made += another(random, character);
    else if (how === 1) continue;
    else if (how === 2 || next === undefined || next === '\n') made += character + character;
    else {
      made += next + character;
      at++;
    }
  }
  return made;
}

/** Another character of the kind; a digit becomes a digit or, as often, a letter. */
function another(random: Draws, character: string): string {
  const from = digits.includes(character)
    ? oneOf(random, [digits, small])
    : small.includes(character)
      ? small
      : large.includes(character)
        ? large
        : signs;
  const others = from.filter((one) => one !== character);
  return /\s/.test(character) ? '' : oneOf(random, others);
}
