import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ReadingFile } from '../../import/files/file-schema.js';
import { sha256 } from '../../sha256.js';
import { programVersion } from '../../version.js';
import type { Confidence, Reading } from '../claim.js';
import type { Report } from '../report.js';

/** The file beside inspection.yaml that says how it was read. */
export const readingFile = 'reading.json';

export function countByConfidence({ values }: Pick<Reading, 'values'>): Record<Confidence, number> {
  const counts = { read: 0, confirmed: 0, contradicted: 0, lost: 0 };
  for (const { confidence } of values) counts[confidence]++;
  return counts;
}

/** reading.json beside an inspection file whose text is given, in a folder: a value a line, so that files can be compared. */
export function readingText(
  { file, kind, hash }: Omit<Report, 'lines'>,
  reading: Reading,
  { folder, inspection }: { folder: string; inspection: string },
): string {
  const head: Omit<ReadingFile, 'values' | 'findings'> = {
    format: 1,
    generator: programVersion,
    source: { file: path.relative(path.resolve(folder), path.resolve(file)), kind, sha256: hash },
    inspection: { file: 'inspection.yaml', sha256: sha256(inspection) },
    counts: countByConfidence(reading),
  };
  const values = reading.values.map(({ path, value, confidence, place, confirmedBy, why }) => ({
    ...{ path, value, confidence, place, confirmed_by: confirmedBy?.length ? confirmedBy : undefined, why },
  }));
  const list = (items: object[]) =>
    items.length === 0 ? '[]' : `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
  const start = JSON.stringify(head, null, 2).slice(0, -2);
  return `${start},\n  "values": ${list(values)},\n  "findings": ${list(reading.findings)}\n}\n`;
}

/** The reading file of a bundle's folder; undefined when there is none, or none of this program. */
export async function readingFileOf(folder: string): Promise<ReadingFile | undefined> {
  const file: Partial<ReadingFile> | null = await readFile(path.join(folder, readingFile), 'utf8')
    .then(JSON.parse)
    .catch(() => null);
  const isOurs =
    file?.format === 1 && file.source?.file !== undefined && file.inspection?.sha256 !== undefined;
  return isOurs ? (file as ReadingFile) : undefined;
}
