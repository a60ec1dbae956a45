/** A piece of a report, before it is laid out. A text cites a footnote as «7». */
export type Block =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'bullets'; items: string[]; from: number }
  | { kind: 'table'; head: string[]; rows: string[][] }
  | { kind: 'note'; mark: number; text: string }
  | { kind: 'page' };

/** Whether a cell is a rating, which a page may show as a picture and a text in bold. */
export const isRating = (cell: string): boolean =>
  /^(?:Inadequate|Requires improvement|Good|Outstanding)$/.test(cell);

/** The blocks of a small report: a new page where a part begins, rows that follow one another as one table, `from` 0 where a list has no numbers. */
export function blocksOf(report: string): Block[] {
  const blocks: Block[] = [];
  for (const line of report.replaceAll(/<sup>(\d+)<\/sup>/g, '«$1»').split('\n')) {
    const last = blocks.at(-1);
    const [, signs = '', heading = ''] = /^(#+) (.*)/.exec(line) ?? [];
    const [, sign, item = ''] = /^(-|\d+\.) (.*)/.exec(line) ?? [];
    const [, mark, note = ''] = /^«(\d+)» (.*)/.exec(line) ?? [];
    const cells = line.split('\t');
    if (heading) {
      if (signs === '#' && last && last.kind !== 'heading') blocks.push({ kind: 'page' });
      blocks.push({ kind: 'heading', level: signs.length, text: heading });
    } else if (sign && last?.kind === 'bullets') last.items.push(item);
    else if (sign) blocks.push({ kind: 'bullets', items: [item], from: Number.parseInt(sign, 10) || 0 });
    else if (mark) blocks.push({ kind: 'note', mark: Number(mark), text: note });
    else if (cells.length === 1 && line !== '')
      blocks.push({ kind: 'paragraph', text: line.replaceAll('**', '') });
    else if (cells.at(-1)?.endsWith("'Yes'")) blocks.push({ kind: 'table', head: cells, rows: [] });
    else if (cells.length > 1 && last?.kind === 'table') last.rows.push(cells);
    else if (cells.length > 1) blocks.push({ kind: 'table', head: [], rows: [cells] });
  }
  return blocks;
}
