import { Parser } from 'htmlparser2';
import { UserError } from '../../../problem.js';
import type { Limits } from '../limits.js';

/** A row or a block of HTML: cells hold what stands between the tags, with the tags that matter for marks and bold letters. */
export interface HtmlLine {
  /** Where it begins and ends in the source, in characters. */
  start: number;
  end: number;
  cells: string[];
  heading?: number;
  bullet?: boolean;
}

const blocks = new Set(
  'address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody td tfoot th thead title tr ul'.split(
    ' ',
  ),
);
const kept = new Set(['b', 'strong', 'sup']);
const unseen = new Set(['script', 'style', 'template', 'head', 'noscript']);
const escaped: Record<string, string> = { '&': '&amp;', '<': '&lt;' };

/**
 * The rows of tables and the blocks of text in HTML. A cell that spans columns or rows leaves empty cells where it spans. Throws a
 * UserError for elements too deep inside one another, naming the file and `line`, where the HTML begins.
 */
export function htmlLines(
  source: string,
  limits: Limits,
  { file, line }: { file: string; line: number },
): HtmlLine[] {
  const lines: HtmlLine[] = [];
  let depth = 0;
  let hidden = 0;
  let cell: string | undefined;
  let row: { start: number; cells: string[]; heading: boolean } | undefined;
  let block: { start: number; text: string; heading?: number; bullet?: boolean } | undefined;
  let spanning = new Map<number, number>();
  let spans: { columns: number; rows: number } = { columns: 1, rows: 1 };

  const endBlock = (end: number) => {
    if (block && block.text.trim() !== '') {
      const { start, text, heading, bullet } = block;
      lines.push({ start, end, cells: [text], ...(heading && { heading }), ...(bullet && { bullet }) });
    }
    block = undefined;
  };
  const fillSpanned = (cells: string[]) => {
    for (
      let left = spanning.get(cells.length);
      left && cells.length < limits.cells;
      left = spanning.get(cells.length)
    ) {
      spanning.set(cells.length, left - 1);
      cells.push('');
    }
  };
  const endCell = () => {
    if (!row || cell === undefined) return;
    fillSpanned(row.cells);
    for (let at = 0; at < spans.columns && row.cells.length < limits.cells; at++) {
      if (spans.rows > 1) spanning.set(row.cells.length, spans.rows - 1);
      row.cells.push(at === 0 ? cell : '');
    }
    cell = undefined;
  };
  const endRow = (end: number) => {
    endCell();
    if (row) {
      fillSpanned(row.cells);
      if (row.cells.some((text) => text.trim() !== ''))
        lines.push({ start: row.start, end, cells: row.cells });
    }
    row = undefined;
  };
  const write = (text: string) => {
    if (hidden > 0) return;
    if (cell !== undefined) cell += text;
    else if (block) block.text += text;
    else if (text.trim() !== '') block = { start: parser.startIndex, text };
  };

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        if (depth > limits.htmlDepth)
          throw new UserError(
            `${file}:${line}: its HTML has more than ${limits.htmlDepth} elements inside one another: that is no report. Check that it is the right file, or make a plain text of it.`,
          );
        if (unseen.has(name)) hidden += 1;
        if (name === 'table') spanning = new Map();
        if (name === 'tr') {
          endBlock(parser.startIndex);
          endRow(parser.startIndex);
          row = { start: parser.startIndex, cells: [], heading: false };
        } else if (name === 'td' || name === 'th') {
          endBlock(parser.startIndex);
          endCell();
          row ??= { start: parser.startIndex, cells: [], heading: false };
          cell = '';
          const span = (value: string | undefined) =>
            Math.min(Math.max(Number.parseInt(value ?? '1', 10) || 1, 1), limits.cells);
          spans = { columns: span(attributes.colspan), rows: span(attributes.rowspan) };
        } else if (name === 'br' || (blocks.has(name) && cell !== undefined)) write(' ');
        else if (kept.has(name)) write(`<${name}>`);
        else if (blocks.has(name)) {
          endBlock(parser.startIndex);
          const heading = /^h([1-6])$/.exec(name)?.[1];
          block = {
            start: parser.startIndex,
            text: '',
            ...(heading && { heading: Number(heading) }),
            ...(name === 'li' && { bullet: true }),
          };
        }
      },
      ontext(text) {
        write(text.replace(/[&<]/g, (char) => escaped[char] as string));
      },
      onclosetag(name) {
        depth -= 1;
        if (unseen.has(name)) hidden -= 1;
        const end = parser.endIndex + 1;
        if (name === 'tr' || name === 'table') endRow(end);
        else if (name === 'td' || name === 'th') endCell();
        else if (kept.has(name)) write(`</${name}>`);
        else if (blocks.has(name) && cell === undefined) endBlock(end);
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.write(source);
  parser.end();
  endRow(source.length);
  endBlock(source.length);
  return lines;
}
