import { expect, test } from 'vitest';
import { minimalPdf, shown } from '../../scripts/bench/minimal-pdf.js';
import { linesOf, opened } from './opened.js';

const page = (body: string) =>
  `<!DOCTYPE html>\n<html><head><title>x</title><style>p {}</style></head><body>\n${body}</body></html>`;
const question = "Does planning focus sufficiently on supporting the child's desistance?";

// Each line: where it stands, the mark of a footnote, a heading's level or a bullet, its cells, and the footnotes that it cites. What
// layouts.test.ts reads in its reports is not tried again here.
test.each<[string, string, string[]]>([
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
    'a rating of two lines, beside a text of two lines',
    'Assessment is well-informed and personalised, and     Requires\nactively involves the child.                           improvement\n',
    [
      '1: Assessment is well-informed and personalised, and actively involves the child. | Requires improvement',
    ],
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
    'tables of HTML in a text, also on one line; what nothing ends is none',
    'Planning\n<table><tr><td>Is it safe?</td><td>4</td></tr><tr><td>A row?</td><td>1</td></tr></table>\n- Words\n<table>\n<tr>\n<td>Last?</td>\n<td>2</td></tr>\n</table>\n<table> is a tag.\n',
    ['1: Planning', '2: Is it safe? | 4', '2: A row? | 1', '3: • Words', '5: Last? | 2', '9: is a tag.'],
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
  [
    'footnotes of a converter’s formulas',
    `Is the child safe?$^{^{\\rm 15}}$\t3\t2\nA row?\t1\t1\n\n $^{^{\\rm 15}}$ The lowest decides.\n`,
    ['1: Is the child safe? | 3 | 2 [15]', '2: A row? | 1 | 1', '4: (15) The lowest decides.'],
  ],
  [
    'footnotes of a word processor’s page',
    page('<p>Our rating<a href="#_ftn3">[3]</a></p><p><a href="#_ftnref3">[3]</a> The lowest decides.</p>'),
    ['3: Our rating [3]', '3: (3) The lowest decides.'],
  ],
  [
    'footnotes of a list without marks of its own',
    page(
      '<p>Our rating<sup>2</sup></p><ol class="wp-block-footnotes"><li>One.</li><li id="b">Two.</li></ol>',
    ),
    ['3: Our rating [2]', '3: (1) One.', '3: (2) Two.'],
  ],
])('%s', async (_, text, expected) => {
  const lines = await linesOf(text);
  const shown = lines.map(({ place, heading, bullet, cells, marks, footnote }) => {
    const sign = heading ? `${'#'.repeat(heading)} ` : bullet ? '• ' : '';
    const note = footnote === undefined ? '' : `(${footnote}) `;
    return `${place.line}: ${note}${sign}${cells.join(' | ')}${marks.length > 0 ? ` [${marks}]` : ''}`;
  });
  expect(shown).toEqual(expected);
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

test('heads with ever greater numbers belong to the paper where nothing says where pages begin', async () => {
  const page = (at: number) => `Is it safe?\t5\t4\nNorthshire youth justice service\t${at}\nA row?\t1\t1\n`;
  const cells = async (pages: number[]) =>
    (await linesOf(pages.map(page).join(''))).map((line) => line.cells[0]);
  expect(new Set(await cells([3, 4, 5, 6, 7, 9]))).toEqual(new Set(['Is it safe?', 'A row?']));
  expect(await cells([3, 4, 5, 6, 9, 7])).toContain('Northshire youth justice service');
});

test('a PDF: places on pages, columns, running heads and numbers', async () => {
  const at = (text: string, x: number, y: number) => shown(text, { x, y });
  const pages = [1, 2, 3, 4].map((number) =>
    [
      at('Inspection of youth justice services: Northshire', 60, 800),
      at('Does it keep them safe?', 66, 750) + at('3', 400, 750) + at('N/A', 470, 750),
      at(String(number + 2), 500, 60),
    ].join(''),
  );
  const { kind, lines } = await opened(minimalPdf(pages));
  expect(kind).toBe('pdf');
  expect(
    lines.map(({ place, cells, furniture }) => [place.page, place.line, cells.join(' | '), furniture]),
  ).toEqual(
    [1, 2, 3, 4].flatMap((page) => [
      [page, 1, 'Inspection of youth justice services: Northshire', 'running head'],
      [page, 2, 'Does it keep them safe? | 3 | N/A', undefined],
      [page, 3, String(page + 2), 'page number'],
    ]),
  );
});

test('a PDF: larger letters are headings; a raised digit beside a figure is a mark, and a figure stays a figure', async () => {
  let content = shown('2.1. Assessment', { x: 60, y: 740, size: 18 });
  content += shown('Are enforcement actions taken when appropriate?', { x: 60, y: 700 });
  content += shown('9%', { x: 400, y: 700 }) + shown('36', { x: 416, y: 704, size: 7 });
  content += shown('Is it small?', { x: 60, y: 670 }) + shown('11', { x: 400, y: 670, size: 8 });
  content +=
    shown('36', { x: 60, y: 104, size: 6 }) +
    shown('This was not relevant in all cases.', { x: 67, y: 100, size: 9 });
  const { lines } = await opened(minimalPdf([content]));
  expect(lines.map(({ cells, marks, footnote, heading }) => [cells, marks, footnote ?? heading])).toEqual([
    [['2.1. Assessment'], [], 1],
    [['Are enforcement actions taken when appropriate?', '9%'], ['36'], undefined],
    [['Is it small?', '11'], [], undefined],
    [['This was not relevant in all cases.'], [], '36'],
  ]);
});
