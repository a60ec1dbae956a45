import type { Book } from '../model.js';
import type { Cell, Page } from '../page.js';
import { countryPage } from './country.js';
import { discretionPage } from './discretion.js';
import { downloadsPage, type ParquetView } from './downloads.js';
import { funnelPage } from './funnel.js';
import { howPage } from './how.js';
import { inspectionPage } from './inspection.js';
import { qualityPage } from './quality.js';
import { servicePage, servicesPage } from './service.js';
import { standardPage, standardsPage } from './standard.js';

/**
 * All pages of a book, each made when its turn comes: not all of them lie in memory at once. The downloads are the last: they list the
 * charts that the others have drawn by then.
 */
export const pagesOf = (book: Book, views: readonly ParquetView[], charts: Cell[][]): (() => Page)[] => [
  () => countryPage(book),
  () => servicesPage(book),
  ...book.services.map((service) => () => servicePage(book, service)),
  () => standardsPage(book),
  ...book.standards.map((standard) => () => standardPage(book, standard)),
  ...book.inspections.map((inspection) => () => inspectionPage(book, inspection)),
  () => funnelPage(book),
  () => discretionPage(book),
  () => qualityPage(book),
  () => howPage(book),
  () => downloadsPage(book, views, charts),
];
