import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { programVersion } from '../../version.js';
import type { Confidence, Reading, Remark } from '../claim.js';
import type { Place, Report } from '../report.js';

/** The file beside inspection.yaml that says how it was read. */
export const readingFile = 'reading.json';

/** The shape of reading.json, as its JSON Schema (db/schemas) has it. */
export interface ReadingFile {
  format: 1;
  generator: string;
  source: { file: string; kind: Report['kind']; sha256: string };
  inspection: { file: 'inspection.yaml'; sha256: string };
  counts: Record<Confidence, number>;
  values: {
    path: (string | number)[];
    value?: string | number | boolean;
    confidence: Confidence;
    place: Place;
    confirmed_by?: Place[];
    why?: string;
  }[];
  findings: Remark[];
}

/** How many values there are of each confidence. */
export function countByConfidence({ values }: Pick<Reading, 'values'>): Record<Confidence, number> {
  const counts = { read: 0, confirmed: 0, contradicted: 0, lost: 0 };
  for (const { confidence } of values) counts[confidence]++;
  return counts;
}

/** What goes beside an inspection file, whose text is given, into a folder. */
export function readingOf(
  document: Pick<Report, 'file' | 'kind' | 'hash'>,
  reading: Reading,
  { folder, inspection }: { folder: string; inspection: string },
): ReadingFile {
  const { file, kind, hash } = document;
  return {
    format: 1,
    generator: programVersion,
    source: { file: path.relative(path.resolve(folder), path.resolve(file)), kind, sha256: hash },
    inspection: { file: 'inspection.yaml', sha256: sha256(inspection) },
    counts: countByConfidence(reading),
    values: reading.values.map(({ path, value, confidence, place, confirmedBy, why }) => ({
      path,
      ...(value === undefined ? {} : { value }),
      confidence,
      place,
      ...(confirmedBy?.length ? { confirmed_by: confirmedBy } : {}),
      ...(why === undefined ? {} : { why }),
    })),
    findings: reading.findings,
  };
}

/** Reading files a value a line, so that they can be compared. */
export function readingText(file: ReadingFile): string {
  const list = (items: object[]) =>
    items.length === 0 ? '[]' : `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
  const { values, findings, ...head } = file;
  const text = JSON.stringify(head, null, 2).slice(0, -2);
  return `${text},\n  "values": ${list(values)},\n  "findings": ${list(findings)}\n}\n`;
}

/** The reading file of a bundle's folder; undefined when there is none, or none of this program. */
export async function readingFileOf(folder: string): Promise<ReadingFile | undefined> {
  const text = await readFile(path.join(folder, readingFile), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const file = JSON.parse(text) as Partial<ReadingFile> | null;
    const isOurs =
      file?.format === 1 &&
      typeof file.source?.file === 'string' &&
      typeof file.inspection?.sha256 === 'string';
    return isOurs ? (file as ReadingFile) : undefined;
  } catch {
    return undefined;
  }
}

export const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
