import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { InspectionFile } from '../../src/import/bundle/inspection-file.js';
import { YamlFile } from '../../src/import/files/yaml-file.js';
import { dbPath } from '../../src/paths.js';

// The bundles, held against the texts and figures that they were read from: a folder `shared` beside the repository.

const shared = fileURLToPath(new URL('../../../shared/', import.meta.url));
const isHere = existsSync(path.join(shared, 'reports'));
const why = isHere ? '' : ' (skipped: no folder shared beside the repository)';

const reports = {
  'barnet-2022-05': 'barnet-2022-05.txt',
  'essex-2018-10': 'essex-2018.txt',
  'kensington-and-chelsea-2021-03': 'kensington-and-chelsea-2021-03.txt',
};

describe.skipIf(!isHere)(`the bundles and their reports${why}`, () => {
  test.each(Object.entries(reports))(
    '%s: every figure stands on the line that is named',
    async (bundle, report) => {
      const file = await read(bundle);
      const lines = readFileSync(path.join(shared, 'reports', report), 'utf8').split('\n');
      const wrong: string[] = [];
      for (const { what, place, figures } of figuresOf(file)) {
        const line = lines[Number(String(place).replace('line ', '')) - 1] ?? '';
        const missing = figures.filter((figure) => !isOn(line, figure));
        if (missing.length > 0) wrong.push(`${what}, ${place}: ${missing.join(', ')} is not in «${line}»`);
      }
      expect(wrong).toEqual([]);
    },
  );

  test.each(Object.entries(reports))('%s: no two figures of a table stand on one line', async (bundle) => {
    const file = await read(bundle);
    const places = Object.values({ ...file.key_questions, ...file.prompts }).map(({ place }) => place);
    expect(places.every((place) => /^line \d+$/.test(String(place)))).toBe(true);
    expect(new Set(places).size).toBe(places.length);
  });

  test.each(['wigan-2021-08', 'hammersmith-and-fulham-2022-10'])(
    '%s: as the figures have it',
    async (bundle) => {
      const file = await read(bundle);
      const figures = JSON.parse(readFileSync(path.join(shared, 'figures', `${bundle}.json`), 'utf8'));
      for (const context of file.context ?? []) delete context.unit;
      expect(file).toEqual(figures);
    },
  );
});

test('every bundle is checked by one of the tests above', async () => {
  const bundles = await readdir(dbPath('inspections'));
  expect(bundles.sort()).toEqual(
    [...Object.keys(reports), 'wigan-2021-08', 'hammersmith-and-fulham-2022-10'].sort(),
  );
});

async function read(bundle: string): Promise<InspectionFile> {
  return (await YamlFile.read(dbPath('inspections', bundle, 'inspection.yaml'))).data as InspectionFile;
}

/** Every figure of a bundle that names its place. Reasons, recommendations and findings are in other words than the report's. */
function figuresOf(file: InspectionFile) {
  const results = Object.entries({ ...file.key_questions, ...file.prompts }).map(([code, entry]) => ({
    what: code,
    place: entry.place,
    figures: entry.not_applicable
      ? ['N/A']
      : [entry.relevant_cases, entry.yes, entry.percent_yes && `${entry.percent_yes}%`],
  }));
  const standards = Object.entries(file.standard_ratings ?? {}).map(([code, entry]) => ({
    what: code,
    place: (entry as { place: string }).place,
    figures: [(entry as { rating: string }).rating],
  }));
  const facts = (file.context ?? []).map((fact) => ({
    what: fact.measure,
    place: fact.place,
    figures: [fact.value, fact.percent],
  }));
  const prose = Object.entries(file.prose_counts ?? {}).map(([code, { place }]) => ({
    what: code,
    place,
    figures: [],
  }));
  return [...results, ...standards, ...facts, ...prose].map((entry) => ({
    ...entry,
    figures: entry.figures.filter((figure) => figure !== undefined).map(String),
  }));
}

/** Whether a line has a figure: in digits that are no part of a longer number, or in words. */
function isOn(line: string, figure: string): boolean {
  const plain = line
    .replaceAll(/(?<=\d),(?=\d{3})/g, '')
    .replaceAll(/<sup>.*?<\/sup>|<[^>]+>/g, '')
    .toLowerCase();
  const lowered = figure.toLowerCase();
  const digits = /^[\d.]+%?$/.test(figure)
    ? new RegExp(`(?<![\\d.])${lowered.replace('.', '\\.')}(?![\\d])`)
    : undefined;
  if (digits ? digits.test(plain) : plain.includes(lowered)) return true;
  // a cell of a damaged table
  if (plain.includes(subscripts[Number(figure)] ?? 'none')) return true;
  return (inWords(Number(figure)) ?? []).some((word) => new RegExp(`\\b${word}\\b`).test(plain));
}

const subscripts = [...'₀₁₂₃₄₅₆₇₈₉'];
const units =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen'.split(' ');
const tens = {
  20: 'twenty',
  30: 'thirty',
  40: 'forty',
  50: 'fifty',
  60: 'sixty',
  70: 'seventy',
  80: 'eighty',
  90: 'ninety',
};
const shares: Record<number, string> = {
  1: '(highest|a year)',
  20: 'a fifth',
  75: 'three-quarters',
  100: 'all',
};

/** How a report writes a number out. */
function inWords(number: number): string[] | undefined {
  const ten = tens[(number - (number % 10)) as keyof typeof tens];
  const word = units[number] ?? (ten && (number % 10 === 0 ? ten : `${ten}-${units[number % 10]}`));
  return [word, shares[number]].filter((text) => text !== undefined);
}
