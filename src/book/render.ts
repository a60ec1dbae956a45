import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import type { Book } from './model.js';
import { csvPath, type Figure, filled, type Page } from './page.js';
import { date } from './words.js';

const templates = fileURLToPath(new URL('./templates', import.meta.url));

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

/** Makes HTML of pages. Whatever a text holds is escaped; only charts, which are drawn from numbers and escape theirs, go in as they are. */
export function renderer(book: Book): (page: Page) => string {
  const eta = new Eta({ views: templates, autoEscape: true, autoTrim: [false, 'nl'], cache: true });
  const published = book.inspections.flatMap(({ published_year }) => published_year ?? []);
  const years = published.length === 0 ? '' : ` ${Math.min(...published)} to ${Math.max(...published)}`;
  return (page) =>
    eta.render('./page', {
      page: { ...page, sections: filled(page.sections) },
      root: '../'.repeat(page.path.split('/').length - 1),
      csvOf: (figure: Figure) => csvPath(page, figure),
      book,
      nav,
      years,
      day: date(book.day),
    });
}
