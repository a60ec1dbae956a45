import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import type { Limits } from '../../../src/read/document/limits.js';
import { openReport } from '../../../src/read/document/open-report.js';
import type { ReportDocument, ReportLine } from '../../../src/read/report-document.js';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A new folder, which is gone after the tests. */
export async function folderOf(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-report-'));
  folders.push(folder);
  return folder;
}

/** Writes a file of a name into a folder of its own, and gives its path. */
export async function fileOf(content: string | Uint8Array, name = 'report.txt'): Promise<string> {
  const file = path.join(await folderOf(), name);
  await writeFile(file, content);
  return file;
}

export async function opened(
  content: string | Uint8Array,
  { name, limits }: { name?: string; limits?: Partial<Limits> } = {},
): Promise<ReportDocument> {
  return openReport(await fileOf(content, name), limits && { limits });
}

/** The lines of a text that are not noise. */
export async function linesOf(content: string | Uint8Array): Promise<ReportLine[]> {
  return (await opened(content)).lines.filter(({ noise }) => !noise);
}

/** A line in a word or two: where it stands, and its cells. */
export const brief = ({ place, cells }: ReportLine) => `${place.line}: ${cells.join(' | ')}`;
