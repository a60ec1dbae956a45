import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { InspectionFile, ResultEntry } from '../../src/import/bundle/inspection-file.js';
import { YamlFile } from '../../src/import/files/yaml-file.js';
import { dbPath } from '../../src/paths.js';
import { assemble } from '../../src/read/bundle/assemble.js';
import { type Claim, isSure, type Reading } from '../../src/read/claim.js';
import { readReport } from '../../src/read/read-report.js';
import { placeText } from '../../src/read/report.js';

// The reader against the bundles that were read by hand, on the texts that both were read from: a folder `shared` beside the
// repository.

const folder = fileURLToPath(new URL('../../../shared/reports/', import.meta.url));
const isHere = existsSync(folder);
const why = isHere ? '' : ' (skipped: no folder shared with reports beside the repository)';

const reports = [
  ['barnet-2022-05', 'barnet-2022-05.txt'],
  ['essex-2018-10', 'essex-2018.txt'],
  ['kensington-and-chelsea-2021-03', 'kensington-and-chelsea-2021-03.txt'],
] as const;

describe.skipIf(!isHere).each(reports)(`%s, read by the reader and by hand${why}`, (bundle, report) => {
  let byHand: InspectionFile;
  let reading: Reading;
  let read: InspectionFile;

  beforeAll(async () => {
    byHand = (await YamlFile.read(dbPath('inspections', bundle, 'inspection.yaml'))).data as InspectionFile;
    reading = (await readReport(path.join(folder, report))).reading;
    read = assemble(reading.values, '');
  });

  test('every figure of a key question and a prompt with its place, none wrong, the lost cells lost', () => {
    const figures = (file: InspectionFile) =>
      (['key_questions', 'prompts'] as const).flatMap((section) =>
        Object.entries(file[section] ?? {}).map(([code, entry]): [string, ResultEntry] => [code, entry]),
      );
    expect(Object.fromEntries(figures(read))).toEqual(Object.fromEntries(figures(byHand)));
  });

  test('the ratings with their places, and the score', () => {
    expect(read.standard_ratings).toEqual(byHand.standard_ratings);
    const { rating, score } = byHand.overall ?? {};
    expect([read.overall?.rating, read.overall?.score]).toEqual([rating, score]);
  });

  test('the edition, the service and the dates', () => {
    expect(read.edition).toBe(byHand.edition);
    const same = (file: InspectionFile) => {
      const { title: _, isbn, published, ...dates } = file.report;
      const { area, kind } = file.service as { area: string; kind: string };
      return { ...dates, area, kind, published: String(published), isbn: String(isbn).replaceAll(/\D/g, '') };
    };
    const expected = same(byHand);
    expect(same(read)).toEqual({ ...expected, area: expected.area.replace('&', 'and') });
  });

  test('the decisions of the panel', () => {
    const brief = ({ professional_discretion: all = [] }: InspectionFile) =>
      all.map(({ standard, from, to }) => [standard, from, to]);
    expect(brief(read)).toEqual(brief(byHand));
  });

  test('the samples', () => {
    for (const [sample, entry] of Object.entries(byHand.sample ?? {})) {
      const { place: _, ...counts } = entry as Record<string, unknown>;
      const name = sample.replace(/_disposals$/, '').replaceAll('_', ' ');
      const own = (read.samples as Record<string, Record<string, unknown>> | undefined)?.[name] ?? {};
      // That there was none of a disposal is said by saying nothing of it, or by 0.
      const found = Object.keys(counts).map((key) => [key, own[key] ?? 0]);
      expect(Object.fromEntries(found), sample).toEqual(counts);
    }
  });

  test('every recommendation with its addressee and place', () => {
    const brief = ({ recommendations }: InspectionFile) =>
      (recommendations as Exclude<InspectionFile['recommendations'], number | undefined>).map(
        ({ number, addressed_to, place }) => [number, addressed_to.replace(/^the /i, ''), place],
      );
    const summaries = new Map(
      reading.values
        .filter(({ path: [section, , key] }) => section === 'recommendations' && key === 'summary')
        .map((one): [unknown, string] => [one.path[1], placeText(one.place)]),
    );
    expect(brief(read).map(([number, to], at) => [number, to, summaries.get(at)])).toEqual(brief(byHand));
  });

  test('the strengths and areas for improvement', () => {
    const brief = ({ findings = [] }: InspectionFile) =>
      findings.map(({ place, kind, domain }) => `${place}, ${kind}, ${domain}`).sort();
    expect(brief(read)).toEqual(brief(byHand));
  });

  test('of the facts of tables 90% or more, on the same line with the same figures, and none of prose', () => {
    const own = reading.values.filter(({ path: [section] }) => section === 'context');
    const isRead = (fact: NonNullable<InspectionFile['context']>[number]) =>
      figureFields.every((field) => {
        if (fact[field] === undefined) return true;
        const isSame = (one: Claim) => one.path[2] === field && one.value === fact[field] && isSure(one);
        return own.some((one) => isSame(one) && isOnLines(one, String(fact.place)));
      });
    // Facts that only a sentence gives are in the bundle because a person read them.
    const facts = (byHand.context ?? []).filter(({ place }) =>
      own.some((one) => isOnLines(one, String(place))),
    );
    const missing = facts.filter((fact) => !isRead(fact));
    expect(
      (facts.length - missing.length) / Math.max(facts.length, 1),
      JSON.stringify(missing),
    ).toBeGreaterThan(0.9);
    expect(
      own.filter(({ path: [, , key], value }) => key === 'measure' && String(value).length > 140),
    ).toEqual([]);
  });
});

const isOnLines = ({ place }: Claim, lines: string): boolean =>
  Math.abs(place.line - Number(/\d+/.exec(lines)?.[0])) <= 2;

const figureFields = [
  'value',
  'percent',
  'national_value',
  'national_percent',
  'comparator_percent',
] as const;
