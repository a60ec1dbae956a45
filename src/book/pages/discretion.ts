import { groupBy } from '../../group-by.js';
import { estimates } from '../charts/estimates.js';
import { type Cell, columns, type Figure } from '../figure.js';
import type { Book } from '../model.js';
import { csvPath, type Page } from '../page.js';
import { shareCells, shareInWords, shareTitles } from '../shares.js';
import { plural } from '../words.js';

const path = 'discretion.html';

/** How often ratings panels decided otherwise than the rules. */
export function discretionPage(book: Book): Page {
  const decisions = book.allStandards.filter(({ discretion }) => discretion);
  const share = shareOf(book, book.allStandards);
  return {
    path,
    title: `Ratings panels decided otherwise in ${share.yes} of ${plural(share.among, 'computed rating')}`,
    lead: [
      [
        `That is ${shareInWords(share, book.level)}. A panel may replace the rating that the percentages give, when the lowest is near a boundary, when one case would change the rating, or when the sample is small. Whether it does, and to what, is its own decision.`,
      ],
    ],
    sections: [
      { id: 'standards', heading: 'By standard', blocks: [{ figure: byStandard(book) }] },
      {
        id: 'decisions',
        heading: 'Every decision that is known',
        blocks: [
          {
            table: {
              caption: 'Decisions, with the reason in words of this book',
              columns: columns('Inspection', 'Standard', 'From', 'To', 'Reason'),
              rows: decisions.map((row): Cell[] => [
                {
                  text: `${row.service}, ${row.year}`,
                  to: book.inspectionPaths.get(row.inspection_id) as string,
                },
                `${row.standard} ${row.title}`,
                { rating: row.discretion_from, rank: row.discretion_from_rank },
                { rating: row.rating, rank: row.rating_rank },
                row.discretion_reason ?? '[x]',
              ]),
            },
          },
        ],
      },
    ],
  };
}

const shareOf = (book: Book, rows: Book['allStandards']) => {
  const computed = rows.filter(({ computed_rating }) => computed_rating !== null);
  return book.share(computed.filter(({ discretion }) => discretion).length, computed.length);
};

/** What is counted of decisions, each a column of the view and of the table. */
const counted = {
  up: 'Up',
  down: 'Down',
  decisions_near_boundary: 'Near a boundary',
  decisions_one_case_flips: 'One case',
  decisions_small_sample: 'Small sample',
  decisions_without_ground: 'Without a ground',
  inspections_not_computed: 'Not computed',
} as const;

function byStandard(book: Book): Figure {
  const sum = (rows: Book['discretion'], column: keyof typeof counted | 'decisions' | 'inspections') =>
    rows.reduce((total, row) => total + (row[column] ?? 0), 0);
  const groups = [...groupBy(book.discretion, ({ edition, standard }) => `${edition} ${standard}`).values()]
    .filter((rows) => sum(rows, 'inspections') > 0)
    .map((rows) => ({
      standard: rows[0]?.standard as string,
      title: rows[0]?.title as string,
      edition: rows[0]?.edition as string,
      rows,
      share: book.share(sum(rows, 'decisions'), sum(rows, 'inspections')),
    }));
  const [up, down] = [sum(book.discretion, 'up'), sum(book.discretion, 'down')];
  const title =
    up + down === 0
      ? 'No decision is known'
      : down === 0
        ? `Of ${plural(up, 'decision')} each raised the rating`
        : `${up} of ${up + down} decisions raised the rating, ${down} lowered it`;
  return {
    id: 'standards-chart',
    title,
    subtitle: `Decisions in percent of the ratings that could be computed, by edition and standard, with ${book.level}% intervals. ${book.source}`,
    chart:
      groups.length === 0
        ? null
        : estimates(
            `${title}. ${groups.map(({ standard, edition, share }) => `${standard}, ${edition} edition: ${share.yes} of ${share.among}`).join('; ')}.`,
            groups.map(({ standard, edition, title, share }) => ({
              ...share,
              label: `${standard} (${edition})`,
              group: title,
            })),
            { unit: 'Percent of computed ratings', short: '% of computed' },
          ),
    table: {
      caption: 'Decisions of ratings panels by edition and standard',
      columns: columns(
        'Standard',
        'Edition',
        ...shareTitles('Decisions of computed ratings', book.level),
        ...Object.values(counted).map((title) => `#${title}`),
      ),
      rows: groups.map(({ standard, title, edition, rows, share }): Cell[] => [
        { text: `${standard} ${title}`, to: `standards/${standard}.html` },
        edition,
        ...shareCells(share),
        ...Object.keys(counted).map((column) => sum(rows, column as keyof typeof counted)),
      ]),
      isSortable: true,
    },
    csv: csvPath(path, 'standards'),
  };
}
