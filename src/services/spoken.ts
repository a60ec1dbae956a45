/**
 * A name as names are compared. Case, accents, apostrophes, punctuation, blanks of every kind, "&", "and" and "the" do not count;
 * nor do the words in which a table wraps a name ("An inspection of youth offending services in …", "… - JI").
 */
export interface Spoken {
  full: string;
  /** Without the words that say what kind of service it is: "leeds city council youth justice service" is "leeds city council". */
  bare: string;
  /** The same, and then with less and less of the words that say who governs the place: "leeds city council", "leeds". */
  places: string[];
}

export function spoken(name: string): Spoken {
  if (typeof name !== 'string') throw new RangeError('The name of a service has to be a text.');
  const full = unwrapped(folded(name));
  const bare = full.replace(kind, '');
  return { full, bare, places: placesOf(bare) };
}

/** A place as places are compared, without its council. */
export const placeOf = (name: string): string => spoken(name).places.at(-1) as string;

const folded = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}|['’ʼ`]/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .split(' ')
    .filter((word) => !['', 'and', 'the'].includes(word))
    .join(' ');

/** What tables put around a name. The result is not empty. */
function unwrapped(full: string): string {
  const inside = full
    .replace(/^(?:an? )?(?:full )?(?:joint )?(?:re ?)?inspection of /, '')
    .replace(/^youth (?:offending|justice) (?:services?|teams?|work|partnerships?) (?:in|of|for|across) /, '')
    .replace(/ (?:ji|joint inspection)$/, '');
  return inside === '' ? full : inside;
}

/** Words that say what kind of service it is, and end its name: "YOS", "youth justice and early intervention service". */
const kind =
  / (?:y[oj][tspu]|yjeis|yjps|yots|(?:integrated |combined )*youth (?:offending|justice)(?: \p{L}+){0,4})$/u;

const governs = '(?:london|royal|metropolitan|city|county|borough|district|unitary)';
const before = new RegExp(`^(?:${governs} )*(?:borough|city|county|council|corporation)(?: council)? of `);
const after = new RegExp(` (?:${governs} )*(?:council|corporation)$`);
/** As some lists put it: "Herefordshire, County of". */
const inverted = / (?:city|county|(?:royal |london )?borough) of$/;

function placesOf(bare: string): string[] {
  const places = [bare];
  for (const words of [after, before, inverted]) {
    const less = (places.at(-1) as string).replace(words, '');
    if (less !== '' && less !== places.at(-1)) places.push(less);
  }
  return places;
}
