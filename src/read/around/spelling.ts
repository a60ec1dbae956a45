import { remembered } from '../structure/remembered.js';
import { steps } from './near.js';

/** Words in which reports describe their samples. None of them is a number: those are never put right. */
const words = [
  'community custodial sentence sentences youth conditional caution cautions resolution resolutions rehabilitation referral',
  'order orders triage disposal disposals court resettlement detailed inspected examined interviewed interviews conducted',
  'consisted received managed manager managers cases relevant looked',
].flatMap((line) => line.split(' '));
/** Words that are near to those and are others. */
const others = [
  'inspector inspectors inspection inspections sentenced sentencing cautioned communities conditions condition conditionally',
  'examining examiner receiving receive receives manage manages conduct conducting count counts courts referrals detail details',
  'consist consists caused cause causes ordered border interview relevance',
].flatMap((line) => line.split(' '));
const known = new Set([...words, ...others]);
/** Words that a lost blank joins to those, numbers among them: a joint is no letter of theirs. */
const short = new Set(
  [
    'a an of and at in we the one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen',
    'seventeen eighteen nineteen twenty case took look that had been these with also other',
  ].flatMap((line) => line.split(' ')),
);

/**
 * A text in lower case with those words spelt right that are a letter or two from one of them, and from no other, and with blanks that
 * are lost or have moved where they belong ("ofthree", "o fthree").
 */
export function spelt(text: string): string {
  const parts = text.split(/(?<=\p{L})(?=[^\p{L}])|(?<=[^\p{L}])(?=\p{L})/u);
  for (const [at, part] of parts.entries()) {
    if (!/^\p{L}{1,24}$/u.test(part) || isKnown(part)) continue;
    const next = parts[at + 1] === ' ' ? (parts[at + 2] ?? '') : '';
    const moved = next !== '' && !isKnown(next) ? jointOf(part + next) : undefined;
    const joint = moved ?? jointOf(part);
    if (joint) parts[at] = joint;
    if (moved) parts[at + 2] = '';
    if (!joint && part.length >= 4) parts[at] = nearest(part);
  }
  return parts.join('').replaceAll(/ {2,}/g, ' ');
}

const isKnown = (word: string): boolean => known.has(word) || short.has(word);

/** Two known words that are joined, with a blank between them; the longer first word where two ways are open. */
function jointOf(word: string): string | undefined {
  for (let at = word.length - 2; at > 0; at--) {
    const [one, other] = [word.slice(0, at), word.slice(at)];
    if (isKnown(one) && other.length > 1 && isKnown(other)) return `${one} ${other}`;
  }
  return undefined;
}

const nearest = remembered((word: string): string => {
  const near = words
    .map((one) => ({ one, steps: Math.abs(one.length - word.length) > 2 ? 9 : steps(word, one) }))
    .filter((each) => each.steps <= (each.one.length >= 8 ? 2 : each.one.length >= 5 ? 1 : 0))
    .sort((one, other) => one.steps - other.steps);
  const [best, second] = near;
  return best && (!second || second.steps > best.steps) ? best.one : word;
});
