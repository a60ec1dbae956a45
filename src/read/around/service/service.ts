import type { ReadFinding, ReadValue } from '../../reading.js';
import type { ReportLine } from '../../report-document.js';
import type { Section } from '../../structure/sections.js';
import { nearestAuthority } from '../area.js';
import { type About, valueAt } from '../values.js';
import { agreed, areasOf, headingArea } from './area-said.js';
import { chosenName, damagedName, fullNames, isNamedInHead, kindOf, nameOf } from './name.js';

const shortName = /\b(YOT|YOS|YJS|YJP|YJT)\b/g;

/** Service with its kind and area, and the report's title. */
export function readService(
  lines: readonly ReportLine[],
  sections: readonly Section[],
  isDamaged = false,
): { values: ReadValue[]; findings: ReadFinding[] } {
  const values: ReadValue[] = [];
  const findings: ReadFinding[] = [];
  const head = headingArea(lines);
  const areas = areasOf(lines, head);
  const area = areas[0] && agreed(areas[0], lines);
  const isVouched = area && (area.others.length > 0 || nearestAuthority(area.text)?.steps === 0);
  const why = 'no two places spell it alike';
  const aboutArea: About = isVouched
    ? { confirmedBy: area.others.slice(0, 5) }
    : { confidence: 'doubtful', why };
  const names = fullNames(lines, sections, area?.text);
  const chosen = chosenName(names, sections) ?? (area && damagedName(area.text, sections));
  const name = isDamaged && isVouched && chosen ? nameOf(area.text, chosen, lines) : chosen;
  const aboutName: About =
    isDamaged && area && !isVouched ? aboutArea : name === undefined ? {} : { confirmedBy: name.others };
  if (head) values.push(valueAt(['report', 'title'], `${head.title} ${area?.text ?? head.area}`, head.line));
  if (name) {
    values.push(valueAt(['service', 'name'], name.text, name.line, aboutName));
    const kind = kindOf(name.text);
    if (kind) values.push(valueAt(['service', 'kind'], kind, name.line, { confirmedBy: name.others }));
  } else if (area) {
    const kind = mostFrequent(
      lines.flatMap(({ text }) => [...text.matchAll(shortName)].map(([word]) => word)),
    );
    values.push(
      valueAt(['service', 'name'], `${area.text} ${kind ?? 'Youth Offending Service'}`, area.line, {
        ...aboutArea,
        // The ratings page prints a name, but not legibly.
        ...(isNamedInHead(sections)
          ? { confidence: 'doubtful', why: 'the ratings page does not name it legibly' }
          : {}),
      }),
    );
    if (kind && !isNamedInHead(sections)) values.push(valueAt(['service', 'kind'], kind, area.line));
  }
  if (area) {
    const authority = nearestAuthority(area.text);
    // What is spelt alike all over the report is no damaged name of somebody else.
    const isOwn = authority === undefined || (authority.steps > 0 && area.others.length > 3);
    const spelt = isOwn ? area.text : authority.name;
    values.push(valueAt(['service', 'area'], spelt, area.line, aboutArea));
  } else
    findings.push({
      kind: 'other',
      about: 'service',
      message: 'the report does not say legibly which area it is about',
      places: lines[0] ? [lines[0].place] : [],
    });
  return { values, findings };
}

function mostFrequent(words: string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}
