import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Framework, isRated } from '../../src/framework/framework.js';
import { knownEditions } from '../../src/import/edition/edition-file.js';
import { isSure } from '../../src/read/claim.js';
import { readReport } from '../../src/read/read-report.js';
import { type Block, blocksOf } from './blocks.js';
import { inventedReport } from './invented-report.js';
import { asPdf } from './pdf-layout.js';
import { asMarkdown, asPrinted, withTabs } from './text-layouts.js';
import { asWebPage } from './web-layout.js';

type Lay = (blocks: Block[], head: string) => string | Promise<Buffer>;

/** The ways in which published reports, and texts made of them, are laid out. */
const layouts: Record<string, [ending: string, lay: Lay]> = {
  'text, tabs': ['txt', withTabs],
  'text, printed columns': ['txt', asPrinted],
  Markdown: ['md', asMarkdown],
  'web page': ['html', asWebPage],
  PDF: ['pdf', asPdf],
};

export const layoutNames = Object.keys(layouts);

/** An invented report in a layout, and what it says, by the words of each path in inspection.yaml. */
export async function laidOut(layout: string, edition: Framework, seed: number) {
  const [ending, lay] = layouts[layout] as [string, Lay];
  const { text, truth } = inventedReport(edition, seed);
  const laid = await lay(blocksOf(text), `Inspection of youth services: ${truth.get('service area')}`);
  return { ending, bytes: Buffer.from(laid), truth };
}

/** What was read of an invented report: paths of values that are not what it says, and of those that were not read for sure. */
export interface Measured {
  layout: string;
  values: number;
  right: number;
  wrong: string[];
  missing: string[];
}

/** Reads an invented report from a file, and holds what was read against what it says. */
export async function measure(layout: string, edition: Framework, seed: number): Promise<Measured> {
  const { ending, bytes, truth } = await laidOut(layout, edition, seed);
  const folder = await mkdtemp(path.join(tmpdir(), 'invented-report-'));
  try {
    const file = path.join(folder, `report.${ending}`);
    await writeFile(file, bytes);
    const { reading } = await readReport(file);
    const sure = new Map(reading.values.filter(isSure).map((one) => [one.path.join(' '), one.value]));
    const all = [...truth];
    // What it does not say at all is as wrong as what it says otherwise.
    const ofRatings = /^(?:standard_ratings|key_questions|prompts|overall)/;
    const strange = [...sure.keys()].filter((key) => ofRatings.test(key) && !truth.has(key));
    return {
      ...{ layout, values: truth.size, right: all.filter(([key, value]) => sure.get(key) === value).length },
      wrong: [
        ...all.filter(([key, value]) => sure.has(key) && sure.get(key) !== value).map(([key]) => key),
        ...strange,
      ],
      missing: all.flatMap(([key]) => (sure.has(key) ? [] : key)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** So many reports of each layout and edition. */
export async function measureAll(reports: number): Promise<Measured[]> {
  // What an edition without known rules rates can't be invented.
  const editions = (await knownEditions()).filter(isRated);
  const all: Measured[] = [];
  for (const layout of layoutNames)
    for (const edition of editions)
      for (let seed = 1; seed <= reports; seed++) all.push(await measure(layout, edition, seed));
  return all;
}
