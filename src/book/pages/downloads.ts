import { licence } from '../../export/origin.js';
import type { Book } from '../model.js';
import type { Cell, Page } from '../page.js';
import { date } from '../words.js';

/** A view that was written as Parquet files, the first of them by its path in the book. */
export interface ParquetView {
  name: string;
  comment: string;
  rows: number;
  file: string;
}

/** What can be taken along: the views as Parquet, and the files behind charts: words that lead to each. */
export const downloadsPage = (book: Book, views: readonly ParquetView[], charts: Cell[][]): Page => ({
  path: 'downloads.html',
  title: 'Data to download',
  lead: [
    'All figures of this book, and more, as open data under the ',
    { text: licence.title, to: licence.path },
    `: as known on ${date(book.day)}.`,
  ],
  sections: [
    {
      id: 'views',
      heading: 'All of it, as Parquet',
      blocks: [
        {
          table: book.table('Tables, one file each', views, [
            ['Table', ({ name, file }) => ({ text: name, to: file })],
            ['One row is', ({ comment }) => comment],
            ['#Rows', ({ rows }) => rows],
          ]),
        },
      ],
    },
    {
      id: 'charts',
      heading: 'The figures behind each chart, as CSV',
      blocks: [{ list: charts }],
    },
  ],
});
