import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { InspectionFile, ResultEntry } from '../../src/import/bundle/inspection-file.js';
import { YamlFile } from '../../src/import/files/yaml-file.js';
import { dbPath } from '../../src/paths.js';
import { readReport } from '../../src/read/read-report.js';
import type { Reading, ReadValue } from '../../src/read/reading.js';
import { placeText } from '../../src/read/report-document.js';

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
  const at = (...wanted: (string | number)[]): ReadValue | undefined =>
    reading.values.find((value) => value.path.join(' ') === wanted.join(' '));
  const accepted = (...wanted: (string | number)[]) => {
    const found = at(...wanted);
    return found && isAccepted(found) ? found.value : undefined;
  };

  beforeAll(async () => {
    byHand = (await YamlFile.read(dbPath('inspections', bundle, 'inspection.yaml'))).data as InspectionFile;
    reading = (await readReport(path.join(folder, report))).reading;
  });

  test('every figure of a key question and a prompt, none wrong, the lost cells lost', () => {
    const figures = (of: (section: string, code: string, entry: ResultEntry) => [string, unknown][]) =>
      Object.fromEntries(
        (['key_questions', 'prompts'] as const).flatMap((section) =>
          Object.entries(byHand[section] ?? {}).flatMap(([code, entry]) => of(section, code, entry)),
        ),
      );
    const expected = figures((section, code, { place: _, lost = [], ...cells }) => [
      ...Object.entries(cells).map(([field, value]): [string, unknown] => [
        `${section} ${code} ${field}`,
        value,
      ]),
      ...lost.map((field): [string, unknown] => [`${section} ${code} ${field}`, 'lost']),
    ]);
    const read = Object.fromEntries(
      reading.values
        .filter(({ path: [section] }) => section === 'key_questions' || section === 'prompts')
        .map((value) => [value.path.join(' '), isAccepted(value) ? value.value : value.confidence]),
    );
    expect(read).toEqual(expected);
  });

  test('counts of running text: no other than those that the eye found', () => {
    const read = reading.values.filter(({ path: [section] }) => section === 'prose_counts');
    const expected = read.flatMap(({ path: [, code, field], place }) => {
      const entry = byHand.prose_counts?.[code as string] as { yes: number; of?: number; place: string };
      // What all cases are is not always said by hand.
      return [entry?.[field as 'yes' | 'of'] ?? (field === 'of' ? 'not said' : undefined), entry?.place].join(
        placeText(place) === entry?.place ? ' at ' : ' elsewhere than ',
      );
    });
    expect(
      read.map(({ path: [, code, field], value, place }) => {
        const entry = byHand.prose_counts?.[code as string] as { of?: number } | undefined;
        return `${field === 'of' && entry?.of === undefined ? 'not said' : value} at ${placeText(place)}`;
      }),
    ).toEqual(expected);
  });

  test('figures of questions and ratings stand where the eye found them', () => {
    const differing: string[] = [];
    for (const section of ['standard_ratings', 'key_questions', 'prompts'] as const)
      for (const [code, entry] of Object.entries(byHand[section] ?? {})) {
        const value = reading.values.find(
          ({ path: [first, second] }) => first === section && second === code,
        );
        const place = (entry as { place?: string }).place;
        if (value && placeText(value.place) !== place)
          differing.push(`${section} ${code}: ${placeText(value.place)}, by hand ${place}`);
      }
    expect(differing).toEqual([]);
  });

  test('the ratings and the score', () => {
    const expected = Object.entries(byHand.standard_ratings ?? {}).map(([code, entry]) => [
      code,
      (entry as { rating: string }).rating,
    ]);
    expect(expected.map(([code]) => [code, accepted('standard_ratings', code as string, 'rating')])).toEqual(
      expected,
    );
    const { rating, score } = byHand.overall ?? {};
    expect([accepted('overall', 'rating'), accepted('overall', 'score')]).toEqual([rating, score]);
  });

  test('the edition, the service and the dates', () => {
    expect(String(accepted('edition'))).toBe(byHand.edition);
    const { published, fieldwork_from, fieldwork_to, fieldwork_month, isbn, lead_inspector } = byHand.report;
    const { area, kind } = byHand.service as { area: string; kind: string };
    const of = (field: string) => accepted('report', field);
    expect({
      published: String(of('published')),
      fieldwork_from: of('fieldwork_from'),
      fieldwork_to: of('fieldwork_to'),
      fieldwork_month: fieldwork_from ? undefined : of('fieldwork_month'),
      isbn: digits(of('isbn')),
      lead_inspector: of('lead_inspector'),
      area: sameAnd(accepted('service', 'area')),
      kind: accepted('service', 'kind'),
    }).toEqual({
      published,
      fieldwork_from,
      fieldwork_to,
      fieldwork_month,
      isbn: digits(isbn),
      lead_inspector,
      area: sameAnd(area),
      kind,
    });
  });

  test('the decisions of the panel', () => {
    const read = itemsOf(reading, 'professional_discretion').map((item) => ({
      standard: item.get('standard')?.value,
      from: item.get('from')?.value,
      to: item.get('to')?.value,
    }));
    const expected = (byHand.professional_discretion ?? []).map(({ standard, from, to }) => ({
      standard,
      from,
      to,
    }));
    expect(read).toEqual(expected);
  });

  test('the samples', () => {
    for (const [sample, entry] of Object.entries(byHand.sample ?? {})) {
      const { place: _, ...counts } = entry as Record<string, unknown>;
      // That there was none of a disposal is said by saying nothing of it, or by 0.
      const read = Object.keys(counts).map((key) => [key, accepted('sample', sample, key) ?? 0]);
      expect(Object.fromEntries(read), sample).toEqual(counts);
    }
  });

  test('every recommendation with its addressee', () => {
    const read = itemsOf(reading, 'recommendations').map((item) => [
      item.get('number')?.value,
      withoutThe(item.get('addressed_to')?.value),
      item.get('summary') && placeText(item.get('summary')!.place),
    ]);
    const expected = byHand.recommendations as Exclude<InspectionFile['recommendations'], number | undefined>;
    expect(read).toEqual(
      expected.map(({ number, addressed_to, place }) => [number, withoutThe(addressed_to), place]),
    );
  });

  test('the strengths and areas for improvement', () => {
    const read = itemsOf(reading, 'findings').map((item) =>
      [
        item.get('summary') && placeText(item.get('summary')!.place),
        item.get('kind')?.value,
        item.get('domain')?.value,
      ].join(', '),
    );
    const expected = (byHand.findings ?? []).map(({ place, kind, domain }) =>
      [place, kind, domain].join(', '),
    );
    expect(read.sort()).toEqual(expected.sort());
  });

  test('of the contextual facts 95% or more, on the same line with the same figures', () => {
    const items = itemsOf(reading, 'context');
    const isRead = (fact: NonNullable<InspectionFile['context']>[number]) =>
      items.some((item) => {
        const lines = [...item.values()].map(({ place }) => placeText(place));
        return (
          lines.includes(String(fact.place)) &&
          figureFields.every((field) => {
            const value = item.get(field);
            if (fact.lost?.includes(field)) return !value || !isAccepted(value);
            return (value && isAccepted(value) ? value.value : undefined) === fact[field];
          })
        );
      });
    const facts = byHand.context ?? [];
    const missing = facts.filter((fact) => !isRead(fact));
    const share = (facts.length - missing.length) / facts.length;
    expect(share, JSON.stringify(missing, null, 1)).toBeGreaterThanOrEqual(0.95);
  });
});

const figureFields = [
  'value',
  'percent',
  'national_value',
  'national_percent',
  'comparator_value',
  'comparator_percent',
] as const;

const isAccepted = ({ confidence }: ReadValue): boolean =>
  confidence === 'read' || confidence === 'confirmed';

/** The items of a list of the bundle, in order, each with its fields. */
function itemsOf({ values }: Reading, section: string): Map<string, ReadValue>[] {
  const items = new Map<number, Map<string, ReadValue>>();
  for (const value of values) {
    const [first, number, field] = value.path;
    if (first !== section) continue;
    if (!items.has(number as number)) items.set(number as number, new Map());
    items.get(number as number)?.set(String(field), value);
  }
  return [...items].sort(([a], [b]) => a - b).map(([, item]) => item);
}

const digits = (isbn: unknown) => String(isbn).replaceAll(/\D/g, '');
const withoutThe = (name: unknown) => String(name).replace(/^the /i, '');
const sameAnd = (name: unknown) => String(name).replaceAll('&', 'and');
