import { type Draws, oneOf } from '../../src/simulate/random.js';

/** How a report words what the framework leaves open. */
export interface Words {
  /** "child" or "child or young person". */
  child: string;
  children: string;
  parents: string;
  /** "YOT", "YOS" or "YJS": what the report calls a service. */
  team: string;
  /** "youth offending" or "youth justice", in titles. */
  youth: string;
  isYoungPerson: boolean;
}

export function drawWords(random: Draws, kind: string, edition: string): Words {
  const isYoungPerson = edition === '2018' && random.isBelow(0.4);
  return {
    isYoungPerson,
    child: isYoungPerson ? 'child or young person' : 'child',
    children: isYoungPerson ? 'children and young people' : 'children',
    parents: oneOf(random, ['parents/carers', 'parents or carers']),
    team: random.isBelow(0.6) ? kind : oneOf(random, ['YOT', 'YOS', 'YJS']),
    youth: kind.startsWith('YJ') && random.isBelow(0.5) ? 'youth justice' : 'youth offending',
  };
}

/** A question, title or statement of the framework, as this report words it. */
export function worded(text: string, words: Words): string {
  let made = text.replaceAll(/parents\/carers|parents or carers/g, words.parents);
  if (words.isYoungPerson) {
    made = made
      .replaceAll(/\bchildren\b/g, 'children and young people')
      .replaceAll(/\bthe child\b(?! protection)/g, 'the child or young person');
  }
  return made.replaceAll(/\bYOT\b/g, words.team);
}

const small =
  'no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** A whole number below 100 in words. */
export function inWords(number: number): string {
  if (number < 20) return small[number] as string;
  const ten = tens[Math.floor(number / 10) - 2] as string;
  return number % 10 === 0 ? ten : `${ten}-${small[number % 10]}`;
}

/** As reports write counts: in words below ten, in digits from there on, or always in words. */
export const counted = (number: number, always = false): string =>
  number < 10 || (always && number < 100) ? inWords(number) : String(number);

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "a, b and c" */
export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** "March 2021", from 2021-03 or a day of it. */
export const monthText = (date: string): string =>
  `${months[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;

/** "19 October 2020" */
export const dayText = (date: string): string => `${Number(date.slice(8, 10))} ${monthText(date)}`;

export const thousands = (number: number): string => String(number).replaceAll(/\B(?=(\d{3})+$)/g, ',');
