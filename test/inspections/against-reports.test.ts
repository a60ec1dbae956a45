import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { dbPath } from '../../src/disk/paths.js';
import type { InspectionFile } from '../../src/import/bundle/inspection-file.js';
import { YamlFile } from '../../src/import/files/yaml-file.js';
import { reports } from '../read/hand-read.js';

// The bundles, held against the figures that they were read from, in a folder `shared` beside the repository. Those of which the report
// itself lies there are held against it by whoever reads it (test/read/real-reports.test.ts), figure by figure and line by line.

const shared = fileURLToPath(new URL('../../../shared/', import.meta.url));
const figures = ['hammersmith-and-fulham-2022-10', 'wigan-2021-08'];

const read = async (bundle: string): Promise<InspectionFile> =>
  (await YamlFile.read(dbPath('inspections', bundle, 'inspection.yaml'))).data as InspectionFile;

test.skipIf(!existsSync(path.join(shared, 'figures'))).each(figures)(
  '%s: as the figures have it',
  async (bundle) => {
    // what kind it was and where the report is stand in no figures
    const { inspection_type, ...file } = await read(bundle);
    delete file.report.url;
    for (const context of file.context ?? []) delete context.unit;
    expect(inspection_type).toBe('core');
    expect(file).toEqual(JSON.parse(readFileSync(path.join(shared, 'figures', `${bundle}.json`), 'utf8')));
  },
);

const words = /\b(one|two|three|four|six|eight|nine|fifth|quarters|all|ninety-\w+|year|highest|smallest)\b/i;
test.skipIf(!existsSync(path.join(shared, 'reports'))).each(reports)(
  '%s: each fact on the line that is named, in digits, or where numbers are in words',
  async (bundle, report) => {
    const { context = [] } = await read(bundle);
    const lines = readFileSync(path.join(shared, 'reports', report), 'utf8').split('\n');
    const figures = context.flatMap(({ place, value, percent }) =>
      [value, percent].flatMap((figure) => (figure === undefined ? [] : { place, figure })),
    );
    const lineOf = ({ place }: { place?: unknown }) => lines[Number(/\d+/.exec(String(place))) - 1] ?? '';
    const isInDigits = ({ place, figure }: (typeof figures)[number]) =>
      (
        lineOf({ place })
          .replaceAll(',', '')
          .match(/\d+(\.\d+)?/g) ?? []
      )
        .map(Number)
        .includes(figure);
    const others = figures.filter((one) => !isInDigits(one));
    expect(others.length).toBeLessThan(10);
    expect(others.filter((one) => !words.test(lineOf(one)))).toEqual([]);
  },
);

test('every bundle is checked, here or against its report', async () => {
  const bundles = await readdir(dbPath('inspections'));
  expect(bundles.sort()).toEqual([...reports.map(([bundle]) => bundle), ...figures].sort());
});
