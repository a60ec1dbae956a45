import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect } from 'vitest';
import { type CsvFile, openCsv } from '../../../src/import/files/csv/csv-file.js';
import { formatProblem, UserError } from '../../../src/problem.js';

const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

/** Writes a file of these bytes, and says where. */
export async function tableFile(content: string | Uint8Array): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-csv-'));
  folders.push(folder);
  const file = path.join(folder, 'table.csv');
  await writeFile(file, content);
  return file;
}

/** Opens a file of these bytes. */
export async function table(content: string | Uint8Array): Promise<CsvFile> {
  return openCsv(await tableFile(content));
}

/** All rows, each with its line before it. */
export async function numberedRows(csv: CsvFile): Promise<[line: number, ...cells: string[]][]> {
  const all: [number, ...string[]][] = [];
  for (const { cells, line } of csv.rows()) all.push([line, ...cells]);
  return all;
}

/** What is said of a file that is refused, when it is opened or read: the message, then `line:column: …` of each problem. */
export async function complaints(content: string | Uint8Array): Promise<string[]> {
  const file = await tableFile(content);
  try {
    await numberedRows(await openCsv(file));
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    const { message, problems } = error as UserError;
    for (const problem of problems) expect(problem.file).toBe(file);
    return [message, ...problems.map(formatProblem)].map((text) =>
      text.replace(`${file}:`, '').replace(file, 'table.csv'),
    );
  }
  throw new Error('the table was read without complaint');
}
