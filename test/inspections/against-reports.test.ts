import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { dbPath } from '../../src/disk/paths.js';
import type { InspectionFile } from '../../src/import/bundle/inspection-file.js';
import { YamlFile } from '../../src/import/files/yaml-file.js';

// The bundles, held against the texts and figures that they were read from: a folder `shared` beside the repository.

const shared = fileURLToPath(new URL('../../../shared/', import.meta.url));
const isHere = existsSync(path.join(shared, 'reports'));
const why = isHere ? '' : ' (skipped: no folder shared beside the repository)';

const reports = {
  'barnet-2022-05': 'barnet-2022-05.txt',
  'essex-2018-10': 'essex-2018.txt',
  'kensington-and-chelsea-2021-03': 'kensington-and-chelsea-2021-03.txt',
};
const figures = ['hammersmith-and-fulham-2022-10', 'wigan-2021-08'];

const read = async (bundle: string): Promise<InspectionFile> =>
  (await YamlFile.read(dbPath('inspections', bundle, 'inspection.yaml'))).data as InspectionFile;

describe.skipIf(!isHere)(`the bundles and their reports${why}`, () => {
  test.each(Object.entries(reports))('%s: each figure on the line that is named', async (bundle, report) => {
    const file = await read(bundle);
    const lines = readFileSync(path.join(shared, 'reports', report), 'utf8').split('\n');
    const wrong = figuresOf(file).filter(([, place, ...printed]) => {
      const line = lines[Number(`${place}`.replace('line ', '')) - 1] ?? '';
      return !printed.every((figure) => figure === undefined || isOn(line, String(figure)));
    });
    expect(wrong).toEqual([]);
    // no two figures of a table on one line
    const places = Object.values({ ...file.key_questions, ...file.prompts }).map(({ place }) => `${place}`);
    expect(places.filter((place) => !/^line \d+$/.test(place))).toEqual([]);
    expect(new Set(places).size).toBe(places.length);
  });

  test.each(figures)('%s: as the figures have it', async (bundle) => {
    const file = await read(bundle);
    for (const context of file.context ?? []) delete context.unit;
    expect(file).toEqual(JSON.parse(readFileSync(path.join(shared, 'figures', `${bundle}.json`), 'utf8')));
  });
});

test('every bundle is checked by one of the tests above', async () => {
  const bundles = await readdir(dbPath('inspections'));
  expect(bundles.sort()).toEqual([...Object.keys(reports), ...figures].sort());
});

type Printed = [
  what: string,
  place: string | number | undefined,
  ...figures: (string | number | undefined)[],
];

/** Every figure of a bundle that names its place. Reasons, recommendations and findings are in other words than the report's. */
function figuresOf(file: InspectionFile): Printed[] {
  return [
    ...Object.entries({ ...file.key_questions, ...file.prompts }).map(([code, entry]): Printed => {
      const { place, relevant_cases, yes, percent_yes } = entry;
      if (entry.not_applicable) return [code, place, 'N/A'];
      return [code, place, relevant_cases, yes, percent_yes && `${percent_yes}%`];
    }),
    ...Object.entries(file.standard_ratings ?? {}).map(([code, entry]): Printed => {
      const { place, rating } = entry as { place: string; rating: string };
      return [code, place, rating];
    }),
    ...(file.context ?? []).map(
      ({ measure, place, value, percent }): Printed => [measure, place, value, percent],
    ),
    ...Object.entries(file.prose_counts ?? {}).map(([code, { place }]): Printed => [code, place]),
  ];
}

/** Whether a line has a figure: in digits that are no part of a longer number, or in words. */
function isOn(line: string, figure: string): boolean {
  const plain = line
    .replaceAll(/(?<=\d),(?=\d{3})/g, '')
    .replaceAll(/<sup>.*?<\/sup>|<[^>]+>/g, '')
    .toLowerCase();
  const lowered = figure.toLowerCase();
  const isNumber = /^[\d.]+%?$/.test(figure);
  const digits = new RegExp(`(?<![\\d.])${lowered.replace('.', '\\.')}(?![\\d])`);
  if (isNumber ? digits.test(plain) : plain.includes(lowered)) return true;
  const words = isNumber ? inWords(Number(figure)) : [];
  return words.some((word) => new RegExp(`(?<![a-z])${word}(?![a-z])`).test(plain));
}

const units =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen'.split(' ');
const tens = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const shares: Record<number, string> = {
  1: 'highest|a year',
  20: 'a fifth',
  75: 'three-quarters',
  100: 'all',
};

/** How a report writes a number out; a cell of a damaged table has it as a subscript. */
function inWords(number: number): string[] {
  const [ten, unit] = [Math.floor(number / 10), number % 10];
  const composed = unit === 0 ? tens[ten] : `${tens[ten]}-${units[unit]}`;
  const all = [units[number] ?? composed, shares[number], number < 10 ? '₀₁₂₃₄₅₆₇₈₉'[number] : undefined];
  return all.flatMap((word) => word?.split('|') ?? []);
}
