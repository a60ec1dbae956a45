import type { EditionFile } from '../../src/import/edition/edition-file.js';
import { readEdition } from '../../src/import/edition/edition-file.js';
import { dbPath } from '../../src/paths.js';
import type { Material } from '../../src/simulate/material.js';
import { type SimulatedInspection, simulateProgramme } from '../../src/simulate/programme.js';
import { type InventedReport, inventedReport } from './report.js';
import { type StyleName, styleNames } from './style.js';
import { suits } from './styles.js';

/** Editions that invented reports are of: those that the known styles came from. */
const codes = ['2018', '2021'];

/** The files of the editions that invented reports are of, by code. */
export async function editionFiles(): Promise<Map<string, EditionFile>> {
  const files = await Promise.all(codes.map((code) => readEdition(dbPath('editions', code))));
  return new Map(files.map(({ edition }) => [String(edition.edition), edition]));
}

/** An inspection that is to be laid out. */
export interface Planned {
  inspection: SimulatedInspection;
  style: StyleName;
  number: number;
  seed: number;
}

/** Which inspections are laid out in which styles: each style of an edition in turn. */
export function* plannedReports(
  material: Material,
  { reports, seed }: { reports: number; seed: number },
): Generator<Planned, void, undefined> {
  const used = new Map<string, number>();
  let number = 0;
  // Some inspections leave a standard unrated, and are not laid out.
  const programme = simulateProgramme(material, {
    inspections: Math.ceil(reports * 1.4) + 8,
    seed,
    firstYear: 2018,
  });
  // Inspections come visit by visit, so that the first ones would all be of the older edition.
  const inspections = interleaved([...programme].filter(isWholly), reports);
  for (const inspection of inspections) {
    const edition = String(inspection.file.edition);
    const styles = styleNames.filter((style) => suits(style, edition));
    const turn = used.get(edition) ?? 0;
    used.set(edition, turn + 1);
    yield { inspection, style: styles[turn % styles.length] as StyleName, number: number++, seed };
  }
}

const isWholly = ({ file }: SimulatedInspection): boolean =>
  codes.includes(String(file.edition)) && file.overall?.rating !== undefined;

/** As many of each edition as can be, by turns. */
function interleaved(inspections: SimulatedInspection[], count: number): SimulatedInspection[] {
  const of = codes.map((code) => inspections.filter(({ file }) => String(file.edition) === code));
  const chosen: SimulatedInspection[] = [];
  for (let at = 0; chosen.length < count && of.some((list) => at < list.length); at++)
    for (const list of of) chosen.push(...list.slice(at, at + 1));
  return chosen.slice(0, count);
}

export function layOut(
  { inspection, style, number, seed }: Planned,
  editions: ReadonlyMap<string, EditionFile>,
): InventedReport {
  return inventedReport(inspection, editions.get(String(inspection.file.edition))!, { style, number, seed });
}
