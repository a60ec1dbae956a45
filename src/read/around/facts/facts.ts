import type { EditionFile } from '../../../import/edition/edition-file.js';
import { showsDamage } from '../../checks/damage.js';
import type { ReadFinding, ReadValue } from '../../reading.js';
import { positionOf, type ReportDocument, type ReportLine } from '../../report-document.js';
import type { Section, Sections } from '../../structure/sections.js';
import { type Fact, factValues } from './fact.js';
import { footnoteFacts } from './footnotes.js';
import { proseFacts } from './prose.js';
import { tableFacts } from './tables.js';
import { doubtUnconfirmed } from './unconfirmed.js';

/** More than any report has, and what a bundle may hold. */
const mostFacts = 900;

/** Contextual facts: those of tables, then those of the text, in the report's order. */
export function readFacts(
  parts: Sections,
  { area, edition }: { area: string | undefined; edition: EditionFile | undefined },
  document: ReportDocument,
): { values: ReadValue[]; findings: ReadFinding[] } {
  const { sections } = parts;
  const isCaseBased = caseBased(edition);
  const isDamaged = showsDamage(document);
  const facts: Fact[] = [];
  const findings: ReadFinding[] = [];
  for (const section of sections) {
    let used: ReadonlySet<ReportLine> = new Set();
    const hasTables =
      section.kind === 'facts' ||
      section.kind === 'background' ||
      (section.kind === 'standard' && !isCaseBased(section)) ||
      (section.kind === 'domain' && section.domain === '1');
    if (hasTables) {
      const tables = tableFacts(reclaimed(section, document.lines), parts, { area, isDamaged });
      facts.push(...tables.facts);
      findings.push(...tables.findings);
      used = tables.used;
    }
    facts.push(...proseFacts(section, used, isCaseBased));
  }
  facts.push(...footnoteFacts(sections, parts));
  const order = ({ line }: Fact) => positionOf(line.place);
  const inOrder = facts.sort((one, other) => order(one) - order(other));
  if (isDamaged) doubtUnconfirmed(inOrder, document.lines);
  if (inOrder.length > mostFacts)
    findings.push({
      kind: 'other',
      about: 'context',
      message: `${inOrder.length} facts were found: those behind the first ${mostFacts} are left out`,
      places: [(inOrder[mostFacts] as Fact).line.place],
    });
  return { values: factValues(inOrder.slice(0, mostFacts)), findings };
}

/**
 * A section of facts with lines that only look like page furniture: "Average for England and Wales" below each of its measures,
 * and a figure that stands alone on its line.
 */
function reclaimed(section: Section, all: readonly ReportLine[]): Section {
  const [first, last] = [section.lines[0], section.lines.at(-1)];
  if (section.kind !== 'facts' || !first || !last) return section;
  const own = new Set(section.lines);
  const isNational = (line: ReportLine | undefined) =>
    line !== undefined && /^(?:national )?average\b.{0,40}$|^england and wales$/i.test(line.text.trim());
  const within = all.slice(all.indexOf(first), all.indexOf(last) + 8);
  const end = within.indexOf(last);
  const lines = within.filter(
    (line, at) =>
      own.has(line) ||
      (line.noise !== undefined &&
        (isNational(line) || (line.noise === 'page number' && isNational(within[at + 1]))) &&
        at <= end + 3),
  );
  return { ...section, lines };
}

/** Whether a standard is rated from cases; by its domain where the edition is not known. */
function caseBased(edition: EditionFile | undefined): (section: Section) => boolean {
  const standards = new Map(
    edition?.domains.flatMap((domain) => domain.standards.map(({ code, basis }) => [code, basis] as const)),
  );
  return ({ domain, standard }) =>
    standard !== undefined && standards.has(standard)
      ? standards.get(standard) === 'cases'
      : domain === '2' || domain === '3';
}
