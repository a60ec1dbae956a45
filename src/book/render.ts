import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import { csvLine } from '../export/csv.js';
import { licence } from '../export/origin.js';
import { plural } from '../words/plural.js';
import { spreadsheetSafe } from '../words/spreadsheet-safe.js';
import { bars } from './charts/bars.js';
import { estimates } from './charts/estimates.js';
import { funnel } from './charts/funnel.js';
import { tiles } from './charts/tiles.js';
import type { Book } from './model.js';
import { type Cell, type Table, tableMaker } from './table.js';
import { date, listed } from './words.js';

const templates = fileURLToPath(new URL('./templates', import.meta.url));
const charts = { bars, estimates, funnel, tiles };

/** The pages that every page leads to. */
const nav = {
  'index.html': 'The country',
  'services.html': 'Services',
  'standards.html': 'Standards',
  'funnel.html': 'Funnel',
  'discretion.html': 'Discretion',
  'quality.html': 'Data quality',
  'how.html': 'How ratings come about',
  'downloads.html': 'Downloads',
};

/** A page: the template that has its words, and whatever these speak of. */
export interface Page {
  /** From the book's folder. */
  path: string;
  /** The template in templates/pages. */
  template: string;
  title: string;
  [data: string]: unknown;
}

/** A page as HTML, and the figures behind each of its charts as a CSV file. */
interface Rendered {
  html: string;
  files: { path: string; caption: string; text: string }[];
}

/** What a template says of a chart: a kind with its rows, and its table. */
interface Figure {
  /** No two of a page have the same: its file is called by it. */
  name: string;
  /** What there is to see. */
  title: string;
  /** What is measured. */
  measure: string;
  chart: [kind: keyof typeof charts, ...given: unknown[]];
  table: Parameters<ReturnType<typeof tableMaker>>;
  note?: string;
}

/**
 * Makes HTML of pages. A template says what stands on a page with the functions that it is given here: sections of tables, figures, lists
 * and paragraphs, each left out where nothing is in it. Whatever a text holds is escaped; only charts, which are drawn from numbers
 * and escape theirs, go in as they are.
 */
export function renderer(book: Book): (page: Page) => Rendered {
  const published = book.inspections.flatMap(({ published_year }) => published_year ?? []);
  const years = published.length === 0 ? '' : ` ${Math.min(...published)} to ${Math.max(...published)}`;
  const makeTable = tableMaker(book.level);
  const helpers = [
    ...['page', 'root', 'book', 'section', 'figure', 'table', 'list', 'paragraph', 'subheading'],
    ...['cells', 'link', 'plural', 'date', 'listed'],
  ];
  const eta = new Eta({
    views: templates,
    autoTrim: [false, 'nl'],
    cache: true,
    functionHeader: `const { ${helpers.join(', ')} } = it;`,
  });
  return (page) => {
    const root = '../'.repeat(page.path.split('/').length - 1);
    const sections: { id: string; heading: string }[] = [];
    const files: Rendered['files'] = [];
    const part = (template: string, data: object): string => eta.render(`./${template}`, { ...it, ...data });
    const cells = (words: readonly Cell[]): string => words.map((cell) => part('cell', { cell })).join('');
    const tableOf = (table: Table): string => (table.rows.length === 0 ? '' : part('table', { table }));
    const it = {
      ...{ page, root, book, nav, licence, plural, date, listed, sections, cells },
      link: (text: string, to: string): string => cells([{ text, to }]),
      section(heading: string, ...blocks: (string | undefined)[]): string {
        const body = blocks.filter(Boolean).join('\n');
        if (body === '') return '';
        const id = heading.toLowerCase().replaceAll(/\W+/g, '-');
        sections.push({ id, heading });
        return part('section', { id, heading, body });
      },
      paragraph: (text: string): string => part('element', { tag: 'p', text }),
      subheading: (text: string): string => part('element', { tag: 'h3', text }),
      /** With a paragraph before it. */
      list: (items: readonly Cell[][], before?: string): string =>
        items.length === 0 ? '' : part('list', { items, before }),
      table: (...given: Figure['table']): string => tableOf(makeTable(...given)),
      figure({ chart: [kind, ...given], table: of, ...figure }: Figure): string {
        const table = makeTable(...of);
        const path = `data/${page.path.replace(/\.html$/, '').replaceAll('/', '-')}-${figure.name}.csv`;
        files.push({ path, caption: table.caption, text: csvOf(table) });
        const draw = charts[kind] as (title: string, ...given: unknown[]) => ReturnType<typeof bars>;
        return part('figure', {
          ...figure,
          path,
          chart: draw(figure.title, ...given),
          table: tableOf(table),
        });
      },
    };
    const body = eta.render(`./pages/${page.template}`, { ...page, ...it });
    return { html: part('layout', { body, years, day: date(book.day) }), files };
  };
}

/** A table as a CSV file: numbers as they are, an empty cell where nothing is known. */
function csvOf({ columns, rows }: Table): string {
  const text = (cell: Cell): string | null => {
    if (cell === null) return null;
    if (typeof cell !== 'object') return typeof cell === 'number' ? String(cell) : spreadsheetSafe(cell);
    return 'to' in cell ? spreadsheetSafe(cell.text) : (cell.rating ?? cell.marker ?? null);
  };
  return [columns.map(({ title }) => title), ...rows.map((row) => row.map(text))].map(csvLine).join('');
}
