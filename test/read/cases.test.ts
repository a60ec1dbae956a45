import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { knownEditions } from '../../src/import/edition/edition-file.js';
import { editionOf, readText, type Small, smallReport } from '../support/small-report.js';

/** As cases.yaml explains it. */
interface Case {
  what: string;
  edition?: string;
  small?: Small;
  /** What stands in the place of the small report. */
  text?: string;
  change?: [from: string, to: string][];
  /** Lines that are left out. */
  cut?: string;
  values?: Record<string, unknown>;
  sure?: string[];
  lists?: Record<string, unknown>;
  findings?: string[];
  refused?: string;
}

const cases: Case[] = parse(readFileSync(new URL('cases.yaml', import.meta.url), 'utf8'));

test.each(cases)('$what', async ({ edition = '2021', small = {}, change = [], cut, ...expected }) => {
  let text = expected.text ?? smallReport(await editionOf(edition), small);
  for (const [from, to] of change) {
    expect(text).toContain(from);
    text = text.replaceAll(from, to);
  }
  if (cut) text = text.replaceAll(new RegExp(cut, 'gm'), '');
  const editions = await knownEditions();
  if (expected.refused) {
    expect(() => readText(text, editions)).toThrow(new RegExp(expected.refused));
    return;
  }
  const { values = {}, sure = [], lists = {}, findings } = expected;
  const read = readText(text, editions);
  for (const [path, value] of Object.entries(values)) expect(read.value(path) ?? null, path).toBe(value);
  for (const path of sure) expect(read.at(path)?.confidence, path).toBe('confirmed');
  for (const [section, entries] of Object.entries(lists)) {
    const isList = Array.isArray(entries);
    expect(isList ? read.list(section) : read.section(section), section).toEqual(entries);
  }
  expect(read.reading.findings.map(({ message }) => message)).toEqual(
    (findings ?? []).map((message) => expect.stringMatching(message)),
  );
});
