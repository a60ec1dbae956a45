import { describe, expect, test } from 'vitest';
import { brief, linesOf, opened } from './opened.js';

const question = "Does planning focus sufficiently on supporting the child's desistance?";

describe('tables', () => {
  test('of tabs: a cell for every column, empty ones too', async () => {
    const lines = await linesOf(
      `Of the 4 cases:\tRelevant cases\tNumber 'Yes'\n${question}\t4\t3\nIs it lost?\t\t0\n`,
    );
    expect(lines.map(({ cells }) => cells)).toEqual([
      ['Of the 4 cases:', 'Relevant cases', "Number 'Yes'"],
      [question, '4', '3'],
      ['Is it lost?', '', '0'],
    ]);
  });

  test('of Markdown, with and without pipes at the ends; their rules are markup', async () => {
    const { lines } = await opened(
      `| Question | Yes |\n|---|--:|\n| **${question}** | 3 |\n\nA | B\n--|--\nEither\\|or | 7\n`,
    );
    expect(lines.filter(({ furniture }) => !furniture).map(brief)).toEqual([
      '1: Question | Yes',
      `3: ${question} | 3`,
      '5: A | B',
      '7: Either|or | 7',
    ]);
    expect(lines.filter(({ furniture }) => furniture === 'markup')).toHaveLength(2);
  });

  test('of a web page: rows at their own lines, cells that span leave empty ones, entities and marks', async () => {
    const lines = await linesOf(
      `<!DOCTYPE html>\n<table border="1"><tr>\n  <th>Question</th><th colspan="2">Cases &amp; answers</th></tr>\n<tr><th></th><th>Relevant</th><th>Yes</th></tr>\n<tr><td>${question.replace("'", '&rsquo;')}<sup>12</sup></td><td>4</td><td><b>3</b></td></tr>\n</table>\nAfter it.`,
    );
    expect(lines.map(brief)).toEqual([
      '2: Question | Cases & answers | ',
      '4:  | Relevant | Yes',
      `5: ${question} | 4 | 3`,
      '6: After it.',
    ]);
    expect(lines[2]?.marks).toEqual(['12']);
  });

  test('of wide gaps, as they were printed: figures stay in columns of their own', async () => {
    const lines = await linesOf(
      [
        'Of the 4 cases inspected:                                        Relevant       Number',
        "                                                                 cases          'Yes'",
        "Does assessment focus on the child's strengths?                      4             1",
        'Does assessment consider the diversity and wider familial and        4             2',
        'social context of the child, utilising information held by',
        'other agencies?',
        'Where applicable, does assessment analyse the key structural         N/A           N/A',
        'barriers facing the child?',
      ].join('\n'),
    );
    expect(lines.map(brief)).toEqual([
      "1: Of the 4 cases inspected: | Relevant cases | Number 'Yes'",
      "3: Does assessment focus on the child's strengths? | 4 | 1",
      '4: Does assessment consider the diversity and wider familial and social context of the child, utilising information held by other agencies? | 4 | 2',
      '7: Where applicable, does assessment analyse the key structural barriers facing the child? | N/A | N/A',
    ]);
  });

  test('two figures near to one another are two cells; two blanks in a sentence are none', async () => {
    const lines = await linesOf(
      'Something is said here.\n\nDoes assessment analyse how to keep the child safe?  12  9\n\nBetween 2018  and  2019 it was  12  9 times so.\n',
    );
    expect(lines.map(({ cells }) => cells.length)).toEqual([1, 3, 1]);
  });
});

describe('footnotes', () => {
  const note = 'This question is only relevant in cases where there are factors of the kind.';

  test.each([
    ['<sup>15</sup>', `<sup>15</sup> ${note}`],
    ['$^{15}$', `$^{15}$ ${note}`],
    ['$^{^{\\rm 15}}$', ` $^{^{\\rm 15}}$ ${note}`],
    ['^{15}', `^{15} ${note}`],
    ['¹⁵', `¹⁵ ${note}`],
    ['[^15]', `[^15] ${note}`],
  ])('as %s', async (mark, definition) => {
    const lines = await linesOf(
      `Does planning keep the child safe?${mark}\t3\t2\nA row?\t1\t1\n\n${definition}\n`,
    );
    expect(lines[0]).toMatchObject({
      cells: ['Does planning keep the child safe?', '3', '2'],
      marks: ['15'],
    });
    expect(lines.at(-1)).toMatchObject({ footnote: '15', text: note });
  });

  test('a raised digit alone in a cell, or behind a word that was cut, is a figure', async () => {
    const lines = await linesOf('A row of words?\tve ₂\t³\n');
    expect(lines[0]).toMatchObject({ cells: ['A row of words?', 've ₂', '³'], marks: [] });
  });
});

describe('what belongs to the paper', () => {
  test('contents, page numbers, and heads that return', async () => {
    const page = (at: number) =>
      `Inspection of youth offending services: Northshire\n\nPlanning was good in ${at} of the cases that we saw, and we saw many of them.\n\nIt was so.\n\nMore was said.\n\nAnd more.\n\nAnd so on.\n\n${at}\n\f`;
    const { lines } = await opened(
      `Contents\n\n1. Organisational delivery ......... 4\n2. Court disposals\t7\nAnnexe\t9\n\n${[3, 4, 5, 6, 7].map(page).join('\n')}`,
    );
    const of = (kind: string) => lines.filter(({ furniture }) => furniture === kind).length;
    expect([of('contents'), of('page number'), of('running head')]).toEqual([3, 5, 5]);
  });
});

test('headings, bullets, numbers, bold lines; ligatures, soft hyphens, quotes and stars are plain', async () => {
  const lines = await linesOf(
    '## 2.1. Assessment\n**Outstanding** ☆\n- The ﬁrst “point”\n1. sec\u00ADond point\n* third\n*so* it is\n',
  );
  expect(lines.map(({ text, heading, bullet }) => [text, heading ?? (bullet ? '•' : '')])).toEqual([
    ['2.1. Assessment', 2],
    ['Outstanding', ''],
    ['The first "point"', '•'],
    ['1. second point', '•'],
    ['third', '•'],
    ['so it is', ''],
  ]);
});
