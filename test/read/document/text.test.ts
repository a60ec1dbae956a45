import { describe, expect, test } from 'vitest';
import { brief, linesOf, opened } from './open.js';

describe('tables', () => {
  const question = "Does planning focus sufficiently on supporting the child's desistance?";

  test('of tabs: a cell for every column, empty ones too', async () => {
    const lines = await linesOf(
      `Of the 4 cases inspected:\tRelevant cases\tNumber 'Yes'\n${question}\t4\t3\nIs it lost?\t\t0\nA row\t1\t\n`,
    );
    expect(lines.map(({ cells }) => cells)).toEqual([
      ['Of the 4 cases inspected:', 'Relevant cases', "Number 'Yes'"],
      [question, '4', '3'],
      ['Is it lost?', '', '0'],
      ['A row', '1', ''],
    ]);
  });

  test('of Markdown, with and without pipes at the ends; their rules are markup', async () => {
    const text = `| Question | Relevant | Yes |\n|---|:-:|--:|\n| **${question}** | 4 | **3** |\n\nA | B\n--|--\nEither\\|or | 7\n`;
    const { lines } = await opened(text);
    expect(lines.map(brief)).toEqual([
      '1: Question | Relevant | Yes',
      '2: ',
      `3: ${question} | 4 | 3`,
      '5: A | B',
      '6: ',
      '7: Either|or | 7',
    ]);
    expect(lines.filter(({ noise }) => noise === 'markup').map(({ place }) => place.line)).toEqual([2, 6]);
  });

  test('of HTML: rows at their own lines, cells that span leave empty ones, entities and marks', async () => {
    const lines = await linesOf(
      [
        '<table border="1"><tr>',
        '  <th rowspan="2">Question</th><th colspan="2">Cases &amp; answers</th></tr>',
        '<tr><th>Relevant</th><th>Yes</th></tr>',
        `<tr><td>${question.replace("'", '&rsquo;')}<sup>12</sup></td><td>4</td><td><b>3</b></td></tr>`,
        '</table>',
        'After it.',
      ].join('\n'),
    );
    expect(lines.map(brief)).toEqual([
      '1: Question | Cases & answers | ',
      '3:  | Relevant | Yes',
      `4: ${question} | 4 | 3`,
      '6: After it.',
    ]);
    expect(lines[2]?.marks).toEqual([{ mark: '12', cell: 0 }]);
  });

  test('of HTML whose first tag is damaged: footnotes and tables below it are none of it', async () => {
    const lines = await linesOf(
      [
        '|atble>',
        '<tr><td>Rutland YOS</td><td>59%</td></tr>',
        '</table>',
        '',
        '<sup>2</sup> Youth Justice Board. (2021). First-time entrants, January to December 2020.',
        '',
        '<sup>3</sup> Ministry of Justice. (January 2021). Proven reoffending statistics, April 2019 to March 2020.',
        '',
        '<table>',
        '<tr><td>National average</td><td>93%</td></tr>',
        '</table>',
      ].join('\n'),
    );
    expect(lines.map(({ place, cells }) => `${place.line}: ${cells.length}`)).toEqual([
      '1: 1',
      '2: 2',
      '5: 1',
      '7: 1',
      '10: 2',
    ]);
  });

  test('of a whole page of HTML', async () => {
    const lines = await linesOf(
      '<!DOCTYPE html>\n<html><head><title>x</title><style>p {}</style></head><body>\n<h2>Ratings</h2>\n<p>The service\nis rated &lt;50%.</p><ul><li>Good</li></ul><table><tr><td>A<td>5</table></body></html>',
    );
    expect(lines.map(brief)).toEqual(['3: Ratings', '4: The service is rated <50%.', '5: Good', '5: A | 5']);
    expect(lines[0]?.heading).toBe(2);
    expect(lines[2]?.bullet).toBe(true);
  });

  test('of wide gaps, as they were printed: a wrapped question keeps its figures, whichever line they stand at', async () => {
    const lines = await linesOf(
      [
        'Of the 4 cases inspected:                                        Relevant       Number',
        "                                                                 cases          'Yes'",
        'Is there sufficient analysis of offending behaviour, including       4             3',
        "the child's attitudes towards and motivations for their",
        'offending?',
        'Does assessment consider the diversity and wider familial and',
        'social context of the child, utilising information held by           4             2',
        'other agencies?',
        "Does assessment focus on the child's strengths and protective",
        'factors?                                                             4             1',
        'Where applicable, does assessment analyse the key structural',
        '                                                                     N/A           N/A',
        'barriers facing the child?',
        'Is the child meaningfully involved in their assessment, and                        0',
        'are their views taken into account?',
      ].join('\n'),
    );
    expect(lines.map(brief)).toEqual([
      "1: Of the 4 cases inspected: | Relevant cases | Number 'Yes'",
      "3: Is there sufficient analysis of offending behaviour, including the child's attitudes towards and motivations for their offending? | 4 | 3",
      '6: Does assessment consider the diversity and wider familial and social context of the child, utilising information held by other agencies? | 4 | 2',
      "9: Does assessment focus on the child's strengths and protective factors? | 4 | 1",
      '11: Where applicable, does assessment analyse the key structural barriers facing the child? | N/A | N/A',
      '14: Is the child meaningfully involved in their assessment, and are their views taken into account? |  | 0',
    ]);
  });

  test('a list among columns: a number with damage begins an entry, and two blanks among words are one', async () => {
    const lines = await linesOf(
      [
        'The service should:',
        '',
        '   1. write a policy on resettlement with all partners, and  measure what it brings',
        '   .2 see to it that all children of school age have an offer of education that is full',
        '   3.strengthen the oversight of work that is done together with other services of the',
        '      area',
        '   4.i mprove access to the case management system for staff who are on secondment',
        '',
        '<sup>3</sup> Ministry of Justice. (January  2024). Proven reoffending statistics, April 2022 to',
        '',
        '                             Rutland Youth Justice                        measure',
      ].join('\n'),
    );
    expect(lines.map(({ cells }) => cells[0])).toEqual([
      'The service should:',
      '1. write a policy on resettlement with all partners, and measure what it brings',
      '.2 see to it that all children of school age have an offer of education that is full',
      '3.strengthen the oversight of work that is done together with other services of the area',
      '4.i mprove access to the case management system for staff who are on secondment',
      'Ministry of Justice. (January 2024). Proven reoffending statistics, April 2022 to',
      '',
    ]);
  });

  test('two figures near to one another are two cells, also where no other line has columns there', async () => {
    const columned = await linesOf(
      [
        'Does assessment sufficiently analyse how to keep the child safe?     12   9',
        'Does assessment sufficiently analyse how to keep other people safe?  12   12',
        'Does planning focus on it?                                              9  8',
      ].join('\n'),
    );
    expect(columned.map(({ cells }) => cells.slice(1))).toEqual([
      ['12', '9'],
      ['12', '12'],
      ['9', '8'],
    ]);
    const alone = await linesOf(
      'Something is said here.\n\nDoes assessment analyse how to keep the child safe?  12  9\n\nBetween 2018  and  2019 it was  12  9 times so.\n',
    );
    expect(alone.map(({ cells }) => cells.length)).toEqual([1, 3, 1]);
  });

  test('figures beside no question are never given to the next one', async () => {
    const lines = await linesOf(
      [
        'Does assessment sufficiently analyse how to keep the child safe?     4             3',
        '                                                                     2             1',
        'Does assessment sufficiently analyse how to keep other people safe?  4             2',
        'Does planning focus on keeping other people safe while it does       4             4',
        'what else it has to do?',
        'Is it so?                                                            4             0',
      ].join('\n'),
    );
    expect(lines.map(brief)).toEqual([
      '1: Does assessment sufficiently analyse how to keep the child safe? | 4 | 3',
      '2:  | 2 | 1',
      '3: Does assessment sufficiently analyse how to keep other people safe? | 4 | 2',
      '4: Does planning focus on keeping other people safe while it does what else it has to do? | 4 | 4',
      '6: Is it so? | 4 | 0',
    ]);
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
    ['15', `15 ${note}`],
  ])('as %s', async (mark, definition) => {
    const lines = await linesOf(
      `Does planning keep the child safe?${mark}\t3\t2\nA row?\t1\t1\nB?\t2\t1\n\n${definition}\n`,
    );
    expect(lines[0]).toMatchObject({
      cells: ['Does planning keep the child safe?', '3', '2'],
      marks: [{ mark: '15', cell: 0 }],
    });
    expect(lines.at(-1)).toMatchObject({ footnote: '15', text: note });
  });

  test('digits at a word stay where no footnote of that number is near, and in figures always', async () => {
    const lines = await linesOf(
      `The score8 is high.\n\nSee Annexe 1, 17 of 20, 82%, 3.1 and ISO9001.\n\nGood7\t1\t11\nA\t2\t3\nB\t3\t4\n\n7 ${note}\n`,
    );
    expect(lines.map(({ text }) => text).slice(0, 3)).toEqual([
      'The score8 is high.',
      'See Annexe 1, 17 of 20, 82%, 3.1 and ISO9001.',
      'Good 1 11',
    ]);
    expect(lines[2]?.marks).toEqual([{ mark: '7', cell: 0 }]);
  });

  test('a figure that became a raised or lowered digit is no mark', async () => {
    const lines = await linesOf(`A?\tve ₂\t1\nB?\tn ³\t4²\nC?\t³\t9%<sup>3</sup>\nD?\t4³\t1\n\n³ ${note}\n`);
    expect(lines.slice(0, 4).map(({ cells }) => cells)).toEqual([
      ['A?', 've ₂', '1'],
      ['B?', 'n ³', '4²'],
      ['C?', '³', '9%'],
      ['D?', '4', '1'],
    ]);
  });
});

describe('characters', () => {
  test('ligatures, quotes, blanks, soft hyphens and stars', async () => {
    const lines = await linesOf(
      'The ‘ﬁrst’ oﬃce\u00a0of “well\u00adbeing”\u200b is   here.\nOutstanding ☆ 🛣\nLarge majority: 80%+\tOutstanding 太\nRated $\\stackrel{\\wedge}{\\Longrightarrow}$ \\Rightarrow Good\n',
    );
    expect(lines.map(({ text }) => text)).toEqual([
      `The 'first' office of "wellbeing" is here.`,
      'Outstanding',
      'Large majority: 80%+ Outstanding',
      'Rated Good',
    ]);
  });

  test('two digits never become a number that nobody printed', async () => {
    const lines = await linesOf('A?\t1\u200b2\t3☆4\nB?\t1\u00ad2\t5\nC?\t7\t8\n');
    expect(lines[0]?.cells).toEqual(['A?', '1 2', '3☆4']);
    expect(lines[1]?.cells).toEqual(['B?', '1 2', '5']);
  });

  test('a sign that may stand for a digit stays beside the others', async () => {
    const lines = await linesOf('A?\t□8%\t�4\nB?\t1\uE041\t\u00115\nC?\t太7\t☆ 9\n');
    expect(lines.map(({ cells }) => cells)).toEqual([
      ['A?', '□8%', '�4'],
      ['B?', '1�', '�5'],
      ['C?', '太7', '9'],
    ]);
  });

  test('what is no tag and no emphasis stays', async () => {
    const lines = await linesOf(
      'Minority: <50% & 2 * 3 * 4, a_b_c\n\n<https://example.org/a_b_c>\n\n[the page](https://example.org) costs $5 and $6\n',
    );
    expect(lines.map(({ text }) => text)).toEqual([
      'Minority: <50% & 2 * 3 * 4, a_b_c',
      'https://example.org/a_b_c',
      'the page costs $5 and $6',
    ]);
  });

  test('Windows-1252, a mark at the beginning, UTF-16, and lines of Windows', async () => {
    const text = 'The child’s £5\r\nGood\r\n';
    const windows = Buffer.from('The child\x92s \xa35\r\nGood\r\n', 'latin1');
    for (const bytes of [windows, Buffer.from(`\ufeff${text}`), Buffer.from(`\ufeff${text}`, 'utf16le')])
      expect((await linesOf(bytes)).map(brief)).toEqual(["1: The child's £5", '2: Good']);
  });
});

describe('headings, bold letters and bullets', () => {
  test('of Markdown and HTML', async () => {
    const lines = await linesOf(
      '### **Court disposals**\n\n**Good**\n<b>Good</b>\n**Good** enough\n\n- 1. take steps\n• Keep on\na) Is there?\n![](a.png)\n* * *\n',
    );
    expect(lines.map(({ text, heading, bold, bullet }) => [text, heading, bold, bullet])).toEqual([
      ['Court disposals', 3, true, undefined],
      ['Good', undefined, true, undefined],
      ['Good', undefined, true, undefined],
      ['Good enough', undefined, undefined, undefined],
      ['1. take steps', undefined, undefined, true],
      ['Keep on', undefined, undefined, true],
      ['a) Is there?', undefined, undefined, true],
    ]);
  });
});

describe('wrapped lines', () => {
  test('of paragraphs and bullets become one, at the place of the first', async () => {
    const lines = await linesOf(
      [
        'Whoever works with children needs time for them, and a plan that they know. It was',
        'found in most of the files, and in what the staff of the service could tell of them.',
        'Nothing else was looked at in this part of the work.',
        '',
        'Strengths:',
        '• The managers know the children and the families that come to the office and',
        'what they came for.',
        '• Plans are read again.',
        '2.1. Assessment',
        'Requires improvement',
        'Assessment is well-informed, analytical and personalised, actively involving the',
        'child and their parents or carers.',
      ].join('\n'),
    );
    expect(lines.map(brief)).toEqual([
      '1: Whoever works with children needs time for them, and a plan that they know. It was found in most of the files, and in what the staff of the service could tell of them. Nothing else was looked at in this part of the work.',
      '5: Strengths:',
      '6: The managers know the children and the families that come to the office and what they came for.',
      '8: Plans are read again.',
      '9: 2.1. Assessment',
      '10: Requires improvement',
      '11: Assessment is well-informed, analytical and personalised, actively involving the child and their parents or carers.',
    ]);
  });

  test('of a text that keeps its lines: only what goes on in small letters', async () => {
    const long = 'The service has a good understanding of what works for the children whom it meets. '.repeat(
      4,
    );
    const lines = await linesOf(
      `${long}\n\n- Case managers need to take greater account of the needs\nof victims in their work.\n\nPublished by:\nThe Inspectorate of the North\nNorth Street\n`,
    );
    expect(lines.map(({ place }) => place.line)).toEqual([1, 3, 6, 7, 8]);
    expect(lines[1]?.text).toMatch(/needs of victims in their work\.$/);
  });
});

describe('what belongs to the paper', () => {
  const page = (number: number) =>
    [
      'Inspection of youth offending services: Northshire YOS',
      ...Array.from(
        { length: 12 },
        (_, at) => `A sentence of page ${number} about thing ${at}, and all of it is here.`,
      ),
      `${number}`,
    ].join('\n\n');

  test('running heads and page numbers, with and without form feeds', async () => {
    for (const feed of ['\n\n', '\n\f']) {
      const { lines } = await opened([4, 5, 6, 7].map(page).join(feed));
      const noise = lines.filter((line) => line.noise);
      expect(noise.map(({ text, noise }) => [text, noise])).toEqual(
        [4, 5, 6, 7].flatMap((number) => [
          ['Inspection of youth offending services: Northshire YOS', 'running head'],
          [String(number), 'page number'],
        ]),
      );
    }
  });

  test('what returns in a report is no running head: ratings, headings, key questions, table headings', async () => {
    const part = (title: string) =>
      `${title}\n\nRequires improvement\n\nDoes assessment sufficiently analyse how to keep the child safe?\n\nOf the 4 cases inspected:\tRelevant cases\tNumber 'Yes'\nA?\t4\t3\n\nAreas for improvement:\n\nImplementation and delivery\n`;
    const { lines } = await opened(['One', 'Two', 'Three', 'Four'].map(part).join('\n'));
    expect(lines.filter(({ noise }) => noise)).toEqual([]);
  });

  test('figures on lines of their own are no page numbers', async () => {
    const facts = [35, 3, 2, 6, 9, 25]
      .map(
        (figure) =>
          `${figure}\n\nTotal current caseload of the kind ${String.fromCharCode(97 + (figure % 26))}\n`,
      )
      .join('\n');
    const { lines } = await opened(`Contextual facts\n\n${facts}`);
    expect(lines.filter(({ noise }) => noise)).toEqual([]);
  });

  test('rows of percentages whose words come again are no contents', async () => {
    const rows = (words: string[]) => words.map((row, at) => `Does it come ${row}?\t${40 + at}%`).join('\n');
    const table = `${rows(['in time', 'to all'])}\nThe end of a page\t25\n${rows(['often', 'at once'])}`;
    const { lines } = await opened(`${table}\n\nSomething else is said.\n\n${table}\n`);
    expect(lines.filter(({ noise }) => noise)).toEqual([]);
  });

  test('contents pages by dots or by their titles, and no other tables', async () => {
    const titles = [
      'Introduction',
      'Ratings',
      'Recommendations',
      '1. Organisational delivery',
      '1.1. Staff',
      '2. Court disposals',
    ];
    const body = titles
      .map((title) => `${title}\n\nSomething is said about it here, and it is enough.\n`)
      .join('\n');
    const facts = `Caseload\t5\nIn custody\t6\nOn licence\t7\nCautions\t9\nConditional cautions\t11\nOthers\t14\n`;
    for (const [at, between] of ['\t', ' ..... ', ' ......\t'].entries()) {
      const contents = titles
        .map((title, index) => `${title}${between}${index === 4 && at === 0 ? '' : index + 3}`)
        .join('\n');
      const { lines } = await opened(`Contents\n\n${contents}\n\n${body}\n${facts}`);
      expect(lines.filter(({ noise }) => noise === 'contents').map(({ place }) => place.line)).toEqual([
        3, 4, 5, 6, 7, 8,
      ]);
      expect(lines.filter(({ noise }) => noise).length).toBe(6);
    }
  });
});
