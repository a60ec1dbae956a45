import { existsSync, readFileSync } from 'node:fs';
import Papa from 'papaparse';

/** A file of the material that lies beside the project on some machines; undefined where it does not. */
export function sharedFile(name: string): string | undefined {
  const url = new URL(`../../../shared/${name}`, import.meta.url);
  return existsSync(url) ? readFileSync(url, 'utf8') : undefined;
}

/** What a test's title says where the material is not there. */
export const unlessShared = (there: unknown): string =>
  there === undefined ? ' (skipped: ../shared is not on this machine)' : '';

/** The rows of a table, by heading. */
export const tableRows = (text: string): Record<string, string>[] =>
  Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
