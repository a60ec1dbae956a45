import { distance } from 'fastest-levenshtein';
import { remembered } from '../structure/remembered.js';

/** Words in which reports describe their samples. None of them is a number: those are never put right. */
const words = [
  'community custodial sentence sentences youth conditional caution cautions resolution resolutions rehabilitation referral',
  'order orders triage disposal disposals court resettlement detailed inspected examined interviewed interviews conducted',
  'consisted received managed manager managers cases',
].flatMap((line) => line.split(' '));
const known = new Set(words);

/** A text in lower case with those words spelt right that are a letter or two from one of them, and from no other. */
export const spelt = (text: string): string => text.replaceAll(/\p{L}{5,}/gu, speltWord);

const speltWord = remembered((word) => {
  if (known.has(word)) return word;
  const near = words.filter((one) => distance(word, one) <= (one.length >= 8 ? 2 : 1));
  const [best, ...others] = near.sort((one, other) => distance(word, one) - distance(word, other));
  const isClear = others.every((one) => distance(word, one) > distance(word, best as string));
  return best !== undefined && isClear ? best : word;
});
