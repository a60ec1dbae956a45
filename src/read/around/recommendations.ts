import type { ReadFinding, ReadValue } from '../reading.js';
import type { ReportLine } from '../report-document.js';
import { partOf } from '../structure/parts.js';
import type { Section } from '../structure/sections.js';
import { speltAddressee, speltArea } from './addressee.js';
import { isFurniture, withoutFurniture } from './furniture.js';
import { hasNear, isNear } from './near.js';
import { numberOf } from './numbers.js';
import { type About, entryValues, valueAt } from './values.js';

/** "Barnet Youth Offending Service should:", also with a damaged end, or on a line with the first recommendation. */
const addressee = /^(.{2,200}?),?\s+sh[ou]u?[1li]?d\s*(?:[:;.]\s*(.*))?$/i;
/** "1. ", "- 2. ", "4) ", "Recommendation 3: "; also "2 .", ".2 ", and what has lost its point or has another sign for it. */
const numbered =
  /^(?:[-–—•*·▪■]\s*)*(?:recommendation\s+)?[.)]?\s?(\d{1,2})(?:\s*[^\p{L}\d\s]{1,2}\s*|\s+)(?=\p{L}{2}|\p{L} |['"])(.*)$/iu;
/** A number whose digits are letters or signs now, "l. plan", "?. plan", or are too many, "100. plan". */
const unreadable =
  /^(?:[-–—•*·▪■]\s*)*(?:\p{L}?\d?\p{L}?|\d{3}|[^\p{L}\d\s]\d?|\d[^\p{L}\d\s])[.)]\s+(?=\p{L}{2})(.*)$/u;
const announced =
  /\b(?:made|make|makes|following|of)\s+(?:the\s+)?(?:following\s+)?([a-z]+(?:-[a-z]+)?|\d{1,2})\s+recommendations?\b/i;

interface Recommendation {
  /** As it is printed; undefined where no number is legible. */
  printed: number | undefined;
  /** Whether it begins as an item of a list does. */
  isItem: boolean;
  text: string;
  line: ReportLine;
  to: { text: string; line: ReportLine } | undefined;
}

/** The recommendations of a report, each with its number and whom it is addressed to; `area` is the service's. */
export function readRecommendations(
  sections: readonly Section[],
  area?: string,
  isDamaged = false,
): {
  values: ReadValue[];
  findings: ReadFinding[];
} {
  const section =
    sections
      .filter(({ kind }) => kind === 'recommendations')
      .sort((one, other) => other.lines.length - one.lines.length)[0] ?? withinAnother(sections);
  if (!section) return { values: [], findings: [] };
  const found: Recommendation[] = [];
  let to: Recommendation['to'];
  let count: { said: number; line: ReportLine } | undefined;
  for (const [at, { line, text }] of ownLines(section.lines).entries()) {
    if (text === '' || (at === 0 && text.length < 40) || isFurniture(line)) continue;
    const said = announced.exec(text);
    const saidCount = said && numberOf(said[1] as string);
    if (saidCount !== undefined && saidCount !== null && found.length === 0)
      count ??= { said: saidCount, line };
    const addressed = addressedIn(line, text) ?? namedAbove(line, text, section.lines[at + 1]);
    if (addressed) {
      to = { text: addressed.to, line };
      if (addressed.first) found.push(recommendation(addressed.first, line, to));
      continue;
    }
    const last = found.at(-1);
    const isBegun = isItem(line, text);
    // The conversion may have joined the next addressee to an entry.
    const joined = isBegun && to ? /^(.+?\p{Ll})\s+(\p{Lu}.{2,120}?),?\s+should:$/u.exec(text) : undefined;
    if (joined) {
      found.push(recommendation(joined[1] as string, line, to));
      to = { text: joined[2] as string, line };
      continue;
    }
    if (!to && !(isBegun && count)) continue;
    if (isBegun) found.push(recommendation(text, line, to));
    else if (!last || last.to !== to) found.push(recommendation(text, line, to));
    else if (line.heading || isParagraph(text)) break;
    else if (/^[a-z(,;]/.test(text) || !/[.!?]$/.test(last.text)) last.text = `${last.text} ${text}`;
  }
  for (const [at, one] of [...found.entries()].reverse()) found.splice(at, 1, ...apart(one));
  const hasNumbers = found.filter(({ printed }) => printed !== undefined).length > found.length / 2;
  const items = hasNumbers ? found.filter((one) => one.isItem) : found;
  const numbers = numbersOf(items, count?.said);
  const joined = isDamaged ? maybeJoined(items, numbers, count?.said) : [];
  return {
    values: items.flatMap((item, at) =>
      valuesOf(item, {
        ...(numbers[at] as Numbered),
        at,
        joined: joined[at],
        spelt: (to) => (isDamaged ? speltAddressee(to, area) : speltArea(to, area)),
      }),
    ),
    findings: findingsOf(items, count, section),
  };
}

/**
 * The lines of a section with their words, up to one to which a page's end has joined the damaged heading of the next part: "… accordingly
 * ackground".
 */
function ownLines(lines: readonly ReportLine[]): { line: ReportLine; text: string }[] {
  const own: { line: ReportLine; text: string }[] = [];
  for (const line of lines) {
    const joined = line.raw.split('\n').slice(1);
    const heading = joined.map((one) => one.trim()).find((one) => partOf(one) !== undefined);
    const end = heading === undefined ? -1 : line.text.lastIndexOf(heading);
    own.push({ line, text: (end < 0 ? line.text : line.text.slice(0, end)).trim() });
    if (end >= 0) break;
  }
  return own;
}

const isAddressee = (text: string) =>
  text.length < 160 && /\p{L}{2}/u.test(text) && !/[.!?]\s/.test(text) && !hasNear(text, 'recommendations');

/**
 * Recommendations below their heading within another part, which has none of its own: where a part's beginning is taken for found
 * too early, theirs is in it.
 */
function withinAnother(sections: readonly Section[]): Section | undefined {
  for (const section of sections) {
    const { lines } = section;
    const from = lines.findIndex(
      ({ text }) => text.length < 20 && isNear(text.trim().toLowerCase(), 'recommendations'),
    );
    if (from < 0) continue;
    const ends = ['background', 'contextual facts', 'key facts', 'introduction', 'ratings'];
    const to = lines.findIndex(
      ({ text }, at) =>
        at > from && text.length < 20 && ends.some((end) => isNear(text.trim().toLowerCase(), end)),
    );
    const own = lines.slice(from, to < 0 ? from + 60 : to);
    if (own.some((line) => addressedIn(line, line.text.trim()))) return { ...section, lines: own };
  }
  return undefined;
}

/**
 * Whom a line names that stands above a list, by its place alone: it is short, ends with a colon or is set as a heading, and the list
 * begins below it. "Barnet Council is asked to:", "We recommend that the chair of the board:".
 */
function namedAbove(
  line: ReportLine,
  text: string,
  next: ReportLine | undefined,
): { to: string; first?: string } | undefined {
  if (!next || !isItem(next, next.text.trim()) || isItem(line, text) || line.cells.length > 1)
    return undefined;
  const isSetApart = /:$/.test(text) || line.heading !== undefined || line.bold === true;
  if (!isSetApart || !isAddressee(text) || /^[a-z(,;]/.test(text)) return undefined;
  const to = text
    .replace(/[\s:]+$/, '')
    .replace(/^we (?:therefore )?(?:recommend|ask|suggest|expect)(?: that)?\s+/i, '')
    .replace(/,?\s+(?:must|shall|needs? to|(?:is|are) (?:asked|recommended|advised|expected) to|to)$/i, '');
  return /\p{Lu}/u.test(to) || /^the /i.test(to) ? { to } : undefined;
}

/** Whether a line begins an entry: with a number or a bullet, or what damage has made of one. */
const isItem = (line: ReportLine, text: string): boolean =>
  line.bullet === true || numbered.test(text) || unreadable.test(text);

/** Whom a line names before "should", damaged by a letter or two; `first` is what it goes on with. */
function addressedIn(line: ReportLine, text: string): { to: string; first?: string } | undefined {
  if (line.bullet || /^\d{1,2}\s*[.):]/.test(text)) return undefined;
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
    if (last.length >= length + 4 && isNear(last.slice(-length), 'should', 1))
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

function recommendation(text: string, line: ReportLine, to: Recommendation['to']): Recommendation {
  const match = numbered.exec(text);
  const body = match?.[2] ?? unreadable.exec(text)?.[1] ?? text.replace(/^\W*\d?\W*(?=\p{L})/u, '');
  return {
    printed: match ? Number(match[1]) : undefined,
    isItem: isItem(line, text),
    text: body.trim(),
    line,
    to,
  };
}

/** An entry, and the next one where the conversion has joined it: "… accordingly 2 . make sure …". */
function apart(one: Recommendation): Recommendation[] {
  if (one.printed === undefined) return [one];
  const next = new RegExp(`\\s${one.printed + 1}\\s?[.)]\\s+(?=\\p{L}{2})`, 'u').exec(one.text);
  if (!next) return [one];
  const behind = one.text.slice(next.index + next[0].length);
  return [
    { ...one, text: one.text.slice(0, next.index) },
    { ...one, printed: one.printed + 1, text: behind },
  ];
}

interface Numbered {
  value: number;
  /** Why it is doubtful. */
  why?: string;
}

/**
 * Their numbers: printed ones go up and leave room for those between. Of those that don't, as few as can be are taken for damaged;
 * what stands where only one number is left has that one, and any other is doubtful.
 */
function numbersOf(items: readonly Recommendation[], announced: number | undefined): Numbered[] {
  const printed = items.map((one) => one.printed);
  if (printed.every((one) => one === undefined)) return items.map((_, at) => ({ value: at + 1 }));
  const most = Math.max(announced ?? 0, items.length + 3);
  const kept = fitting(printed.map((one) => (one !== undefined && one <= most ? one : undefined)));
  return items.map((_, at) => {
    const own = kept[at];
    if (own !== undefined) return { value: own };
    const before = kept.findLastIndex((one, index) => index < at && one !== undefined);
    const behind = kept.findIndex((one, index) => index > at && one !== undefined);
    const [low, high] = [before < 0 ? 0 : (kept[before] as number), kept[behind]];
    const value = low + at - before;
    const room = high === undefined ? undefined : high - low - (behind - before);
    const isDue =
      room === 0 || (room === undefined && (announced ?? items.length) === low + items.length - 1 - before);
    return isDue ? { value } : { value, why: 'its number is not legible, and more than one would fit' };
  });
}

/** Of numbers the most that go up with room for what stands between them; what is not among them is undefined. */
function fitting(printed: readonly (number | undefined)[]): (number | undefined)[] {
  const best: { count: number; from: number; jump: number }[] = [];
  for (const [at, value] of printed.entries()) {
    best[at] = { count: value === undefined ? 0 : 1, from: -1, jump: (value ?? 0) - at };
    if (value === undefined || value < 1) continue;
    for (let before = 0; before < at; before++) {
      const own = printed[before];
      if (own === undefined || value - own < at - before) continue;
      const { count, jump } = best[before] as (typeof best)[number];
      const way = { count: count + 1, from: before, jump: jump + value - own - (at - before) };
      const now = best[at] as (typeof best)[number];
      if (way.count > now.count || (way.count === now.count && way.jump < now.jump)) best[at] = way;
    }
  }
  const kept: (number | undefined)[] = printed.map(() => undefined);
  const end = best.reduce((chosen, { count, jump }, at) => {
    const now = best[chosen] as (typeof best)[number];
    return count > now.count || (count === now.count && jump < now.jump) ? at : chosen;
  }, 0);
  for (let at = end; at >= 0 && best[at]; at = (best[at] as (typeof best)[number]).from)
    kept[at] = printed[at];
  return kept;
}

/** Whether a line is a paragraph of running text: entries have one sentence. */
const isParagraph = (text: string): boolean => /^\p{Lu}.*\p{Ll}{2}[.!?]\s+\p{Lu}.*[.!?]$/u.test(text);

/** Why an entry of a damaged report may be two: the number that is due behind it is not there, or it names the next addressee. */
function maybeJoined(
  items: readonly Recommendation[],
  numbers: readonly Numbered[],
  announced: number | undefined,
): (string | undefined)[] {
  const hasNumbers = items.some(({ printed }) => printed !== undefined);
  return items.map(({ text }, at) => {
    if (hasNear(text, 'should') && /\p{Lu}.*\W$/u.test(text)) return 'it seems to go on with an addressee';
    const [own, next] = [numbers[at] as Numbered, numbers[at + 1]];
    if (!hasNumbers || own.why !== undefined || next?.why !== undefined) return undefined;
    const due = next?.value ?? (announced ?? own.value) + 1;
    return due > own.value + 1
      ? `number ${own.value + 1} is missing: it may be joined to this one`
      : undefined;
  });
}

function valuesOf(
  { text, line, to }: Recommendation,
  {
    value,
    why,
    at,
    joined,
    spelt,
  }: Numbered & { at: number; joined: string | undefined; spelt: (to: string) => string | undefined },
): ReadValue[] {
  const path = ['recommendations', at];
  const about = (reason: string | undefined): About =>
    reason === undefined ? {} : { confidence: 'doubtful', why: reason };
  return [
    valueAt([...path, 'number'], value, line, about(why ?? joined)),
    ...entryValues(path, { summary: withoutFurniture(text) || undefined }, line, about(joined)),
    ...(to
      ? [
          valueAt(
            [...path, 'addressed_to'],
            spelt(to.text) ?? to.text,
            to.line,
            about(
              joined ?? (spelt(to.text) === undefined ? 'it may be cut, in a damaged report' : undefined),
            ),
          ),
        ]
      : []),
  ];
}

function findingsOf(
  found: Recommendation[],
  count: { said: number; line: ReportLine } | undefined,
  section: Section,
): ReadFinding[] {
  const findings: ReadFinding[] = [];
  const place = section.lines[0]?.place ?? { line: 1 };
  if (found.length === 0)
    findings.push({
      kind: 'other',
      about: 'recommendations',
      message: 'no recommendation was found below this heading',
      places: [place],
    });
  else if (count && count.said !== found.length)
    findings.push({
      kind: 'contradiction',
      about: 'recommendations',
      message: `the report says that there are ${count.said} recommendations, ${found.length} were found`,
      places: [count.line.place, ...found.map(({ line }) => line.place)],
    });
  return findings;
}
