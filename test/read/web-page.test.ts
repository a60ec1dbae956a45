import { expect, test } from 'vitest';
import { ratingOf } from '../../src/read/rows.js';
import { brief, linesOf, opened } from './opened.js';

const page = (body: string) =>
  `<!DOCTYPE html>\n<html><head><title>x</title><style>p {}</style></head><body>\n${body}</body></html>`;

test('headings, paragraphs, lists with their numbers, tables', async () => {
  const { kind, lines } = await opened(
    page(
      '<h2>Ratings</h2>\n<p>The service\nis <strong>not</strong> rated &lt;50%.</p><ul><li>Good</li></ul><ol start="3"><li><p>see to it</p></li></ol><table><tr><td>A<td>5</table>',
    ),
  );
  expect(kind).toBe('html');
  expect(lines.map(brief)).toEqual([
    '3: Ratings',
    '4: The service is not rated <50%.',
    '5: Good',
    '5: 3. see to it',
    '5: A | 5',
  ]);
  expect(lines.map(({ heading, bullet }) => heading ?? bullet ?? '')).toEqual([2, '', true, true, '']);
});

test('only the report is read where a page has one, and nothing of the site around it', async () => {
  const lines = await linesOf(
    page(
      '<nav><p>Menu</p></nav><header><p>Site</p></header><main><article><header><h1>Report</h1></header><p>Words</p></article></main><aside><p>More</p></aside><footer>Licence</footer><script>let a = "<p>no</p>";</script>',
    ),
  );
  expect(lines.map(({ text }) => text)).toEqual(['Report', 'Words']);
});

test('a picture says what its description says; without one it says nothing', async () => {
  const lines = await linesOf(
    page(
      '<table><tr><td>2.1 Assessment</td><td><img src="r_files/g.png" alt="Rating: Good"></td></tr><tr><td>2.2 Planning</td><td><img src="r_files/x.png"></td></tr></table><p>Overall <img alt="Outstanding"></p><div role="img" aria-label="Inadequate"></div>',
    ),
  );
  expect(lines.map(({ cells }) => cells)).toEqual([
    ['2.1 Assessment', 'Rating: Good'],
    ['2.2 Planning', ''],
    ['Overall Outstanding'],
    ['Inadequate'],
  ]);
});

test.each([
  ['Good', 'Good'],
  ['Rating: Good', 'Good'],
  ['Overall rating: Requires improvement', 'Requires improvement'],
  ['rated as ‘Outstanding’ ☆', 'Outstanding'],
  ['Good practice', undefined],
  ['Not rated', undefined],
])('"%s" is the rating %s', (text, rating) => {
  expect(ratingOf(text, ['Inadequate', 'Requires improvement', 'Good', 'Outstanding'])).toBe(rating);
});

test.each([
  ['<sup><a href="#fn3">3</a></sup>', '<ol><li id="fn3">The lowest decides. <a href="#ref3">↩</a></li></ol>'],
  ['<a href="#_ftn3">[3]</a>', '<p><a href="#_ftnref3">[3]</a> The lowest decides.</p>'],
  [
    '<sup>3</sup>',
    '<ol class="wp-block-footnotes"><li id="a">One.</li><li id="b">Two.</li><li id="c">The lowest decides.</li></ol>',
  ],
])('a footnote that is a link: %s', async (mark, definition) => {
  const lines = await linesOf(page(`<p>Our rating${mark} is based on questions.</p>${definition}`));
  expect(lines[0]).toMatchObject({ text: 'Our rating is based on questions.', marks: ['3'] });
  expect(lines.at(-1)).toMatchObject({ text: 'The lowest decides.', footnote: '3' });
});
