import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ContextEntry, InspectionFile } from '../../src/import/bundle/inspection-file.js';
import { YamlFile } from '../../src/import/files/yaml-file.js';
import { dbPath } from '../../src/paths.js';
import { readAround } from '../../src/read/around/around.js';
import { assemble } from '../../src/read/bundle/assemble.js';
import { openReport } from '../../src/read/document/open-report.js';
import { placeText } from '../../src/read/report-document.js';
import { knownEditions } from '../../src/read/structure/known-editions.js';
import { sectionsOf } from '../../src/read/structure/sections.js';

// Contextual facts as they are read from the three published reports, held against those that were read by hand.

/** The folder of the published reports, beside the repository. */
export const reportsFolder = fileURLToPath(new URL('../../../shared/reports/', import.meta.url));
export const hasReports = existsSync(reportsFolder);

/** By bundle: the file that it was read from. */
export const handChecked: Record<string, string> = {
  'barnet-2022-05': 'barnet-2022-05.txt',
  'essex-2018-10': 'essex-2018.txt',
  'kensington-and-chelsea-2021-03': 'kensington-and-chelsea-2021-03.txt',
};

/** How the facts of a report compare. */
export interface FactsCompared {
  /** By hand, found with the same figures. */
  matched: ContextEntry[];
  /** By hand, and not found; `why` says what differs where a fact of the same line is near. */
  missed: { fact: ContextEntry; why: string }[];
  /** Found, and not among those read by hand. */
  more: ContextEntry[];
}

const figureKeys = [
  'value',
  'percent',
  'national_value',
  'national_percent',
  'comparator_value',
  'comparator_percent',
] as const;

/** Reads a report, and holds its facts against the hand-checked bundle. */
export async function compareFacts(bundle: string): Promise<FactsCompared> {
  const { data } = await YamlFile.read(dbPath('inspections', bundle, 'inspection.yaml'));
  const byHand = data as InspectionFile;
  const editions = await knownEditions();
  const document = await openReport(path.join(reportsFolder, handChecked[bundle] as string));
  const edition = editions.find(({ edition }) => String(edition) === String(byHand.edition));
  const tables = new Set(
    document.lines.filter(({ cells }) => cells.length > 1).map(({ place }) => placeText(place)),
  );
  const { values } = readAround(document, sectionsOf(document, editions), edition);
  return compared(byHand.context ?? [], assemble(values, '').file.context ?? [], (place) =>
    tables.has(place),
  );
}

/** Holds facts against facts: line, figures and kind of figure; in tables what stands beside them, time and source too. */
export function compared(
  byHand: readonly ContextEntry[],
  read: readonly ContextEntry[],
  isTable: (place: string) => boolean,
): FactsCompared {
  const left = new Set(read);
  const result: FactsCompared = { matched: [], missed: [], more: [] };
  for (const fact of byHand) {
    const near = [...left].filter(({ place }) => place === fact.place);
    const differing = near.map((one) => ({ one, why: differences(fact, one, isTable(String(fact.place))) }));
    const same = differing.find(({ why }) => why === '');
    if (same) {
      left.delete(same.one);
      result.matched.push(fact);
    } else {
      const closest = differing.sort((one, other) => one.why.length - other.why.length)[0];
      result.missed.push({ fact, why: closest?.why ?? 'nothing on its line' });
    }
  }
  result.more = [...left];
  return result;
}

function differences(fact: ContextEntry, one: ContextEntry, isTable: boolean): string {
  const wrong: string[] = [];
  for (const key of figureKeys) {
    // In running text a comparison is a fact of its own.
    if (key.startsWith('comparator') && !isTable) continue;
    const isLost = [fact, one].map(({ lost = [] }) => lost.includes(key));
    if (fact[key] !== one[key] || isLost[0] !== isLost[1])
      wrong.push(`${key} ${isLost[0] ? 'lost' : fact[key]}: ${isLost[1] ? 'lost' : one[key]}`);
  }
  if (isTable && fact.source !== undefined) {
    if (!isAlike(fact.source, one.source)) wrong.push(`source "${fact.source}": "${one.source}"`);
    const time = [fact.year, fact.period].map((part) => part ?? '').join(' ');
    const readTime = [one.year, one.period].map((part) => part ?? '').join(' ');
    if (time.trim() !== '' && !isAlike(time, readTime)) wrong.push(`time "${time}": "${readTime}"`);
  }
  return wrong.join('; ');
}

/** Whether two texts have most of the shorter one's words in common. */
function isAlike(one: string, other = ''): boolean {
  const wordsOf = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\d]+/gu) ?? []);
  const [ones, others] = [wordsOf(one), wordsOf(other)];
  const common = [...ones].filter((word) => others.has(word)).length;
  return common / Math.max(1, Math.min(ones.size, others.size)) >= 0.6;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const bundle of Object.keys(handChecked)) {
    const { matched, missed, more } = await compareFacts(bundle);
    const found = matched.length + more.length;
    console.log(
      `${bundle}: ${matched.length} of ${matched.length + missed.length} found (${((100 * matched.length) / (matched.length + missed.length)).toFixed(1)}%), ` +
        `${more.length} more (precision by hand ${((100 * matched.length) / found).toFixed(1)}%)`,
    );
    for (const { fact, why } of missed)
      console.log(`  missed ${fact.place}: ${fact.measure.slice(0, 60)} [${fact.category ?? ''}]: ${why}`);
    for (const { place, measure, category, value, percent, lost, unit } of more)
      console.log(
        `  more ${place}: ${percent === undefined ? (value ?? lost) : `${percent}%`} ${unit ?? ''} | ${measure.slice(0, 110)} [${category ?? ''}]`,
      );
  }
}
