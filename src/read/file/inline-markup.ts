import { DomUtils, parseDocument } from 'htmlparser2';
import {
  markEnd,
  markStart,
  plainCharacters,
  plainDigits,
  raisedAsMarks,
  singleBlanks,
} from './characters.js';

/** A cell or a line that lost its markup: its marks still stand in it (see markStart). */
export interface Cleaned {
  text: string;
  /** Whether markup says that all of it is bold. */
  bold: boolean;
}

/** Digits as a mark of a footnote, as markup says. */
export const asMark = (digits: string): string => `${markStart.markup}${plainDigits(digits)}${markEnd}`;

/** Cleans a cell or a line of a text: Markdown, tags and formulas of a converter go. Takes time in proportion to its length. */
export function cleanInline(source: string): Cleaned {
  const plain = unlinked(plainCharacters(source));
  const text = withoutEmphasis(withoutTags(withoutFormulas(plain)));
  return {
    text: singleBlanks(raisedAsMarks(withoutEntities(text))),
    bold: boldWrap.test(plain.slice(0, 2000).trim()),
  };
}

/** Pictures and links of Markdown: of a picture its description remains, of a link its words. "[^15]" is a mark. */
function unlinked(text: string): string {
  if (!text.includes('[')) return text;
  return text
    .replace(/!\[([^[\]]{0,500})\]\([^()]{0,2000}\)/g, ' $1 ')
    .replace(/\[\^(\d{1,3})\]/g, (_, digits: string) => asMark(digits))
    .replace(/\[([^[\]]{1,500})\]\([^()\s]{1,2000}\)/g, '$1');
}

const boldWrap =
  /^(?:\*\*(?!\s)[^*]+\*\*|__(?!\s)[^_]+__|<(b|strong)>[^<>]*(?:<\/?(?:sup|i|em)>[^<>]*)*<\/\1>)$/i;

const escaped = /\\([*_#$%&[\](){}.+!|~>-])/g;

/** Formulas that a converter made of marks, stars and figures: a raised number is a mark, figures stay, and commands go. */
function withoutFormulas(text: string): string {
  if (!text.includes('\\') && !text.includes('^')) return text;
  const inside = (formula: string) =>
    formula
      .replace(/\^(?:[\s{}^\\]|rm|mathrm|text){0,14}(\d{1,3})[\s}]{0,12}/g, (_, digits) => asMark(digits))
      .replace(/\\([%&#])/g, '$1')
      .replace(/\\pounds?\b/g, '£')
      .replace(/\\[A-Za-z]+/g, ' ')
      .replace(/[{}^\\]/g, ' ');
  // Only what looks like a formula is one: a sum of dollars is not.
  return text
    .replace(/\$([^$]{1,200})\$/g, (whole, formula: string) =>
      /[\\^{}]/.test(formula) ? inside(formula) : whole,
    )
    .replace(/\^(\d{1,3})\^|\^\{?(\d{1,3})\}?(?!\d)/g, (_, one, other) => asMark(one ?? other))
    .replace(/\\(?:star|bigstar|bowtie|Rightarrow|stackrel|checkmark|bullet)\b/g, ' ')
    .replace(escaped, '$1');
}

const tag = /<\/?[a-z][a-z\d]*(?:\s[^<>]{0,2000})?\/?>/gi;

/** Without the tags of HTML; what is raised and a number is a mark, and what isn't a tag ("<50%", an address) stays. */
function withoutTags(text: string): string {
  if (!text.includes('<')) return text;
  return text
    .replace(/<!--[\s\S]{0,500}?-->/g, ' ')
    .replace(/<sup>\s{0,8}(\d{1,3})\s{0,8}(?:,\s{0,8}(\d{1,3})\s{0,8})?<\/sup>/gi, (_, one, other) =>
      other ? asMark(one) + asMark(other) : asMark(one),
    )
    .replace(/<\/?sup>/gi, '')
    .replace(tag, (whole) => (/^<\/?(?:br|p|div|td|th|tr|li|h[1-6]|hr|img)/i.test(whole) ? ' ' : ''));
}

/** Without the stars and lines of Markdown around words; the ones that are alone stay. */
function withoutEmphasis(text: string): string {
  if (!text.includes('*') && !text.includes('_')) return text;
  return text
    .replace(/\*{2,3}(?=\S)([^*]{1,5000})\*{2,3}/g, '$1')
    .replace(/(?<![\w*])\*(?=[^\s*])([^*]{1,5000})(?<=[^\s])\*(?![\w*])/g, '$1')
    .replace(/(?<![\w_])_{1,2}(?=[^\s_])([^_]{1,5000})(?<=[^\s])_{1,2}(?![\w_])/g, '$1');
}

function withoutEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});/gi, (entity) =>
    plainCharacters(DomUtils.textContent(parseDocument(entity))),
  );
}
