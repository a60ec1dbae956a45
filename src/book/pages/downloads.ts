import { licence } from '../../export/origin.js';
import { type Cell, columns } from '../figure.js';
import type { Book } from '../model.js';
import type { Page } from '../page.js';
import { date } from '../words.js';

/** A view that was written as Parquet files, each by its path in the book. */
export interface ParquetView {
  name: string;
  comment: string;
  rows: number;
  files: { file: string; written: number }[];
}

/** A chart that stands on a page, and the file behind it. */
export interface DrawnChart {
  page: Page;
  title: string;
  csv: string;
}

/** What can be taken along: the views as Parquet and CSV, and the file behind each chart. */
export function downloadsPage(
  book: Book,
  views: readonly ParquetView[],
  charts: readonly DrawnChart[],
): Page {
  // Those of a single service or inspection are linked beside their figures: there are hundreds.
  const ofAll = charts.filter(({ page }) => !/^(services|inspections)\//.test(page.path));
  return {
    path: 'downloads.html',
    title: 'Data to download',
    lead: [
      [
        'All figures of this book, and more, as open data under the ',
        { text: licence.title, to: licence.path },
        `: as known on ${date(book.day)}.`,
      ],
    ],
    sections: [
      {
        id: 'views',
        heading: 'All of it, as Parquet',
        blocks: [
          {
            table: {
              caption: 'Tables, one file each',
              columns: columns('Table', 'One row is', '#Rows'),
              rows: views.map(({ name, comment, rows, files }): Cell[] => [
                { text: name, to: files[0]?.file as string },
                comment,
                rows,
              ]),
            },
          },
        ],
      },
      {
        id: 'charts',
        heading: 'The figures behind each chart, as CSV',
        blocks: [
          {
            list: ofAll.map(({ page, title, csv }) => [
              { text: page.title, to: page.path },
              ': ',
              { text: title, to: csv },
            ]),
          },
        ],
      },
    ],
  };
}
