import { beforeAll, describe, expect, test } from 'vitest';
import type { EditionFile } from '../../src/import/edition/edition-file.js';
import { UserError } from '../../src/problem.js';
import { readDocument } from '../../src/read/read-report.js';
import { recogniseEdition } from '../../src/read/structure/edition.js';
import { knownEditions } from '../../src/read/structure/known-editions.js';
import { inventedReport, reportOf } from './report-of.js';

let editions: EditionFile[];
const edition = (code: string) => editions.find((each) => each.edition === code) as EditionFile;
beforeAll(async () => {
  editions = await knownEditions();
});

describe('the edition is recognised by what the report holds', () => {
  test.each(['2018', '2021'])('%s', (code) => {
    const { value } = recogniseEdition(reportOf(inventedReport({ edition: edition(code) })), editions);
    expect(value).toMatchObject({ path: ['edition'], value: code, confidence: 'confirmed' });
  });

  test('not by the year that it says', () => {
    const text = inventedReport({
      edition: edition('2018'),
      change: (whole) => whole.replaceAll('2018', '2021'),
    });
    expect(recogniseEdition(reportOf(text), editions).value.value).toBe('2018');
  });

  test('by its questions where the title of the one standard that differs is damaged', () => {
    const text = inventedReport({
      edition: edition('2018'),
      change: (whole) => whole.replaceAll('Joint working', 'J0in twrkng'),
    });
    expect(recogniseEdition(reportOf(text), editions).value.value).toBe('2018');
  });
});

describe('refused with one message', () => {
  const refused = (text: string): string => {
    try {
      readDocument(reportOf(text), editions);
    } catch (error) {
      if (error instanceof UserError) return error.message;
      throw error;
    }
    return 'read';
  };

  test('a text that is no report', () => {
    expect(refused('The weather was fine.\n\nIt stayed so for a week.')).toMatch(
      /no report of an inspection of a youth offending service: no words on youth offending .* none of the standards/,
    );
  });

  test('a report on adult probation, although its standards have the same titles', () => {
    const text = inventedReport({
      edition: edition('2018'),
      change: (whole) =>
        whole
          .replaceAll(/youth (offending|justice)/gi, 'probation')
          .replaceAll(/\bYO[TS]\b/g, 'probation service')
          .replaceAll(/\bthe child\b/g, 'the person on probation'),
    });
    expect(refused(text)).toMatch(
      /no report of an inspection of a youth offending service: it speaks \d+ times of probation/,
    );
  });

  test('an edition that is not known, with the standard that is not known', () => {
    const text = inventedReport({
      edition: edition('2021'),
      change: (whole) => whole.replaceAll('Resettlement policy and provision', 'Victims and what they want'),
    });
    expect(refused(text)).toMatch(
      /no report of an edition that is known \(2018, 2021\): it rates "4\.1 Victims and what they want/,
    );
  });

  test('more lines than any report has, at once', () => {
    const text = inventedReport({ edition: edition('2021') });
    const began = performance.now();
    expect(refused(Array(100).fill(text).join('\n'))).toMatch(
      /has [\d,]+ lines; a report has a few thousand/,
    );
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  test('an edition that has few of the standards', () => {
    const text = inventedReport({
      edition: edition('2021'),
      change: (whole) =>
        whole
          .replaceAll(
            /^.*(?:Planning|Reviewing|Implementation and delivery|Staff|Information and fac)\b.*$/gm,
            '',
          )
          .replaceAll(/^.*(?:Planning is|Reviewing of|High-quality, well|Timely and).*$/gm, ''),
    });
    expect(refused(text)).toMatch(/no report of an edition that is known/);
  });
});

test('a further folder can hold an edition of its own', async () => {
  await expect(knownEditions(['/nowhere/at/all'])).rejects.toThrow();
  expect((await knownEditions()).map((each) => each.edition)).toEqual(['2018', '2021']);
});
