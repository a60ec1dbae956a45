import { type Block, isRating } from './blocks.js';

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
    if (block.kind === 'bullets') return how.list(block.items, block.from);
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
const rowsOf = ({ head, rows }: Table) => [...(head.length > 0 ? [head] : []), ...rows];

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
    table: ({ head, rows: [first = [], ...rows] }) => {
      if (isRating(first.at(-1) ?? ''))
        return [first, ...rows]
          .map((cells) => `${cells.slice(0, -1).join(' ')}\n\n**${cells.at(-1)}**`)
          .join('\n\n');
      const top = first.map((_, at) => head[at] ?? '');
      return [top, top.map(() => '---'), first, ...rows].map(row).join('\n');
    },
    note: (mark, text) => `«${mark}» ${text}`,
    page: () => '---',
  });
  return lines.join('\n\n').replaceAll(/«(\d+)»/g, '<sup>$1</sup>');
}

/** The width of a page in letters, and at most of the columns of its tables. */
const [width, wide, narrow] = [96, 58, 14];

/** Text as it is printed: wrapped lines, columns of blanks, a running head and a number at each page's end, tables cut by it. */
export function asPrinted(blocks: readonly Block[], runningHead: string): string {
  const lines: string[] = [];
  let page = 1;
  const turn = () => lines.push('', `${runningHead.padEnd(width - 4)}${String(page++).padStart(4)}`, '\f');
  const whole = (text: string) => wrapped(text, width).join('\n');
  const all = written(blocks, {
    ...{ heading: (_, text) => whole(text), paragraph: whole, page: () => '\f' },
    note: (mark, text) => whole(`«${mark}» ${text}`),
    list: (items, from) =>
      listed(
        items.map((item) => wrapped(item, width - 6).join('\n     ')),
        from,
        '•',
      ).replaceAll(/^(?=\S)/gm, '  '),
    table: (table) => {
      const cells = rowsOf(table);
      const longest = [0, 1, 2].map((at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
      const isWide = (at: number) => longest[at] === Math.max(...longest);
      const all = cells.map((row) => row.map((cell, at) => wrapped(cell, isWide(at) ? wide : narrow)));
      const widths = longest.map((most, at) => Math.min(most, isWide(at) ? wide : narrow) + 4);
      return all
        .map((columns) => {
          const height = Math.max(...columns.map((own) => own.length));
          // What is short stands in the middle beside a question of several lines.
          const cell = (own: string[], line: number) =>
            own[line - Math.floor((height - own.length) / 2)] ?? '';
          const printed = (line: number) =>
            columns.map((own, at) => cell(own, line).padEnd(widths[at] as number)).join('');
          return Array.from({ length: height }, (_, line) => printed(line).trimEnd()).join('\n');
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
