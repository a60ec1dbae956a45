import { beforeAll, describe, expect, test } from 'vitest';
import type { EditionFile } from '../../src/import/edition/edition-file.js';
import { readDocument } from '../../src/read/read-report.js';
import { knownEditions } from '../../src/read/structure/known-editions.js';
import { figuresOf, inventedReport, reportOf, valueAtPath } from './report-of.js';

let editions: EditionFile[];
let counts: EditionFile;
let percentages: EditionFile;
beforeAll(async () => {
  editions = await knownEditions();
  [counts, percentages] = ['2018', '2021'].map((code) => editions.find((each) => each.edition === code)) as [
    EditionFile,
    EditionFile,
  ];
});

const read = (text: string) => readDocument(reportOf(text), editions);
/** The report of ten cases, with the lines of one standard's section changed. */
const changed = (
  edition: EditionFile,
  change: (text: string) => string,
  cells?: Record<string, string[] | null>,
) => read(inventedReport({ edition, change, ...(cells && { cells }) }));
const questionsOf = (edition: EditionFile) =>
  edition.domains
    .flatMap(({ standards }) => standards)
    .filter(({ basis }) => basis === 'cases')
    .flatMap(({ key_questions: asked = [] }) =>
      asked.flatMap((question) => [question, ...(question.prompts ?? [])]),
    );

test('every key question and prompt of a report with counts', () => {
  const report = read(
    inventedReport({ edition: counts, cells: { '2.2.3.e': ['9', '8'], '3.1.2': ['8', '7'] } }),
  );
  for (const { code } of questionsOf(counts)) {
    const expected = { '2.2.3.e': [9, 8], '3.1.2': [8, 7] }[code] ?? [10, 7];
    expect([code, ...figuresOf(report, code)]).toEqual([code, ...expected]);
  }
});

test('every key question and prompt of a report with percentages and an annexe', () => {
  const report = read(inventedReport({ edition: percentages, cells: { '2.3.1.h': ['90%'] } }));
  for (const { code } of questionsOf(percentages))
    expect([code, ...figuresOf(report, code)]).toEqual([code, code === '2.3.1.h' ? 90 : 70]);
});

describe('a question is known by its place and its wording', () => {
  test('the same wording twice in a standard: the key question above decides', () => {
    const report = read(
      inventedReport({ edition: counts, cells: { '2.2.2.d': ['10', '6'], '2.2.3.e': ['10', '9'] } }),
    );
    expect([figuresOf(report, '2.2.2.d'), figuresOf(report, '2.2.3.e')]).toEqual([
      [10, 6],
      [10, 9],
    ]);
  });

  test('the first of two questions of the same wording is left out', () => {
    const report = read(
      inventedReport({ edition: counts, cells: { '2.2.2.d': null, '2.2.3.e': ['10', '9'] } }),
    );
    expect([figuresOf(report, '2.2.2.d'), figuresOf(report, '2.2.3.e')]).toEqual([[], [10, 9]]);
    expect(report.reading.findings).toContainEqual(
      expect.objectContaining({ kind: 'question without row', about: '2.2.2.d' }),
    );
  });

  test.each<[string, (text: string) => string]>([
    ['other words for the child', (text) => text.replaceAll(/\bchild\b/g, 'child or young person')],
    ['parents or carers', (text) => text.replaceAll('parents/carers', 'parents or carers')],
    ['YOS', (text) => text.replaceAll(/\bYOT\b/g, 'YOS')],
    ['cut beginnings', (text) => text.replaceAll(/^(?:Does|Is|Are) \w/gm, '')],
    ['joined words', (text) => text.replaceAll('the ', 'the')],
    ['misspelt words', (text) => text.replaceAll('ss', 's').replaceAll('ing ', 'nig ')],
    ['curly quotes and ligatures', (text) => text.replaceAll("'", '’').replaceAll('fi', 'ﬁ')],
    ['capital letters', (text) => text.replaceAll(/^(Does|Is|Are).*/gm, (line) => line.toUpperCase())],
  ])('in %s', (_, change) => {
    const report = changed(counts, change, {
      '2.1.2': ['10', '9'],
      '2.1.3': ['9', '8'],
      '3.1.1.e': ['10', '8'],
    });
    expect([figuresOf(report, '2.1.2'), figuresOf(report, '2.1.3'), figuresOf(report, '3.1.1.e')]).toEqual([
      [10, 9],
      [9, 8],
      [10, 8],
    ]);
    const missing = report.reading.findings.filter(({ kind }) => /row/.test(kind));
    expect(missing).toEqual([]);
  });

  test('two prompts printed the other way round', () => {
    const [first, second] = ['a', 'b'].map(
      (letter) => questionsOf(counts).find(({ code }) => code === `3.3.3.${letter}`)?.text as string,
    ) as [string, string];
    const report = changed(
      counts,
      (text) => text.replace(`${first}\t9\t9\n${second}\t8\t8`, `${second}\t8\t8\n${first}\t9\t9`),
      { '3.3.3.a': ['9', '9'], '3.3.3.b': ['8', '8'] },
    );
    expect([figuresOf(report, '3.3.3.a'), figuresOf(report, '3.3.3.b')]).toEqual([
      [9, 9],
      [8, 8],
    ]);
  });

  test('a letter that is printed twice is no identity', () => {
    const report = changed(
      percentages,
      (text) => text.replace(/^e\) (?=Does reviewing consider motiv)/m, 'd) '),
      {
        '2.4.1.d': ['80%'],
        '2.4.1.e': ['90%'],
        '2.4.1.f': ['60%'],
      },
    );
    expect(['d', 'e', 'f'].map((letter) => figuresOf(report, `2.4.1.${letter}`))).toEqual([[80], [90], [60]]);
  });

  test('a key question in the words of the same standard of another domain', () => {
    const report = changed(
      counts,
      (text) =>
        text.replaceAll(
          'Does service delivery effectively',
          'Does the implementation and delivery of services effectively',
        ),
      { '3.3.2': ['10', '9'] },
    );
    expect(figuresOf(report, '3.3.2')).toEqual([10, 9]);
  });

  test('the heading of a standard is lost: its questions are known all the same', () => {
    const report = changed(counts, (text) => text.replace(/^2\.2\. Planning\n\n.*\n\nGood/m, ''), {
      '2.2.1': ['10', '8'],
      '2.2.3.c': ['9', '8'],
      '2.1.3': ['10', '9'],
    });
    expect(['2.2.1', '2.2.3.c', '2.1.3'].map((code) => figuresOf(report, code))).toEqual([
      [10, 8],
      [9, 8],
      [10, 9],
    ]);
  });
});

describe('tables as converters make them', () => {
  const prompt = 'Does planning involve other agencies where appropriate?';

  test.each<[string, string]>([
    [
      'a footnote and a running head within',
      '\n\nInspection of youth offending services: Waterbeck\n\n⁸ Only in some cases is this asked.\n\n',
    ],
    [
      'the heading again on the next page',
      "\n\n---\n\nOf the 10 cases inspected\tRelevant cases\tNumber 'Yes'\n",
    ],
  ])('split over pages, %s', (_, between) => {
    const report = changed(counts, (text) => text.replace(`\n${prompt}`, `${between}${prompt}`), {
      '2.2.3.b': ['9', '8'],
    });
    expect(['a', 'b', 'c'].map((letter) => figuresOf(report, `2.2.3.${letter}`))).toEqual([
      [10, 7],
      [9, 8],
      [10, 7],
    ]);
  });

  test('figures below their question, in a line of their own', () => {
    const report = changed(percentages, (text) =>
      text.replace(/(effectively support the safety of other people\?)\t70%/, '$1\n\n80%'),
    );
    const line = reportOf(
      inventedReport({
        edition: percentages,
        change: (text) =>
          text.replace(/(effectively support the safety of other people\?)\t70%/, '$1\n\n80%'),
      }),
    ).lines.find(({ text }) => text === '80%');
    expect(figuresOf(report, '2.3.3')).toEqual([80]);
    expect(valueAtPath(report, 'key_questions 2.3.3 percent_yes')?.place).toEqual(line?.place);
  });

  test('a percentage among the words of its question', () => {
    const report = changed(percentages, (text) =>
      text.replace(/(^e\) Is sufficient focus .* and their )(parents or carers\?)\t70%/m, '$180% $2'),
    );
    expect(figuresOf(report, '2.3.1.e')).toEqual([80]);
  });

  test('figures whose question is gone are not of the heading above the table', () => {
    const question = questionsOf(counts).find(({ code }) => code === '2.3.1.a')?.text as string;
    const report = changed(counts, (text) => text.replace(`${question}\t9\t8`, '9\t8'), {
      '2.3.1': null,
      '2.3.1.a': ['9', '8'],
    });
    expect([figuresOf(report, '2.3.1'), figuresOf(report, '2.3.1.a')]).toEqual([[], []]);
  });

  test.each([
    [
      ['', '6'],
      ['lost', 6],
    ],
    [
      ['10', ''],
      [10, 'lost'],
    ],
    [['N/A', 'N/A'], [true]],
    [
      ['ve ₉', '6'],
      [9, 6],
    ],
    [
      ['l0', '6'],
      ['doubtful', 6],
    ],
    [
      ['10', '4?'],
      [10, 'doubtful'],
    ],
    [
      ['10', 'N/A'],
      ['doubtful', 'doubtful'],
    ],
    [
      ['10', '7', ''],
      [10, 7],
    ],
    [
      ['9', '', '8'],
      [9, 8],
    ],
    [['106'], ['doubtful', 'doubtful']],
    [
      ['7', '8'],
      ['doubtful', 'doubtful'],
    ],
    [
      ['11', '7'],
      ['doubtful', 'doubtful'],
    ],
    [
      ['10', '7%'],
      [10, 'doubtful'],
    ],
  ])('cells %j of counts', (cells, expected) => {
    const report = read(inventedReport({ edition: counts, cells: { '3.1.1.e': cells } }));
    expect(figuresOf(report, '3.1.1.e')).toEqual(expected);
  });

  test.each([
    ['80%', 80],
    ['', 'lost'],
    ['8O%', 'doubtful'],
    ['80%%', 'doubtful'],
    ['80', 'doubtful'],
    ['180%', 'doubtful'],
    ['ed 80%', 80],
  ])('cell "%s" of percentages', (cell, expected) => {
    const report = read(inventedReport({ edition: percentages, cells: { '3.1.1.e': [cell] } }));
    expect(figuresOf(report, '3.1.1.e')).toEqual([expected]);
  });

  test('counts with a percentage beside them', () => {
    const report = changed(counts, (text) => text.replaceAll(/\t(\d+)\t(\d+)$/gm, '\t$1\t$2\t70%'), {
      '3.1.1.e': ['10', '8'],
    });
    expect([figuresOf(report, '3.1.1.e'), figuresOf(report, '2.1.1')]).toEqual([
      [10, 8],
      [10, 7],
    ]);
  });

  test.each([
    [
      ['', '10', '7'],
      [10, 7],
    ],
    [
      ['', '', '10', ''],
      ['doubtful', 'doubtful'],
    ],
    [
      ['', '', '10'],
      ['doubtful', 'doubtful'],
    ],
    [
      ['', '', ''],
      ['lost', 'lost'],
    ],
  ])('cells %j: of one figure in several columns nobody knows which it is', (own, expected) => {
    const report = changed(counts, (text) => text, { '3.1.1.e': own });
    expect(figuresOf(report, '3.1.1.e')).toEqual(expected);
  });

  test('a row that is near no question is reported with its figures, and is no question', () => {
    const report = changed(counts, (text) =>
      text.replace(
        `\n${prompt}`,
        `\nIs the weather recorded by everybody who was out in it?\t10\t4\n${prompt}`,
      ),
    );
    expect(report.reading.findings).toContainEqual(
      expect.objectContaining({
        kind: 'row without question',
        message: expect.stringMatching(/Is the weather recorded.*10, 4/),
      }),
    );
    expect(figuresOf(report, '2.2.3.b')).toEqual([10, 7]);
  });

  test('a row that is there without any cell has lost them, and a heading of the same words has not', () => {
    const report = changed(counts, (text) => text, { '3.1.1.e': [], '2.2.2': [] });
    expect(figuresOf(report, '3.1.1.e')).toEqual(['lost', 'lost']);
    expect(figuresOf(report, '2.2.2')).toEqual(['lost', 'lost']);
    expect(figuresOf(report, '2.2.2.a')).toEqual([10, 7]);
  });

  test('figures alone below a heading of prompts are not for certain those of the key question', () => {
    const question = questionsOf(percentages).find(({ code }) => code === '2.1.3')?.text as string;
    const report = changed(percentages, (text) =>
      text
        .replace(`${question}\t70%\n`, '')
        .replace(new RegExp(`${question.replaceAll('?', '[?]')}\t?\n`), `${question}\n81%\n`),
    );
    expect(figuresOf(report, '2.1.3')).not.toContain(81);
    expect(figuresOf(report, '2.1.2')).toEqual([70]);
  });
});
