/**
 * Writes invented reports, each with what is true of it beside:
 * tsx scripts/reading/write.ts --to folder [--reports 20] [--seed 1] [--rate 0.5] [--as any]
 * The folder gets 007-pipes-counts.txt and 007-pipes-counts.truth.json; rate is the percentage of damaged characters, as the kind of damage (scripts/reading/damage.ts).
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { damagesOf } from './damage.js';
import { editionFiles, layOut, plannedReports } from './reports.js';
import { freshMaterial } from './with-material.js';

const { values } = parseArgs({
  options: {
    to: { type: 'string' },
    reports: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    rate: { type: 'string', default: '0' },
    as: { type: 'string', default: 'conversion' },
  },
});
if (!values.to) throw new Error('name the folder to write to: --to folder');
await mkdir(values.to, { recursive: true });
const [damage] = damagesOf([Number(values.rate)], [values.as]);
const editions = await editionFiles();
const material = await freshMaterial();
const options = { reports: Number(values.reports), seed: Number(values.seed) };
for (const planned of plannedReports(material, options)) {
  const report = layOut(planned, editions);
  const name = `${String(report.number).padStart(3, '0')}-${report.style.replaceAll(/\W+/g, '-')}`;
  const truth = report.truth.map((one) => ({ ...one, line: report.lineOf.get(one.key) }));
  await writeFile(path.join(values.to, `${name}.${report.extension}`), await report.file(damage!));
  await writeFile(
    path.join(values.to, `${name}.truth.json`),
    `[\n${truth.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`,
  );
}
