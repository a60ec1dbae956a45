import type { Block } from './report-blocks.js';

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const marked = (text: string) =>
  escaped(text).replaceAll(/«(\d+)»/g, '<sup><a href="#fn$1" id="ref$1">[$1]</a></sup>');

/**
 * A web page as a browser saves it: the site around the report, headings, tables, links to footnotes at its end. A rating is a
 * picture with a description; the folder of pictures need not be there.
 */
export function asWebPage(blocks: readonly Block[], title: string): string {
  const notes: string[] = [];
  const body = blocks.map((block): string => {
    switch (block.kind) {
      case 'heading':
        return `<h${block.level}>${marked(block.text)}</h${block.level}>`;
      case 'paragraph':
        return `<p>${marked(block.text)}</p>`;
      case 'bullets': {
        const items = block.items.map((item) => `<li><p>${marked(item)}</p></li>`).join('\n');
        return block.from ? `<ol start="${block.from}">${items}</ol>` : `<ul>\n${items}\n</ul>`;
      }
      case 'table': {
        const { head, rows, areRatings } = block;
        const cell = (text: string, at: number) =>
          areRatings && at > 0 && text !== ''
            ? `<td><img src="report_files/${at}.png" alt="Rating: ${text}"></td>`
            : `<td>${marked(text)}</td>`;
        const line = (cells: readonly string[]) => `<tr>${cells.map(cell).join('')}</tr>`;
        const top = head
          ? `<thead><tr>${head.map((text) => `<th>${marked(text)}</th>`).join('')}</tr></thead>`
          : '';
        return `<figure><table>${top}<tbody>\n${rows.map(line).join('\n')}\n</tbody></table></figure>`;
      }
      case 'note':
        notes.push(`<li id="fn${block.mark}">${marked(block.text)} <a href="#ref${block.mark}">↩</a></li>`);
        return '';
      case 'page':
        return '<hr>';
    }
  });
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>p { margin: 0 }</style></head>
<body><a href="#content">Skip to content</a><nav><ul><li>Our reports</li><li>Recommendations</li></ul></nav>
<main id="content"><article>
${body.filter((text) => text !== '').join('\n')}
<ol class="footnotes">${notes.join('\n')}</ol>
</article></main>
<footer><p>All content is available under the Open Government Licence v3.0.</p></footer><script>let rating = 'Good';</script></body></html>
`;
}
