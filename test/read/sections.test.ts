import { beforeAll, expect, test } from 'vitest';
import type { EditionFile } from '../../src/import/edition/edition-file.js';
import { footnoteFor } from '../../src/read/structure/footnotes.js';
import { knownEditions } from '../../src/read/structure/known-editions.js';
import { type Sections, sectionsOf } from '../../src/read/structure/sections.js';
import { inventedReport, reportOf } from './report-of.js';

let editions: EditionFile[];
const edition = (code: string) => editions.find((each) => each.edition === code) as EditionFile;
beforeAll(async () => {
  editions = await knownEditions();
});

const parts = ({ sections }: Sections) =>
  sections.map(({ kind, domain, standard }) => standard ?? (domain ? `${kind} ${domain}` : kind));
const read = (text: string) => sectionsOf(reportOf(text), editions);

const standards2021 = [
  ...['domain 1', '1.1', '1.2', '1.3', '1.4', 'domain 2', '2.1', '2.2', '2.3', '2.4'],
  ...['domain 3', '3.1', '3.2', '3.3', '3.4', 'domain 4', '4.1'],
];

test('a report in the order that the framework dictates', () => {
  expect(parts(read(inventedReport({ edition: edition('2021') })))).toEqual([
    ...['front', 'contents', 'foreword', 'ratings', 'recommendations'],
    ...standards2021,
    ...['methodology', 'data annexe'],
  ]);
});

test.each<[string, (line: string) => string]>([
  ['Markdown', (line) => `### **${line}**`],
  ['split numbers', (line) => line.replace('.', '. ')],
  ['no numbers', (line) => line.replace(/^[\d.]+\s/, '')],
  ['damaged letters', (line) => line.replace('e', 'c').replace(/n(?=[a-z]+$)/, 'rn')],
  ['a lost full stop', (line) => line.replace(/^(\d\.\d)\./, '$1')],
])('headings of standards with %s', (_, change) => {
  const text = inventedReport({
    edition: edition('2021'),
    change: (whole) => whole.replaceAll(/^[1-4]\.[1-4]\. [A-Z][^\t\n(]*$/gm, (line) => change(line)),
  });
  expect(parts(read(text))).toEqual(expect.arrayContaining(standards2021));
  expect(parts(read(text)).filter((part) => standards2021.includes(part))).toEqual(standards2021);
});

test('a damaged page number at the end of the contents begins no annexe', () => {
  const text = inventedReport({
    edition: edition('2021'),
    change: (whole) => whole.replace(/^(Annexe \d: [^\n]*?)\t?\d+$/m, '$1\t�7'),
  });
  expect(parts(read(text)).filter((part) => standards2021.includes(part))).toEqual(standards2021);
});

test('a heading that has lost a blank before its bracket is whole', () => {
  const text = inventedReport({
    edition: edition('2021'),
    change: (whole) => whole.replaceAll('Out-of-court disposals', 'Out-of(court disposals'),
  });
  expect(parts(read(text))).toContain('domain 3');
});

test('a heading whose number came twice is that of its domain', () => {
  const text = inventedReport({
    edition: edition('2018'),
    change: (whole) => whole.replace('\n2. Court disposals\n\nA', '\n22. Court isposals\n\nA'),
  });
  expect(parts(read(text))).toContain('domain 2');
});

test('a heading whose number has lost its point is that of its standard', () => {
  const statement = edition('2018').domains[2]?.standards[0]?.statement as string;
  const text = inventedReport({
    edition: edition('2018'),
    change: (whole) => whole.replace(`\n3.1. Assessment\n\n${statement}`, '\n31. Assessment\n\nElsewhere'),
  });
  expect(parts(read(text))).toContain('3.1');
});

test('a heading that is wholly lost is found by the statement below it', () => {
  const text = inventedReport({
    edition: edition('2018'),
    change: (whole) => whole.replace(/^2\.3\. Impl.*delivery$/m, 'x'),
  });
  const section = read(text).sections.find(({ standard }) => standard === '2.3');
  expect(section?.title).toMatch(/^High-quality, well-focused/);
});

test('an executive summary with the titles of domains is no domain', () => {
  const text = inventedReport({
    edition: edition('2021'),
    change: (whole) =>
      whole.replace(
        '\nRecommendations\n',
        '\nExecutive summary\n\nOrganisational delivery\n\nKey findings were as follows:\n\n- All was well.\n\nCourt disposals\n\n- All was well here too.\n\nRecommendations\n',
      ),
  });
  expect(parts(read(text)).filter((part) => part === 'summary' || part.startsWith('domain'))).toEqual([
    'summary',
    ...['domain 1', 'domain 2', 'domain 3', 'domain 4'],
  ]);
});

test("a domain's section goes on behind its last standard", () => {
  const text = inventedReport({
    edition: edition('2018'),
    change: (whole) =>
      whole.replace(
        /\n2\. Court disposals\n(?=\nA sample)/,
        '\nSummary\n\nStrengths:\n\n- Staff stay.\n\n2. Court disposals\n',
      ),
  });
  const domain = read(text).sections.filter((section) => section.kind === 'domain' && section.domain === '1');
  expect(domain).toHaveLength(1);
  expect(domain[0]?.lines.map((line) => line.text)).toEqual(
    expect.arrayContaining(['1. Organisational delivery', 'Strengths:', 'Staff stay.']),
  );
});

test('no line stands in two sections', () => {
  const all = read(inventedReport({ edition: edition('2021') })).sections.flatMap(({ lines }) => lines);
  expect(new Set(all).size).toBe(all.length);
});

test('a mark that is defined twice means the definition that comes next', () => {
  const sections = read('First.¹\n\n¹ The first note.\n\nSecond.¹\n\n¹ The second note.');
  const line = (text: string) => sections.sections[0]?.lines.find((each) => each.text === text) as never;
  expect(footnoteFor(sections, '1', line('First.'))?.text).toBe('The first note.');
  expect(footnoteFor(sections, '1', line('Second.'))?.text).toBe('The second note.');
});
