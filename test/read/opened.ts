import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import type { Limits } from '../../src/read/file/limits.js';
import { openReport } from '../../src/read/file/open-report.js';
import type { Line, Report } from '../../src/read/report.js';

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

export const opened = async (content: string | Uint8Array, limits: Partial<Limits> = {}): Promise<Report> =>
  openReport(await fileOf(content), limits);

/** The lines of a report itself, not of its paper. */
export const linesOf = async (content: string | Uint8Array): Promise<Line[]> =>
  (await opened(content)).lines.filter(({ furniture }) => !furniture);
