import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Limits } from '../../src/read/file/limits.js';
import { openReport } from '../../src/read/file/open-report.js';
import type { Line, Report } from '../../src/read/report.js';

/** Opens a report of a content, from a file that is there for as long as that takes. */
export async function opened(content: string | Uint8Array, limits: Partial<Limits> = {}): Promise<Report> {
  const folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-report-'));
  try {
    const file = path.join(folder, 'report.txt');
    await writeFile(file, content);
    return await openReport(file, limits);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The lines of a report itself, not of its paper. */
export const linesOf = async (content: string | Uint8Array): Promise<Line[]> =>
  (await opened(content)).lines.filter(({ furniture }) => !furniture);
