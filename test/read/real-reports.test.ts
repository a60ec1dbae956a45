import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { dbPath } from '../../src/disk/paths.js';
import type { InspectionFile } from '../../src/import/bundle/inspection-file.js';
import { YamlFile } from '../../src/import/files/yaml-file.js';
import { assemble } from '../../src/read/bundle/write-bundle.js';
import { type Claim, isSure, type Reading } from '../../src/read/claim.js';
import { readReport } from '../../src/read/read-report.js';
import { placeText } from '../../src/read/report.js';
import { reports } from './hand-read.js';

// The reader against the bundles that were read by hand, on the texts that both were read from: a folder `shared` beside the
// repository.

const folder = fileURLToPath(new URL('../../../shared/reports/', import.meta.url));
const isHere = existsSync(folder);
const why = isHere ? '' : ' (skipped: no folder shared with reports beside the repository)';

describe.skipIf(!isHere).each(reports)(`%s, read by the reader and by hand${why}`, (bundle, report) => {
  let byHand: InspectionFile;
  let reading: Reading;
  let read: InspectionFile;

  beforeAll(async () => {
    byHand = (await YamlFile.read(dbPath('inspections', bundle, 'inspection.yaml'))).data as InspectionFile;
    reading = (await readReport(path.join(folder, report))).reading;
    read = assemble(reading.values, '');
  });

  test.each<[string, (file: InspectionFile) => unknown]>([
    [
      'every figure of a key question and a prompt with its place, none wrong, the lost cells lost',
      ({ key_questions, prompts }) => ({ ...key_questions, ...prompts }),
    ],
    [
      'the ratings with their places, and the score',
      ({ standard_ratings, overall }) => [standard_ratings, overall?.rating, overall?.score],
    ],
    [
      'the edition, the service and the dates',
      ({ edition, service, report: { title: _, url, isbn, published, ...dates } }) => {
        const { area, kind } = service as { area: string; kind: string };
        const digits = String(isbn).replaceAll(/\D/g, '');
        return { edition, kind, area: area.replace('&', 'and'), published: String(published), digits, dates };
      },
    ],
    [
      'the decisions of the panel',
      ({ professional_discretion: all = [] }) => all.map(({ standard, from, to }) => [standard, from, to]),
    ],
    [
      'the strengths and areas for improvement',
      ({ findings = [] }) => findings.map(({ place, kind, domain }) => `${place}, ${kind}, ${domain}`).sort(),
    ],
  ])('%s', (_, of) => {
    expect(of(read)).toEqual(of(byHand));
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

  test('of the facts of tables 90% or more, on the same line with the same figures, and none of prose', () => {
    const own = reading.values.filter(({ path: [section] }) => section === 'context');
    const isOn = ({ place }: Claim, lines: unknown) =>
      Math.abs(place.line - Number(/\d+/.exec(String(lines))?.[0])) <= 2;
    const fields = ['value', 'percent', 'national_value', 'national_percent', 'comparator_percent'] as const;
    const isRead = (fact: NonNullable<InspectionFile['context']>[number]) =>
      fields.every((field) => {
        const isSame = (one: Claim) => one.path[2] === field && one.value === fact[field] && isSure(one);
        return fact[field] === undefined || own.some((one) => isSame(one) && isOn(one, fact.place));
      });
    // Facts that only a sentence gives are in the bundle because a person read them.
    const facts = (byHand.context ?? []).filter(({ place }) => own.some((one) => isOn(one, place)));
    const missing = facts.filter((fact) => !isRead(fact));
    expect(1 - missing.length / Math.max(facts.length, 1), JSON.stringify(missing)).toBeGreaterThan(0.9);
    const measures = own.filter(({ path: [, , key] }) => key === 'measure').map(({ value }) => String(value));
    expect(measures.filter((measure) => measure.length > 140)).toEqual([]);
  });
});
