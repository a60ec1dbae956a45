import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isRated } from '../../src/framework/framework.js';
import { knownEditions } from '../../src/import/edition/edition-file.js';
import { isSure } from '../../src/read/claim.js';
import { readReport } from '../../src/read/read-report.js';
import { type InventedReport, inventedReport, layoutNames } from './layouts.js';

/** What was read of an invented report: paths of values that are not what it says, and of those that were not read for sure. */
export interface Measured {
  layout: string;
  values: number;
  right: number;
  wrong: string[];
  missing: string[];
}

/** Reads an invented report from a file, and holds what was read against what it says. */
export async function measure({ layout, ending, bytes, truth }: InventedReport): Promise<Measured> {
  const folder = await mkdtemp(path.join(tmpdir(), 'invented-report-'));
  try {
    const file = path.join(folder, `report.${ending}`);
    await writeFile(file, bytes);
    const { reading } = await readReport(file);
    const sure = new Map(reading.values.filter(isSure).map((one) => [one.path.join(' '), one.value]));
    const measured: Measured = { layout, values: truth.size, right: 0, wrong: [], missing: [] };
    for (const [key, value] of truth) {
      if (!sure.has(key)) measured.missing.push(key);
      else if (sure.get(key) === value) measured.right += 1;
      else measured.wrong.push(`${key}: ${sure.get(key)}, not ${value}`);
    }
    // What it does not say at all is as wrong as what it says otherwise.
    for (const [key, value] of sure)
      if (/^(?:standard_ratings|key_questions|prompts|overall)/.test(key) && !truth.has(key))
        measured.wrong.push(`${key}: ${value}, which is not there`);
    return measured;
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
      for (let seed = 1; seed <= reports; seed++)
        all.push(await measure(await inventedReport(layout, edition, seed)));
  return all;
}

/** `npx tsx test/invented-reports/measure.ts 3` prints what was read wrong or not at all. */
if (process.argv[1]?.endsWith('measure.ts'))
  for (const { layout, values, right, wrong, missing } of await measureAll(Number(process.argv[2] ?? 1))) {
    console.log(`${layout}: ${right} of ${values}`);
    for (const one of wrong) console.log(`  wrong ${one}`);
    for (const one of missing) console.log(`  missing ${one}`);
  }
