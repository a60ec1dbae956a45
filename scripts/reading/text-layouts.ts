import type { Block } from './report-blocks.js';

const superscript = (text: string) =>
  text.replaceAll(/«(\d+)»/g, (_, digits: string) =>
    [...digits].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join(''),
  );

/** Text as a converter makes it of a PDF's tables: cells between tabs, raised digits for marks, ligatures, page numbers. */
export function withTabs(blocks: readonly Block[]): string {
  let page = 1;
  const ligatures = (text: string) => text.replaceAll('fi', 'ﬁ').replaceAll('fl', 'ﬂ');
  const lines = blocks.flatMap((block): string[] => {
    switch (block.kind) {
      case 'heading':
      case 'paragraph':
        return [block.text, ''];
      case 'bullets':
        return [...block.items.map((item, at) => `${block.from ? `${block.from + at}.` : '•'} ${item}`), ''];
      case 'table':
        return [...[...(block.head ? [block.head] : []), ...block.rows].map((row) => row.join('\t')), ''];
      case 'note':
        return [`«${block.mark}» ${block.text}`, ''];
      case 'page':
        return [String(page++), ''];
    }
  });
  return ligatures(superscript(lines.join('\n')));
}

/** Markdown: headings with #, tables of pipes, marks as tags; a rating in bold on a line of its own. */
export function asMarkdown(blocks: readonly Block[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const lines = blocks.flatMap((block): string[] => {
    switch (block.kind) {
      case 'heading':
        return [`${'#'.repeat(block.level)} ${block.text}`, ''];
      case 'paragraph':
        return [block.text, ''];
      case 'bullets':
        return [...block.items.map((item, at) => `${block.from ? `${block.from + at}.` : '-'} ${item}`), ''];
      case 'table': {
        const { head, rows, areRatings } = block;
        if (areRatings)
          return rows.flatMap(([text, rating]) => [
            text as string,
            '',
            ...(rating ? [`**${rating}**`, ''] : []),
          ]);
        const width = Math.max(...rows.map((cells) => cells.length));
        const full = rows.map((cells) => [...cells, ...Array(width - cells.length).fill('')]);
        return [row(head ?? Array(width).fill('')), row(Array(width).fill('---')), ...full.map(row), ''];
      }
      case 'note':
        return [`«${block.mark}» ${block.text}`, ''];
      case 'page':
        return ['---', ''];
    }
  });
  return lines.join('\n').replaceAll(/«(\d+)»/g, '<sup>$1</sup>');
}

/** The width of a page in letters, and of the first column of its tables. */
const [width, first] = [96, 58];

/** Text as it is printed: wrapped lines, columns of blanks, a running head and a number at each page's end, tables cut by it. */
export function asPrinted(blocks: readonly Block[], runningHead: string): string {
  const lines: string[] = [];
  let page = 1;
  const turn = () => {
    lines.push('', `${runningHead.padEnd(width - 4)}${String(page++).padStart(4)}`, '\f');
  };
  const put = (text: string) => {
    if (lines.length > 0 && (lines.length + page) % 55 === 0) turn();
    lines.push(text);
  };
  for (const block of blocks) {
    if (block.kind === 'page') turn();
    else if (block.kind === 'bullets')
      for (const [at, item] of block.items.entries()) {
        const sign = block.from ? `${block.from + at}.` : '•';
        for (const [line, text] of wrapped(item, width - 6).entries()) put(`  ${line ? '  ' : sign} ${text}`);
      }
    else if (block.kind === 'table') {
      const narrow = Math.max(...block.rows.map(([text = '']) => text.length)) < 12;
      for (const cells of [...(block.head ? [block.head] : []), ...block.rows]) {
        const [text = '', ...others] = cells;
        // Figures stand beside the middle line of a question.
        const own = wrapped(text, first);
        const middle = Math.floor((own.length - 1) / 2);
        for (const [at, line] of own.entries())
          put(
            at === middle && others.length > 0
              ? `${line.padEnd(narrow ? 14 : first + 4)}${others.map((cell) => cell.padEnd(18)).join('')}`.trimEnd()
              : line,
          );
        put('');
      }
    } else {
      const text = block.kind === 'note' ? `«${block.mark}» ${block.text}` : block.text;
      for (const line of wrapped(text, width)) put(line);
    }
    lines.push('');
  }
  turn();
  return superscript(lines.join('\n'));
}

/** The lines of a text, none longer than so many letters. */
export function wrapped(text: string, most: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) as string;
    if (last !== '' && last.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}
