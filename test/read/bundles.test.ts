import { readdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { shapeOf } from '../../src/import/files/shape.js';
import { YamlFile } from '../../src/import/files/yaml-file.js';
import { load } from '../../src/import/load.js';
import { makeBundle, writeBundle } from '../../src/read/bundle/write-bundle.js';
import type { Claim, Confidence } from '../../src/read/claim.js';
import { readReport } from '../../src/read/read-report.js';
import type { Report } from '../../src/read/report.js';
import { valuesOf } from '../support/asked.js';
import { testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';
import { everyFile } from '../support/every-file.js';
import { editionOf, type Small, smallReport } from '../support/small-report.js';

const database = testDatabase();
const folders = testFolder();

const report: Report = { file: '/reports/solihull.pdf', kind: 'pdf', hash: 'a'.repeat(64), lines: [] };
const said = (path: string, value: Claim['value'], line: number, confidence: Confidence = 'read'): Claim => ({
  path: path.split(' ').map((step) => (/^\d$/.test(step) ? Number(step) : step)),
  ...{ value, confidence, place: { line } },
});
const claims = (percent: number): Claim[] => [
  said('service name', 'Solihull Youth Justice Service', 1),
  said('report title', 'An inspection', 1, 'contradicted'),
  said('edition', '2021', 2),
  said('overall rating', 'Good', 4, 'contradicted'),
  said('overall score', 21, 4, 'confirmed'),
  said('standard_ratings 2.1 rating', undefined, 5, 'lost'),
  said('key_questions 2.1.1 percent_yes', percent, 7),
  { ...said('prompts 2.1.1.a relevant_cases', undefined, 8, 'lost'), why: 'nothing is legible' },
  said('prompts 2.1.1.a yes', 3, 8),
  said('recommendations 0 summary', 'see to it', 9),
  said('recommendations 1 addressed_to', 'The board', 9),
  said('recommendations 1 summary', 'do it', 9),
];
const findings = [{ kind: 'other', about: 'score', message: 'something', places: [{ line: 4 }] }] as const;
const made = (percent = 50, of = report, folder = '/bundles/solihull') =>
  makeBundle(of, { values: claims(percent), findings: [...findings] as never }, folder);

test('a bundle has what is sure; what is contradicted or lost is named as lost, or left out', () => {
  expect(made().inspection).toEqual({
    about: expect.stringMatching(
      /^Read by yot-ratings \S+ from solihull\.pdf \(SHA-256 a{64}\).*nobody yet.*Open Government Licence v3\.0/,
    ),
    service: { name: 'Solihull Youth Justice Service' },
    report: {},
    edition: '2021',
    overall: { score: 21, lost: ['rating'], place: 'line 4' },
    standard_ratings: { '2.1': { lost: ['rating'], place: 'line 5' } },
    key_questions: { '2.1.1': { percent_yes: 50, place: 'line 7' } },
    prompts: { '2.1.1.a': { yes: 3, lost: ['relevant_cases'], place: 'line 8' } },
    recommendations: [{ addressed_to: 'The board', summary: 'do it', place: 'line 9' }],
  });
});

test('reading.json is as its schema has it: source, hash, counts, every value with its place, findings', () => {
  const file = YamlFile.parse('reading.json', made().files['reading.json']);
  expect(shapeOf('reading.schema.json')(file)).toEqual([]);
  expect(file.data).toMatchObject({
    source: { file: '../../reports/solihull.pdf', kind: 'pdf', sha256: 'a'.repeat(64) },
    inspection: { file: 'inspection.yaml', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    counts: { read: 7, confirmed: 1, contradicted: 2, lost: 2 },
    values: expect.arrayContaining([
      {
        path: ['prompts', '2.1.1.a', 'relevant_cases'],
        ...{ confidence: 'lost', place: { line: 8 }, why: 'nothing is legible' },
      },
    ]),
    findings,
  });
});

describe('a bundle’s folder', () => {
  test('keeps what else lies there when a later reader of the same report writes its bundle anew', async () => {
    const folder = path.join(await folders.folder({ 'keep.txt': '' }), 'solihull');
    expect(await writeBundle(folder, made(50, report, folder))).toBe('written');
    await writeFile(path.join(folder, 'note.txt'), 'mine');
    expect(await writeBundle(folder, made(60, report, folder))).toBe('replaced');
    const { 'inspection.yaml': text, ...others } = await everyFile(folder);
    expect(text).toContain('percent_yes: 60');
    expect(Object.keys(others)).toEqual(['note.txt', 'reading.json']);
    expect((await readdir(path.dirname(folder))).sort()).toEqual(['keep.txt', 'solihull']);
  });

  const taken = /has a bundle that was edited, or is of another report .*--replace/;
  const { files: other } = made(50, { ...report, hash: 'b'.repeat(64) });
  const { files: own } = made();
  test.each<[string, Record<string, string>, RegExp, replace?: boolean]>([
    ['has the bundle of another report', { ...other }, taken],
    ['has a bundle that was edited', { ...own, 'inspection.yaml': 'checked: by hand\n' }, taken],
    ['has a bundle that nothing has read', { 'inspection.yaml': 'service: mine\n' }, taken],
    ['has another inspection file', { 'inspection.json': '{}' }, /has inspection\.json/, true],
  ])('that %s stays as it is', async (_, there, says, replace = false) => {
    const folder = await folders.folder(there);
    await expect(writeBundle(folder, made(60), { replace })).rejects.toThrow(says);
    expect(await everyFile(folder)).toEqual(there);
  });

  test('that is a file, or a link to elsewhere, is not written to', async () => {
    const home = await folders.folder({ file: '', 'elsewhere/keep.txt': '' });
    await symlink(path.join(home, 'elsewhere'), path.join(home, 'link'));
    const write = (name: string) => writeBundle(path.join(home, name), made());
    await expect(write('file')).rejects.toThrow(/Nothing was written\./);
    await expect(write('link')).rejects.toThrow(/is a link to elsewhere/);
    expect(await readdir(path.join(home, 'elsewhere'))).toEqual(['keep.txt']);
  });
});

// What the reader writes the loader takes, whatever is amiss in the report.
test.each<[string, string, Small]>([
  [
    'with impossible figures',
    '2018',
    { cells: { '2.1.1': ['5', '8'], '2.1.2': ['', '3'], '2.2.1.a': ['99', '1'], '2.2.1.b': ['N/A', 'N/A'] } },
  ],
  [
    'with ratings that contradict its figures',
    '2021',
    { ratings: { '2.1': 'Inadequate' }, overall: 'Outstanding', score: '40/36' },
  ],
  [
    'with kinds of disposals beyond its cases',
    '2021',
    { text: { '2': ['We inspected nine referral orders and seven custodial sentences.'] } },
  ],
  [
    'published before fieldwork, with the kind of service in its title',
    '2021',
    { published: 'May 2020', title: ['An inspection of youth offending services in Solihull YOT'] },
  ],
])('a report that is %s (%s) loads', async (_, code, small) => {
  const home = await folders.folder({ 'solihull.txt': smallReport(await editionOf(code), small) });
  const { document, reading } = await readReport(path.join(home, 'solihull.txt'));
  const folder = path.join(home, 'solihull');
  await writeBundle(folder, makeBundle(document, reading, folder));
  const [loaded] = await load(database.db, [folder]);
  expect(loaded?.outcome).toMatch(/loaded|replaced|unchanged/);
  const printed = `select published_rating from analytics.overall_rating where area = 'Solihull' and edition = '${code}'`;
  expect(await valuesOf(database.db, printed)).toEqual([[small.overall ?? 'Good']]);
});
