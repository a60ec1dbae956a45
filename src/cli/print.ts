import Papa from 'papaparse';
import { printable } from '../printable.js';

/** Prints lines to standard output: results. */
export function print(...lines: string[]): void {
  process.stdout.write(`${printable(lines.join('\n'))}\n`);
}

/** Prints a value as JSON to standard output. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** Prints rows, which all have the same columns, as CSV with a heading; null is an empty cell. */
export function printCsv(rows: readonly object[]): void {
  process.stdout.write(`${Papa.unparse(rows as object[], { newline: '\n' })}\n`);
}

/** Prints lines to standard error: progress and messages. */
export function tell(...lines: string[]): void {
  process.stderr.write(`${printable(lines.join('\n'))}\n`);
}

/** "1 view", "3 views". */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
