import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ratedEdition } from '../../src/framework/rated-edition.js';
import { knownEditions } from '../../src/import/edition/known-editions.js';
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
  const editions = (await knownEditions()).filter(ratedEdition);
  const all: Measured[] = [];
  for (const layout of layoutNames)
    for (const edition of editions)
      for (let seed = 1; seed <= reports; seed++)
        all.push(await measure(await inventedReport(layout, edition, seed)));
  return all;
}

/** The page on the reader with the table of what was measured between its marks. */
export function withMeasured(page: string, measured: readonly Measured[]): string {
  const [begin, end] = ['<!-- begin measured -->', '<!-- end measured -->'];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/reading.md has lost its marks ${begin} and ${end}`);
  const rows = layoutNames.map((layout) => {
    const own = measured.filter((one) => one.layout === layout);
    const sum = (of: (one: Measured) => number) => own.reduce((all, one) => all + of(one), 0);
    const [values, right] = [sum((one) => one.values), sum((one) => one.right)];
    return `| ${layout} | ${own.length} | ${values} | ${((100 * right) / values).toFixed(1)}% | ${sum((one) => one.wrong.length)} |`;
  });
  const table = ['| layout | reports | values | read right | wrong |', '|---|--:|--:|--:|--:|', ...rows];
  return `${page.slice(0, from + begin.length)}\n${table.join('\n')}\n${page.slice(to)}`;
}

/** `npx tsx test/invented-reports/measure.ts 3` prints what was read wrong or not at all. */
if (process.argv[1]?.endsWith('measure.ts'))
  for (const { layout, values, right, wrong, missing } of await measureAll(Number(process.argv[2] ?? 1))) {
    console.log(`${layout}: ${right} of ${values}`);
    for (const one of wrong) console.log(`  wrong ${one}`);
    for (const one of missing) console.log(`  missing ${one}`);
  }
