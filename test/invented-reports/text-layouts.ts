import type { Block } from './report-blocks.js';

type Table = Extract<Block, { kind: 'table' }>;

/** How the blocks of a report are written in some notation. */
export interface Notation {
  heading(level: number, text: string): string;
  paragraph(text: string): string;
  /** A list; `from` is the number of its first item, 0 where it has none. */
  list(items: string[], from: number): string;
  table(table: Table): string;
  note(mark: number, text: string): string;
  page(number: number): string;
}

/** The blocks of a report, each in a notation. */
export function written(blocks: readonly Block[], how: Notation): string[] {
  let page = 0;
  return blocks.map((block) => {
    if (block.kind === 'heading') return how.heading(block.level, block.text);
    if (block.kind === 'paragraph') return how.paragraph(block.text);
    if (block.kind === 'bullets') return how.list(block.items, block.from ?? 0);
    if (block.kind === 'table') return how.table(block);
    return block.kind === 'note' ? how.note(block.mark, block.text) : how.page(++page);
  });
}

const superscript = (text: string) =>
  text.replaceAll(/«(\d+)»/g, (_, digits: string) =>
    [...digits].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join(''),
  );
const listed = (items: string[], from: number, sign: string) =>
  items.map((item, at) => `${from ? `${from + at}.` : sign} ${item}`).join('\n');
const rowsOf = ({ head, rows }: Table) => [...(head ? [head] : []), ...rows];

/** Text as a converter makes it of a PDF's tables: cells between tabs, raised digits for marks, ligatures, page numbers. */
export function withTabs(blocks: readonly Block[]): string {
  const lines = written(blocks, {
    ...{ heading: (_, text) => text, paragraph: (text) => text, page: String },
    list: (items, from) => listed(items, from, '•'),
    table: (table) =>
      rowsOf(table)
        .map((row) => row.join('\t'))
        .join('\n'),
    note: (mark, text) => `«${mark}» ${text}`,
  });
  return superscript(lines.join('\n\n')).replaceAll('fi', 'ﬁ').replaceAll('fl', 'ﬂ');
}

/** Markdown: headings with #, tables of pipes, marks as tags; a rating in bold on a line of its own. */
export function asMarkdown(blocks: readonly Block[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const lines = written(blocks, {
    heading: (level, text) => `${'#'.repeat(level)} ${text}`,
    paragraph: (text) => text,
    list: (items, from) => listed(items, from, '-'),
    table: ({ head, rows, areRatings }) => {
      if (areRatings)
        return rows.map(([text, rating]) => (rating ? `${text}\n\n**${rating}**` : text)).join('\n\n');
      const width = Math.max(...rows.map((cells) => cells.length));
      const full = rows.map((cells) => [...cells, ...Array(width - cells.length).fill('')]);
      return [head ?? Array(width).fill(''), Array(width).fill('---'), ...full].map(row).join('\n');
    },
    note: (mark, text) => `«${mark}» ${text}`,
    page: () => '---',
  });
  return lines.join('\n\n').replaceAll(/«(\d+)»/g, '<sup>$1</sup>');
}

/** The width of a page in letters, and of the first column of its tables. */
const [width, first] = [96, 58];

/** Text as it is printed: wrapped lines, columns of blanks, a running head and a number at each page's end, tables cut by it. */
export function asPrinted(blocks: readonly Block[], runningHead: string): string {
  const lines: string[] = [];
  let page = 1;
  const turn = () => lines.push('', `${runningHead.padEnd(width - 4)}${String(page++).padStart(4)}`, '\f');
  const wide = (text: string) => wrapped(text, width).join('\n');
  const all = written(blocks, {
    ...{ heading: (_, text) => wide(text), paragraph: wide, page: () => '\f' },
    note: (mark, text) => wide(`«${mark}» ${text}`),
    list: (items, from) =>
      listed(
        items.map((item) => wrapped(item, width - 6).join('\n     ')),
        from,
        '•',
      ).replaceAll(/^(?=\S)/gm, '  '),
    table: (table) => {
      const isNarrow = table.rows.every(([text = '']) => text.length < 12);
      return rowsOf(table)
        .map(([text = '', ...others]) => {
          // Figures stand beside the middle line of a question.
          const own = wrapped(text, first);
          const middle = Math.floor((own.length - 1) / 2);
          const cells = others.map((cell) => cell.padEnd(18)).join('');
          own[middle] = `${(own[middle] as string).padEnd(isNarrow ? 14 : first + 4)}${cells}`.trimEnd();
          return own.join('\n');
        })
        .join('\n\n');
    },
  });
  for (const line of all.flatMap((block) => [...block.split('\n'), ''])) {
    if (line === '\f' || (lines.length + page) % 55 === 54) turn();
    if (line !== '\f') lines.push(line);
  }
  turn();
  return superscript(lines.join('\n'));
}

/** The lines of a text, none longer than so many letters. */
function wrapped(text: string, most: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) as string;
    if (last !== '' && last.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}
