import { DomUtils, parseDocument } from 'htmlparser2';

/**
 * Inside a line that is being cleaned a footnote's mark stands between two of these: the first says whether markup says so or only a
 * raised digit does, the second ends it. They are of the private use area, which is emptied before.
 */
export const markStart = { markup: '\uE010', superscript: '\uE011' } as const;
export const markEnd = '\uE012';

const plainDigits = (text: string): string => text.normalize('NFKD');

/** Digits as a mark of a footnote, as markup says. */
export const asMark = (digits: string): string => `${markStart.markup}${plainDigits(digits)}${markEnd}`;

export const raisedDigits = (text: string): string =>
  [...text].map((char) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(char.charCodeAt(0) - 48) || char).join('');

const ligatures: Record<string, string> = { ﬀ: 'ff', ﬁ: 'fi', ﬂ: 'fl', ﬃ: 'ffi', ﬄ: 'ffl', ﬅ: 'ft', ﬆ: 'st' };

const isPlain = /^[\t\x20-\x5F\x61-\x7E]*$/;

/**
 * The same letters in the plainest characters: ligatures apart, quotes straight, blanks plain. Characters without width go, soft hyphens
 * among them; between two digits they leave a blank, so that no number comes about that nobody printed. Stars and other pictures become
 * blanks, and so does a Han letter, which is what a star is mistaken for. Next to a digit a character that is none may be another digit:
 * it is kept, as the sign for that. Tabs stay.
 */
export function plainCharacters(text: string): string {
  if (isPlain.test(text)) return text;
  return (
    text
      .replace(besideDigit, '\uFFFD')
      .replace(/[\uE000-\uF8FF]|[\u{F0000}-\u{10FFFD}]/gu, ' ')
      .replace(/(\d?)[\p{Cf}\p{Variation_Selector}]+(?=(\d?))/gu, (_, before, after) =>
        before && after ? `${before} ` : before,
      )
      .replace(/[ﬀ-ﬆ]/g, (char) => ligatures[char] ?? char)
      .replace(/[‘’‚‛`´′]/g, "'")
      .replace(/[“”„‟″]/g, '"')
      .replace(/[‐‑−]/g, '-')
      .replace(/[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000\u2028\u2029\u0085]/g, ' ')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are no text
      .replace(/[\x00-\x08\x0B-\x1F\x7F-\x9F]/g, ' ')
      .replace(/(?<!\d)(?![©®™°№℠])[\p{So}\p{Cs}\p{Script=Han}](?!\d)/gu, ' ')
  );
}

/** Control characters and those of private use before a digit or behind one: what glyphs become whose character is not known. */
const besideDigit =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are no text
  /(?<=\d)[\x00-\x08\x0E-\x1F\x7F-\x9F\uE000-\uF8FF]|[\x00-\x08\x0E-\x1F\x7F-\x9F\uE000-\uF8FF](?=\d)/g;

/** What is printed and has no markup, in plain characters; raised digits are marks of footnotes. */
export const cleanPrinted = (source: string): string => raisedAsMarks(plainCharacters(source));

/** Raised digits as marks of footnotes, though nothing but their shape says so. */
const raisedAsMarks = (text: string): string =>
  text.replace(/[⁰¹²³⁴-⁹]{1,3}/g, (digits) => `${markStart.superscript}${plainDigits(digits)}${markEnd}`);

export const singleBlanks = (text: string): string =>
  /^\s|[^\S ]| {2}|\s$/.test(text) ? text.replace(/\s+/g, ' ').trim() : text;

/** Cleans a cell or a line of a text: Markdown, tags and formulas of a converter go. Takes time in proportion to its length. */
export function cleanInline(source: string): string {
  const plain = plainCharacters(source);
  const unlinked = plain.includes('[') ? withoutLinks(plain) : plain;
  const written = /[\\^]/.test(unlinked) ? withoutFormulas(unlinked) : unlinked;
  const bare = withoutEntities(withoutEmphasis(written.includes('<') ? withoutTags(written) : written));
  return singleBlanks(raisedAsMarks(bare));
}

/** Pictures and links of Markdown: of a picture its description remains, of a link its words. "[^15]" is a mark. */
const withoutLinks = (text: string): string =>
  text
    .replace(/!\[([^[\]]{0,500})\]\([^()]{0,2000}\)/g, ' $1 ')
    .replace(/\[\^(\d{1,3})\]/g, (_, digits: string) => asMark(digits))
    .replace(/\[([^[\]]{1,500})\]\([^()\s]{1,2000}\)/g, '$1');

/** Formulas that a converter made of marks, stars and figures: a raised number is a mark, figures stay, and commands go. */
function withoutFormulas(text: string): string {
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
    .replace(/\\([*_#$%&[\](){}.+!|~>-])/g, '$1');
}

/** Without the tags of HTML; what is raised and a number is a mark, and what isn't a tag ("<50%", an address) stays. */
const withoutTags = (text: string): string =>
  text
    .replace(/<!--[\s\S]{0,500}?-->/g, ' ')
    .replace(/<sup>\s{0,8}(\d{1,3})\s{0,8}(?:,\s{0,8}(\d{1,3})\s{0,8})?<\/sup>/gi, (_, one, other) =>
      other ? asMark(one) + asMark(other) : asMark(one),
    )
    .replace(/<\/?([a-z][a-z\d]*)(?:\s[^<>]{0,2000})?\/?>/gi, (_, name: string) =>
      /^(?:br|p|div|td|th|tr|li|h[1-6]|hr|img)/i.test(name) ? ' ' : '',
    );

/** Without the stars and lines of Markdown around words; the ones that are alone stay. */
const withoutEmphasis = (text: string): string =>
  text
    .replace(/\*{2,3}(?=\S)([^*]{1,5000})\*{2,3}/g, '$1')
    .replace(/(?<![\w*])\*(?=[^\s*])([^*]{1,5000})(?<=[^\s])\*(?![\w*])/g, '$1')
    .replace(/(?<![\w_])_{1,2}(?=[^\s_])([^_]{1,5000})(?<=[^\s])_{1,2}(?![\w_])/g, '$1');

const withoutEntities = (text: string): string =>
  text.replace(/&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});/gi, (entity) =>
    plainCharacters(DomUtils.textContent(parseDocument(entity))),
  );
