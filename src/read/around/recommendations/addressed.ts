import type { ReportLine } from '../../report-document.js';
import { hasNear, isNear, startsLow } from '../near.js';
import { isItem } from './entry.js';

/** "Barnet Youth Offending Service should:", also with a damaged end, or on a line with the first recommendation. */
const addressee = /^(.{2,200}?),?\s+sh[ou]u?[1li]?d\s*(?:[:;.]\s*(.*))?$/i;

const isAddressee = (text: string) =>
  text.length < 160 && /\p{L}{2}/u.test(text) && !/[.!?]\s/.test(text) && !hasNear(text, 'recommendations');

/**
 * Whom a line names that stands above a list, by its place alone: it is short, ends with a colon or is set as a heading, and the list
 * begins below it. "Barnet Council is asked to:", "We recommend that the chair of the board:".
 */
export function namedAbove(
  line: ReportLine,
  text: string,
  next: ReportLine | undefined,
): { to: string; first?: string } | undefined {
  if (!next || !isItem(next, next.text.trim()) || isItem(line, text) || line.cells.length > 1)
    return undefined;
  const isSetApart = /:$/.test(text) || line.heading !== undefined || line.bold === true;
  if (!isSetApart || !isAddressee(text) || startsLow(text)) return undefined;
  const to = text
    .replace(/[\s:]+$/, '')
    .replace(/^we (?:therefore )?(?:recommend|ask|suggest|expect)(?: that)?\s+/i, '')
    .replace(/,?\s+(?:must|shall|needs? to|(?:is|are) (?:asked|recommended|advised|expected) to|to)$/i, '');
  return /\p{Lu}/u.test(to) || /^the /i.test(to) ? { to } : undefined;
}

/** Whom a line names before "should", damaged by a letter or two; `first` is what it goes on with. */
export function addressedIn(line: ReportLine, printed: string): { to: string; first?: string } | undefined {
  if (line.bullet || /^\d{1,2}\s*[.):]/.test(printed)) return undefined;
  // "##! Barnet Council should:" has a damaged sign for a heading.
  const text = printed.replace(/^#+\W*/, '');
  const exact = addressee.exec(lastSentence(text));
  // "should<:/b>" has a tag that is none.
  const trimmed = text.replace(/<[^<>\s]{0,5}>?$/, '').replace(/[\s\p{P}]+$/u, '');
  const joined = /^(.{2,200}\p{L})should$/iu.exec(trimmed)?.[1];
  const to = exact?.[1] ?? joined ?? beforeShould(trimmed, trimmed === text ? 1 : 2);
  // A line that ends with "should:" names somebody, though its first letter be lost.
  const isSetApart = line.bold === true || line.heading !== undefined;
  const isWhole =
    (/should:$|\p{Lu}.*:$/u.test(text) || (isSetApart && /\p{Lu}/u.test(text))) && text.length < 160;
  if (to === undefined || !isAddressee(to)) return undefined;
  if (!isWhole && !/^[\W_]*(?:\p{L}?\p{Lu}|the\b)/u.test(to)) return undefined;
  const first = exact?.[2];
  return {
    to: to.replace(/^[\W_]+/, '').trim(),
    ...(first !== undefined && /\p{L}{2}/u.test(first) ? { first } : {}),
  };
}

/** The last sentence of a paragraph that ends with a colon: the conversion may have joined an addressee to what is above it. */
const lastSentence = (text: string): string =>
  /:$/.test(text) ? (text.split(/(?<=\p{Ll}{2}[.!?]\S?)\s+(?=\p{Lu})/u).at(-1) as string) : text;

/** What stands before a last word that is "should", or has been, with a blank in it perhaps. */
function beforeShould(text: string, most: number): string | undefined {
  // "Teams houl:d", with all of its letters.
  for (const length of [6, 7, 8])
    if (text.slice(-length).replaceAll(/\P{L}/gu, '').toLowerCase() === 'should')
      return text.slice(0, -length).trim();
  const words = text.split(/\s+/);
  const last = (words.at(-1) as string).toLowerCase();
  if (isScrambled(last, 'should')) return words.slice(0, -1).join(' ');
  // "The boardshoulg", its blank lost too.
  for (const length of [6, 5, 7])
    if (last.length >= length + 3 && isNear(last.slice(-length), 'should', 1))
      return text.slice(0, -length).trim();
  for (const count of [1, 2]) {
    const end = words
      .slice(-count)
      .join(count === 2 ? ' ' : '')
      .toLowerCase();
    if (isNear(end, 'should', most)) return words.slice(0, -count).join(' ');
  }
  return undefined;
}

/** Whether a word has the letters of a wanted one but for one, and one more, in any order: "ghuold", "shooudl". */
function isScrambled(word: string, wanted: string): boolean {
  let left = wanted;
  for (const letter of word) left = left.replace(letter, '');
  return word.length > 4 && left.length <= 1 && word.length - (wanted.length - left.length) <= 1;
}
