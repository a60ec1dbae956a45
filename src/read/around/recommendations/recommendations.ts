import type { ReadFinding, ReadValue } from '../../reading.js';
import type { ReportLine } from '../../report-document.js';
import { partOf } from '../../structure/parts.js';
import type { Section } from '../../structure/sections.js';
import { isFurniture, withoutFurniture } from '../furniture.js';
import { isNear, startsLow } from '../near.js';
import { numberOf } from '../numbers.js';
import { type About, entryValues, valueAt } from '../values.js';
import { addressedIn, namedAbove } from './addressed.js';
import { apart, isItem, type Recommendation, recommendation } from './entry.js';
import { maybeJoined, type Numbered, numbersOf } from './numbering.js';
import { speltAddressee, speltArea } from './spelt-addressee.js';

const announced =
  /\b(?:made|make|makes|following|of)\s+(?:the\s+)?(?:following\s+)?([a-z]+(?:-[a-z]+)?|\d{1,2})\s+recommendations?\b/i;

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
  /** The entry that what stands behind is no part of. */
  let whole: Recommendation | undefined;
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
    else if (line.heading || isParagraph(text)) {
      // Of a damaged report it may be the next part, its own heading not legible: figures of facts look like numbers of entries.
      if (isDamaged) break;
      whole = last;
    } else if (last !== whole && (startsLow(text) || !/[.!?]$/.test(last.text)))
      last.text = `${last.text} ${text}`;
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

/** Whether a line is a paragraph of running text: entries have one sentence. */
const isParagraph = (text: string): boolean => /^\p{Lu}.*\p{Ll}{2}[.!?]\s+\p{Lu}.*[.!?]$/u.test(text);

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
