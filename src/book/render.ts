import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import type { Book } from './model.js';
import type { Page } from './page.js';
import { date } from './words.js';

const templates = fileURLToPath(new URL('./templates', import.meta.url));

/** The pages that every page leads to. */
const nav = [
  { path: 'index.html', label: 'The country' },
  { path: 'services.html', label: 'Services' },
  { path: 'standards.html', label: 'Standards' },
  { path: 'funnel.html', label: 'Funnel' },
  { path: 'discretion.html', label: 'Discretion' },
  { path: 'quality.html', label: 'Data quality' },
  { path: 'how.html', label: 'How ratings come about' },
  { path: 'downloads.html', label: 'Downloads' },
];

/** Makes HTML of pages. Whatever a text holds is escaped; only charts, which are drawn from numbers and escape theirs, go in as they are. */
export function renderer(book: Book): (page: Page) => string {
  const eta = new Eta({ views: templates, autoEscape: true, autoTrim: [false, 'nl'], cache: true });
  const published = book.inspections
    .map(({ published_year }) => published_year)
    .filter((year) => year !== null);
  const years = published.length === 0 ? '' : ` ${Math.min(...published)} to ${Math.max(...published)}`;
  const dayText = date(book.day);
  return (page) =>
    eta.render('./page', {
      page,
      root: '../'.repeat(page.path.split('/').length - 1),
      book,
      nav,
      years,
      dayText,
    });
}
