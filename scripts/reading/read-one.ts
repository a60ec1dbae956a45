import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UserError } from '../../src/problem.js';
import { readReport } from '../../src/read/read-report.js';
import { type Judged, judge } from './compare.js';
import { type Damage, undamaged } from './damage.js';
import type { InventedReport } from './report.js';

/** What became of an invented report: its values judged, or why there are none. */
export interface Outcome {
  number: number;
  style: InventedReport['style'];
  edition: string;
  damage: Damage;
  /** Why the reader refused it, or how it broke. */
  refused?: string;
  broken?: string;
  milliseconds: number;
  judged: (Judged & { raw: string; isPrintedSo: boolean })[];
}

/** Reads an invented report with its characters damaged, and judges what was read. */
export async function readOne(report: InventedReport, damage: Damage): Promise<Outcome> {
  const folder = await mkdtemp(path.join(tmpdir(), 'invented-report-'));
  const file = path.join(folder, `report.${report.extension}`);
  const { number, style, edition } = report;
  const outcome: Outcome = { number, style, edition, damage, milliseconds: 0, judged: [] };
  try {
    const bytes = await report.file(damage);
    await writeFile(file, bytes);
    const began = performance.now();
    const { reading } = await readReport(file);
    outcome.milliseconds = performance.now() - began;
    const isText = report.extension === 'txt';
    const lines = isText ? String(bytes).split(/\r?\n/) : [];
    const whole = isText && damage.share > 0 ? String(await report.file(undamaged)).split(/\r?\n/) : lines;
    const [words, wholeWords] = [report.wordsOf?.(damage), report.wordsOf?.(undamaged)];
    outcome.judged = judge(report, reading).map((one) => {
      const isMore = (damaged = '', sound = '') => times(damaged, one.read) > times(sound, one.read);
      const isPrintedSo = (line = 0) => isMore(lines[line - 1], whole[line - 1]);
      const { key = '' } = one;
      return {
        ...one,
        raw: lines[(one.line ?? 0) - 1] ?? words?.get(key) ?? '',
        isPrintedSo:
          one.fate === 'wrong' &&
          (isPrintedSo(one.line) ||
            isPrintedSo(one.readLine) ||
            isMore(words?.get(key), wholeWords?.get(key))),
      };
    });
  } catch (error) {
    if (error instanceof UserError) outcome.refused = error.message;
    else outcome.broken = error instanceof Error ? (error.stack ?? error.message) : String(error);
    outcome.judged = judge(report, { values: [], findings: [] }).map((one) => ({
      ...one,
      raw: '',
      isPrintedSo: false,
    }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return outcome;
}

/** How often a figure stands in a line by itself, or a text word for word. */
function times(line: string, read: unknown): number {
  if (typeof read === 'string') return line.split(read).length - 1;
  if (typeof read !== 'number') return 0;
  const figures = line.replaceAll(/(?<=\d),(?=\d{3})/g, '').match(/\d+(?:\.\d+)?/g) ?? [];
  return figures.filter((digits) => Number(digits) === read).length;
}
