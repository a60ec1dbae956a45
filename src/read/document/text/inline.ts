import {
  isPlain,
  markEnd,
  markStart,
  plainCharacters,
  plainDigits,
  singleBlanks,
  withoutSymbols,
} from './characters.js';

/** A cell or a line that lost its markup: its marks still stand in it (see markStart). */
export interface Cleaned {
  text: string;
  /** Whether markup says that all of it is bold. */
  bold: boolean;
}

const asMark = (digits: string) => `${markStart.markup}${plainDigits(digits)}${markEnd}`;

/** Cleans the source of a cell, or of a line that is no row. Takes time in proportion to its length. */
export function cleanInline(source: string): Cleaned {
  const plain = unlinked(plainCharacters(source));
  const bold = isBold(plain);
  const text = withoutEmphasis(withoutTags(withoutLatex(plain)));
  return { text: singleBlanks(withoutSymbols(superscriptsAsMarks(withoutEntities(text)))), bold };
}

/** Cleans what is printed, and so has no markup; blanks at its ends stay. */
export function cleanPrinted(source: string): string {
  return isPlain.test(source) ? source : superscriptsAsMarks(withoutSymbols(plainCharacters(source)));
}

/** Pictures and links of Markdown: of a link its words remain. A mark in brackets ([^15]) is one. */
function unlinked(text: string): string {
  if (!text.includes('[')) return text;
  return text
    .replace(/!\[[^[\]]{0,500}\]\([^()]{0,2000}\)/g, ' ')
    .replace(/\[\^(\d{1,3})\]/g, (_, digits: string) => asMark(digits))
    .replace(/\[([^[\]]{1,500})\]\([^()\s]{1,2000}\)/g, '$1');
}

const boldWrap =
  /^(?:\*\*(?!\s)[^*]+\*\*|__(?!\s)[^_]+__|<(b|strong)>[^<>]*(?:<\/?(?:sup|i|em)>[^<>]*)*<\/\1>)$/i;

function isBold(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length < 2000 && boldWrap.test(trimmed);
}

const commands: [name: RegExp, text: string][] = [
  [/\\%/g, '%'],
  [/\\&/g, '&'],
  [/\\#/g, '#'],
  [/\\pounds?\b/g, '£'],
  [/\\leq?\b/g, '≤'],
  [/\\geq?\b/g, '≥'],
  [/\\(?:text|math)(?:bf|rm|it|sf|normal)?\b/g, ' '],
  [/\\(?:rm|bf|it|quad|qquad|,|;|!)/g, ' '],
];

/**
 * Formulas that a converter made of footnote marks, stars and figures: a raised number is a mark, figures stay, and commands go. Only
 * what looks like a formula is one: a sum of dollars is not.
 */
function withoutLatex(text: string): string {
  if (!text.includes('\\') && !text.includes('^')) return text;
  const inside = (formula: string) => {
    let bare = formula.replace(/\^(?:[\s{}^\\]|rm|mathrm|text){0,14}(\d{1,3})[\s}]{0,12}/g, (_, digits) =>
      asMark(digits),
    );
    for (const [name, as] of commands) bare = bare.replace(name, as);
    return bare.replace(/\\[A-Za-z]+/g, ' ').replace(/[{}^\\]/g, ' ');
  };
  return text
    .replace(/\$([^$]{1,200})\$/g, (whole, formula: string) =>
      /[\\^{}]/.test(formula) ? inside(formula) : whole,
    )
    .replace(/\^\{(?:\\(?:rm|mathrm|text)\b|[\s{]){0,8}(\d{1,3})[\s}]{1,8}/g, (_, digits) => asMark(digits))
    .replace(/\^(\d{1,3})\^/g, (_, digits) => asMark(digits))
    .replace(/\^(\d{1,3})(?!\d)/g, (_, digits) => asMark(digits))
    .replace(
      /\\(?:stackrel|overset|Rightarrow|Longrightarrow|rightarrow|bigstar|star|bowtie|wedge|ast|checkmark|bullet)\b/g,
      ' ',
    )
    .replace(/\\([*_#$%&[\](){}.+!|~>-])/g, '$1');
}

const tag =
  /<\/?(?:a|abbr|b|big|blockquote|body|br|center|code|dd|div|dl|dt|em|font|h[1-6]|hr|html|i|img|ins|li|mark|ol|p|pre|s|section|small|span|strong|sub|table|tbody|td|tfoot|th|thead|tr|tt|u|ul)(?:\s[^<>]{0,2000})?\/?>/gi;

/** Without the tags of HTML; what is raised and a number is a mark, and what isn't a tag ("<50%", an address) stays. */
function withoutTags(text: string): string {
  if (!text.includes('<')) return text;
  return withoutComments(text)
    .replace(
      /<sup>\s{0,8}(\d{1,3})\s{0,8}(?:,\s{0,8}(\d{1,3})\s{0,8})?<\/sup>/gi,
      (_, one: string, other?: string) => (other ? asMark(one) + asMark(other) : asMark(one)),
    )
    .replace(/<\/?sup>/gi, '')
    .replace(tag, (whole) => (/^<\/?(?:br|p|div|td|th|tr|li|h[1-6]|hr|img)/i.test(whole) ? ' ' : ''))
    .replace(/<((?:https?:|mailto:)[^<>\s]{1,2000})>/gi, '$1');
}

function withoutComments(text: string): string {
  let bare = '';
  let from = 0;
  for (let start = text.indexOf('<!--'); start >= 0; start = text.indexOf('<!--', from)) {
    const end = text.indexOf('-->', start + 4);
    if (end < 0) break;
    bare += `${text.slice(from, start)} `;
    from = end + 3;
  }
  return bare + text.slice(from);
}

/** Without the stars and lines of Markdown around words; the ones that are alone stay. */
function withoutEmphasis(text: string): string {
  if (!text.includes('*') && !text.includes('_')) return text;
  return text
    .replace(/\*{3}(?=\S)([^*]{1,5000})\*{3}/g, '$1')
    .replace(/\*\*(?=\S)([^*]{1,5000})\*\*/g, '$1')
    .replace(/(?<![\w*])\*(?=[^\s*])([^*]{1,5000})(?<=[^\s])\*(?![\w*])/g, '$1')
    .replace(/(?<![\w_])__(?=[^\s_])([^_]{1,5000})(?<=[^\s])__(?![\w_])/g, '$1')
    .replace(/(?<![\w_])_(?=[^\s_])([^_]{1,5000})(?<=[^\s])_(?![\w_])/g, '$1');
}

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  pound: '£',
  ndash: '–',
  mdash: '—',
  rsquo: "'",
  lsquo: "'",
  rdquo: '"',
  ldquo: '"',
  hellip: '…',
  copy: '©',
  bull: '•',
};

function withoutEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) => {
    if (name) return entities[name.toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
      ? plainCharacters(String.fromCodePoint(code))
      : ' ';
  });
}

function superscriptsAsMarks(text: string): string {
  return text.replace(
    /[⁰¹²³⁴-⁹]{1,3}/g,
    (digits) => `${markStart.superscript}${plainDigits(digits)}${markEnd}`,
  );
}
