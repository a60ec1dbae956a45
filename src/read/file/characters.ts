/**
 * Inside a line that is being cleaned a footnote's mark stands between two of these: the first says whether markup says so or only a
 * raised digit does, the second ends it. They are of the private use area, which is emptied before.
 */
export const markStart = { markup: '\uE010', superscript: '\uE011' } as const;
export const markEnd = '\uE012';

const ligatures: Record<string, string> = { ﬀ: 'ff', ﬁ: 'fi', ﬂ: 'fl', ﬃ: 'ffi', ﬄ: 'ffl', ﬅ: 'ft', ﬆ: 'st' };
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** The digits of a superscript, as plain ones. */
export const plainDigits = (text: string): string => text.normalize('NFKD');

/** Plain digits as a superscript. */
export const raisedDigits = (text: string): string =>
  [...text].map((char) => superscripts.charAt(char.charCodeAt(0) - 48) || char).join('');

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

/** Characters that need no cleaning. */
const isPlain = /^[\t\x20-\x5F\x61-\x7E]*$/;

/** What is printed and has no markup, in plain characters; raised digits are marks of footnotes. */
export const cleanPrinted = (source: string): string =>
  isPlain.test(source) ? source : raisedAsMarks(plainCharacters(source));

/** Raised digits as marks of footnotes, though nothing but their shape says so. */
export const raisedAsMarks = (text: string): string =>
  text.replace(/[⁰¹²³⁴-⁹]{1,3}/g, (digits) => `${markStart.superscript}${plainDigits(digits)}${markEnd}`);

/** Blanks made single, and none at the ends. */
export const singleBlanks = (text: string): string =>
  /^\s|[^\S ]| {2}|\s$/.test(text) ? text.replace(/\s+/g, ' ').trim() : text;
