import { beforeAll, describe, expect, test } from 'vitest';
import type { EditionFile } from '../../src/import/edition/edition-entries.js';
import { knownEditions } from '../../src/import/edition/known-editions.js';
import { readText, smallReport } from '../support/small-report.js';

let editions: EditionFile[];
beforeAll(async () => {
  editions = await knownEditions();
});
const edition = (code: string) => editions.find((one) => String(one.edition) === code) as EditionFile;

describe('which edition', () => {
  test('by its standards and questions, and where it shows', () => {
    for (const code of ['2018', '2021']) {
      const text = smallReport(edition(code));
      const found = readText(text, editions);
      expect(found.value('edition')).toBe(code);
      const line = text.split('\n')[(found.at('edition')?.place.line ?? 0) - 1];
      expect(line).toContain(
        code === '2018' ? 'Joint working' : 'Out-of-court disposal policy and provision',
      );
    }
  });

  test('another title under a number of the framework is of an edition that is not known', () => {
    const text = smallReport(edition('2021')).replaceAll('Reviewing', 'Work with victims of crime');
    expect(() => readText(text, editions)).toThrow(
      /no report of an edition that is known \(.*2018, 2021.*\): it rates "2\.4 Work with victims of crime Good".*Add the edition's folder/,
    );
  });

  test('half of its standards are not enough', () => {
    const text = smallReport(edition('2018')).replaceAll(/^.*\b(?:1\.[1-4]|2\.[1-3])\b.*$/gm, '');
    expect(() => readText(text, editions)).toThrow(
      /edition that is known .*: of edition 2018, the nearest, it does not name 1\.1 Governance/,
    );
  });
});

test.each([
  [
    'a letter',
    'Dear board,\n\nwe thank you.\n',
    /no report of an inspection of a youth offending service: no words on youth offending/,
  ],
  [
    'a report on probation',
    `${'The probation service in the region works with people on probation. '.repeat(9)}\n1.1 Governance and leadership\tGood\n`,
    /it speaks \d+ times of probation services/,
  ],
  [
    'a page on youth justice',
    'Youth justice services, youth justice workers and youth justice boards.\n',
    /none of the standards' titles were found/,
  ],
])('%s is refused, with what was looked for', (_, text, message) => {
  expect(() => readText(text, editions)).toThrow(message);
});
