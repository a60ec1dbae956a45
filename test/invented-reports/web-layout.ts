import { type Block, isRating } from './blocks.js';
import { written } from './text-layouts.js';

const marked = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/«(\d+)»/g, '<sup><a href="#fn$1" id="ref$1">[$1]</a></sup>');

/**
 * A web page as a browser saves it: the site around the report, headings, tables, links to footnotes at its end. A rating is a
 * picture with a description; the folder of pictures need not be there.
 */
export function asWebPage(blocks: readonly Block[], title: string): string {
  const notes: string[] = [];
  const body = written(blocks, {
    heading: (level, text) => `<h${level}>${marked(text)}</h${level}>`,
    paragraph: (text) => `<p>${marked(text)}</p>`,
    list: (items, from) => {
      const all = items.map((item) => `<li><p>${marked(item)}</p></li>`).join('\n');
      return from ? `<ol start="${from}">${all}</ol>` : `<ul>\n${all}\n</ul>`;
    },
    table: ({ head, rows }) => {
      const cell = (text: string, at: number) =>
        isRating(text)
          ? `<td><img src="report_files/${at}.png" alt="Rating: ${text}"></td>`
          : `<td>${marked(text)}</td>`;
      const line = (cells: readonly string[]) => `<tr>${cells.map(cell).join('')}</tr>`;
      const top = head.map((text) => `<th>${marked(text)}</th>`).join('');
      return `<figure><table><thead><tr>${top}</tr></thead><tbody>\n${rows.map(line).join('\n')}\n</tbody></table></figure>`;
    },
    note: (mark, text) => {
      notes.push(`<li id="fn${mark}">${marked(text)} <a href="#ref${mark}">↩</a></li>`);
      return '';
    },
    page: () => '<hr>',
  });
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>${marked(title)}</title><style>p { margin: 0 }</style></head>
<body><a href="#content">Skip to content</a><nav><ul><li>Our reports</li><li>Recommendations</li></ul></nav>
<main id="content"><article>
${body.join('\n')}
<ol class="footnotes">${notes.join('\n')}</ol>
</article></main>
<footer><p>All content is available under the Open Government Licence v3.0.</p></footer><script>let rating = 'Good';</script></body></html>
`;
}
