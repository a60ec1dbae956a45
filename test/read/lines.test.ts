import { describe, expect, test } from 'vitest';
import { linesOf, opened } from './opened.js';

const page = (body: string) =>
  `<!DOCTYPE html>\n<html><head><title>x</title><style>p {}</style></head><body>\n${body}</body></html>`;
const question = "Does planning focus sufficiently on supporting the child's desistance?";

// Each line: where it stands, a heading's level or a bullet, and its cells.
test.each<[string, string, string[]]>([
  [
    'tabs: a cell for every column, empty ones too',
    `Of the 4 cases:\tRelevant cases\tNumber 'Yes'\n${question}\t4\t3\nIs it lost?\t\t0\n`,
    ["1: Of the 4 cases: | Relevant cases | Number 'Yes'", `2: ${question} | 4 | 3`, '3: Is it lost? |  | 0'],
  ],
  [
    'Markdown’s tables, with and without pipes at the ends; their rules are markup',
    `| Question | Yes |\n|---|--:|\n| **${question}** | 3 |\n\nA | B\n--|--\nEither\\|or | 7\n`,
    ['1: Question | Yes', `3: ${question} | 3`, '5: A | B', '7: Either|or | 7'],
  ],
  [
    'wide gaps, as they were printed: figures stay in columns of their own',
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
    [
      "1: Of the 4 cases inspected: | Relevant cases | Number 'Yes'",
      "3: Does assessment focus on the child's strengths? | 4 | 1",
      '4: Does assessment consider the diversity and wider familial and social context of the child, utilising information held by other agencies? | 4 | 2',
      '7: Where applicable, does assessment analyse the key structural barriers facing the child? | N/A | N/A',
    ],
  ],
  [
    'headings, bullets, numbers, bold; ligatures, soft hyphens, quotes and stars are plain',
    '## 2.1. Assessment\n**Outstanding** ☆\n- The ﬁrst “point”\n1. sec\u00ADond point\n* third\n*so* it is\n',
    [
      '1: ## 2.1. Assessment',
      '2: Outstanding',
      '3: • The first "point"',
      '4: • 1. second point',
      '5: • third',
      '6: so it is',
    ],
  ],
  [
    'a web page: headings, paragraphs, lists with their numbers, tables',
    page(
      '<h2>Ratings</h2>\n<p>The service\nis <strong>not</strong> rated &lt;50%.</p><ul><li>Good</li></ul><ol start="3"><li><p>see to it</p></li></ol><table><tr><td>A<td>5</table>',
    ),
    ['3: ## Ratings', '4: The service is not rated <50%.', '5: • Good', '5: • 3. see to it', '5: A | 5'],
  ],
  [
    'a web page’s tables: rows at their own lines, cells that span leave empty ones',
    `<!DOCTYPE html>\n<table border="1"><tr>\n  <th>Question</th><th colspan="2">Cases &amp; answers</th></tr>\n<tr><th></th><th>Relevant</th><th>Yes</th></tr>\n<tr><td>${question.replace("'", '&rsquo;')}<sup>12</sup></td><td>4</td><td><b>3</b></td></tr>\n</table>\nAfter it.`,
    [
      '2: Question | Cases & answers | ',
      '4:  | Relevant | Yes',
      `5: ${question} | 4 | 3 [12]`,
      '6: After it.',
    ],
  ],
  [
    'only the report of a web page, and nothing of the site around it',
    page(
      '<nav><p>Menu</p></nav><header><p>Site</p></header><main><article><header><h1>Report</h1></header><p>Words</p></article></main><aside><p>More</p></aside><footer>Licence</footer><script>let a = "<p>no</p>";</script>',
    ),
    ['3: # Report', '3: Words'],
  ],
  [
    'a picture says what its description says; without one it says nothing',
    page(
      '<table><tr><td>2.1 Assessment</td><td><img src="g.png" alt="Rating: Good"></td></tr><tr><td>2.2 Planning</td><td><img src="x.png"></td></tr></table><p>Overall <img alt="Outstanding"></p><div role="img" aria-label="Inadequate"></div>',
    ),
    ['3: 2.1 Assessment | Rating: Good', '3: 2.2 Planning | ', '3: Overall Outstanding', '3: Inadequate'],
  ],
])('%s', async (_, text, expected) => {
  const lines = await linesOf(text);
  const shown = lines.map(({ place, heading, bullet, cells, marks }) => {
    const sign = heading ? `${'#'.repeat(heading)} ` : bullet ? '• ' : '';
    return `${place.line}: ${sign}${cells.join(' | ')}${marks.length > 0 ? ` [${marks}]` : ''}`;
  });
  expect(shown).toEqual(expected);
});

describe('footnotes', () => {
  const note = 'This question is only relevant in cases where there are factors of the kind.';

  test.each([
    ['<sup>15</sup>', `<sup>15</sup> ${note}`],
    ['$^{^{\\rm 15}}$', ` $^{^{\\rm 15}}$ ${note}`],
    ['¹⁵', `¹⁵ ${note}`],
  ])('in a text as %s', async (mark, definition) => {
    const lines = await linesOf(
      `Does planning keep the child safe?${mark}\t3\t2\nA row?\t1\t1\n\n${definition}\n`,
    );
    expect(lines[0]).toMatchObject({
      cells: ['Does planning keep the child safe?', '3', '2'],
      marks: ['15'],
    });
    expect(lines.at(-1)).toMatchObject({ footnote: '15', text: note });
  });

  test.each([
    [
      '<sup><a href="#fn3">3</a></sup>',
      '<ol><li id="fn3">The lowest decides. <a href="#ref3">↩</a></li></ol>',
    ],
    ['<a href="#_ftn3">[3]</a>', '<p><a href="#_ftnref3">[3]</a> The lowest decides.</p>'],
    [
      '<sup>3</sup>',
      '<ol class="wp-block-footnotes"><li id="a">One.</li><li id="b">Two.</li><li id="c">The lowest decides.</li></ol>',
    ],
  ])('in a web page as %s', async (mark, definition) => {
    const lines = await linesOf(page(`<p>Our rating${mark} is based on questions.</p>${definition}`));
    expect(lines[0]).toMatchObject({ text: 'Our rating is based on questions.', marks: ['3'] });
    expect(lines.at(-1)).toMatchObject({ text: 'The lowest decides.', footnote: '3' });
  });
});

test('contents, page numbers, and heads that return belong to the paper', async () => {
  const words =
    'Planning was good in many cases that we saw, and we saw a lot of them.\n\nIt was so.\n\nAnd more.\n\nAnd so on.\n\n';
  const one = (at: number) =>
    `Inspection of youth offending services: Northshire\n\nIn ${at} of them so.\n\n${words}${at}\n\f`;
  const { lines } = await opened(
    `Contents\n\n1. Organisational delivery ......... 4\n2. Court disposals\t7\nAnnexe\t9\n\n${[3, 4, 5, 6, 7].map(one).join('\n')}`,
  );
  const of = (kind: string) => lines.filter(({ furniture }) => furniture === kind).length;
  expect([of('contents'), of('page number'), of('running head')]).toEqual([3, 5, 5]);
});
