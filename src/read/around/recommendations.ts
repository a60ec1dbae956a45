import type { ReadFinding, ReadValue } from '../reading.js';
import type { ReportLine } from '../report-document.js';
import type { Section } from '../structure/sections.js';
import { isFurniture, withoutFurniture } from './furniture.js';
import { numberOf } from './numbers.js';
import { entryValues, valueAt } from './values.js';

/** "Barnet Youth Offending Service should:", also with a damaged end, or on a line with the first recommendation. */
const addressee = /^(.{2,200}?),?\s+sh[ou]u?[1li]?d\s*(?:[:;.]\s*(.*))?$/i;
/** "1. ", "- 2. ", "4) ", "Recommendation 3: ". */
const numbered = /^(?:[-–—•*·▪■]\s*)*(?:recommendation\s+)?(\d{1,2})\s*[.):]\s*(.*)$/i;
const announced =
  /\b(?:made|make|makes|following|of)\s+(?:the\s+)?(?:following\s+)?([a-z]+(?:-[a-z]+)?|\d{1,2})\s+recommendations?\b/i;

interface Recommendation {
  number: number;
  text: string;
  line: ReportLine;
  to: { text: string; line: ReportLine } | undefined;
}

/** The recommendations of a report, each with its number and whom it is addressed to. */
export function readRecommendations(sections: readonly Section[]): {
  values: ReadValue[];
  findings: ReadFinding[];
} {
  const section = sections
    .filter(({ kind }) => kind === 'recommendations')
    .sort((one, other) => other.lines.length - one.lines.length)[0];
  if (!section) return { values: [], findings: [] };
  const found: Recommendation[] = [];
  let to: Recommendation['to'];
  let count: { said: number; line: ReportLine } | undefined;
  for (const [at, line] of section.lines.entries()) {
    const text = line.text.trim();
    if (text === '' || (at === 0 && text.length < 40) || isFurniture(line)) continue;
    const said = announced.exec(text);
    const saidCount = said && numberOf(said[1] as string);
    if (saidCount !== undefined && saidCount !== null && found.length === 0)
      count ??= { said: saidCount, line };
    const addressed = addressee.exec(text);
    if (addressed && !line.bullet && !numbered.test(text) && isAddressee(addressed[1] as string)) {
      to = { text: (addressed[1] as string).replace(/^\W+/, '').trim(), line };
      if (addressed[2]) found.push(recommendation(addressed[2], line, to, found));
      continue;
    }
    if (!to) continue;
    const last = found.at(-1);
    const isBegun = numbered.test(text) || line.bullet === true;
    if (isBegun) found.push(recommendation(text, line, to, found));
    else if (last && last.to === to && (/^[a-z(,;]/.test(text) || !/[.!?]$/.test(last.text)) && !line.heading)
      last.text = `${last.text} ${text}`;
    else if (!last || last.to !== to) found.push(recommendation(text, line, to, found));
  }
  return { values: found.flatMap(valuesOf), findings: findingsOf(found, count, section) };
}

const isAddressee = (text: string) => text.length < 160 && /\p{L}{2}/u.test(text) && !/[.!?]\s/.test(text);

function recommendation(
  text: string,
  line: ReportLine,
  to: Recommendation['to'],
  before: Recommendation[],
): Recommendation {
  const match = numbered.exec(text);
  const next = (before.at(-1)?.number ?? 0) + 1;
  const printed = match ? Number(match[1]) : undefined;
  // Numbers go up, mostly by one: a damaged one is the one that is due.
  const isPrinted = printed !== undefined && printed >= next && printed <= next + 2;
  const body = match ? (match[2] as string) : text.replace(/^\W*\d?\W*(?=\p{L})/u, '');
  return { number: isPrinted ? printed : next, text: body.trim(), line, to };
}

function valuesOf({ number, text, line, to }: Recommendation, at: number): ReadValue[] {
  const path = ['recommendations', at];
  return [
    ...entryValues(path, { number, summary: withoutFurniture(text) || undefined }, line),
    ...(to ? [valueAt([...path, 'addressed_to'], to.text, to.line)] : []),
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
