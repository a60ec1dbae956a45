import type { Book } from '../model.js';
import type { PageMaker } from '../page.js';
import { countryPage } from './country.js';
import { discretionPage } from './discretion.js';
import { type DrawnChart, downloadsPage, type ParquetView } from './downloads.js';
import { funnelPage } from './funnel.js';
import { howPage } from './how.js';
import { inspectionPages } from './inspection.js';
import { qualityPage } from './quality.js';
import { servicePages } from './service.js';
import { standardPages } from './standard.js';

/** All pages of a book, the downloads last: they list what the others have drawn by then. */
export const makersOf = (
  book: Book,
  views: readonly ParquetView[],
  charts: readonly DrawnChart[],
): PageMaker[] => [
  () => countryPage(book),
  ...servicePages(book),
  ...standardPages(book),
  ...inspectionPages(book),
  () => funnelPage(book),
  () => discretionPage(book),
  () => qualityPage(book),
  () => howPage(book),
  () => downloadsPage(book, views, charts),
];
