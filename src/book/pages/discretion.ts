import { groupBy } from '../../group-by.js';
import { estimates } from '../charts/estimates.js';
import type { Book } from '../model.js';
import { type Figure, type Page, rated } from '../page.js';
import { plural } from '../words.js';

/** How often ratings panels decided otherwise than the rules. */
export function discretionPage(book: Book): Page {
  const decisions = book.standardRatings.filter(({ discretion }) => discretion);
  const computed = book.standardRatings.filter(({ computed_rating }) => computed_rating !== null);
  const share = book.share(computed.filter(({ discretion }) => discretion).length, computed.length);
  return {
    path: 'discretion.html',
    title: `Ratings panels decided otherwise in ${share.yes} of ${plural(share.among, 'computed rating')}`,
    lead: [
      `That is ${book.inWords(share)}. A panel may replace the rating that the percentages give, when the lowest is near a boundary, when one case would change the rating, or when the sample is small. Whether it does, and to what, is its own decision.`,
    ],
    sections: [
      { id: 'standards', heading: 'By standard', blocks: [{ figure: byStandard(book) }] },
      {
        id: 'decisions',
        heading: 'Every decision that is known',
        blocks: [
          {
            table: book.table('Decisions, with the reason in words of this book', decisions, [
              ['Inspection', (row) => book.toInspection(row.inspection_id, `${row.service}, ${row.year}`)],
              ['Standard', (row) => `${row.standard} ${row.title}`],
              ['From', (row) => rated(row.discretion_from, row.discretion_from_rank)],
              ['To', (row) => rated(row.rating, row.rating_rank)],
              ['Reason', (row) => row.discretion_reason ?? '[x]'],
            ]),
          },
        ],
      },
    ],
  };
}

function byStandard(book: Book): Figure {
  type Row = Book['discretion'][number];
  const sum = (rows: readonly Row[], of: (row: Row) => number) =>
    rows.reduce((total, row) => total + of(row), 0);
  const groups = [...groupBy(book.discretion, ({ edition, standard }) => `${edition} ${standard}`).values()]
    .map((rows) => ({
      ...(rows[0] as (typeof rows)[number]),
      rows,
      share: book.share(
        sum(rows, (row) => row.decisions),
        sum(rows, (row) => row.inspections),
      ),
    }))
    .filter(({ share }) => share.among > 0);
  const up = sum(book.discretion, (row) => row.up);
  const down = sum(book.discretion, (row) => row.down);
  const title =
    up + down === 0
      ? 'No decision is known'
      : `${up} of ${plural(up + down, 'decision')} raised the rating, ${down} lowered it`;
  return {
    name: 'standards',
    title,
    subtitle: `Decisions in percent of the ratings that could be computed, by edition and standard, with ${book.level}% intervals. ${book.source}`,
    chart: estimates(
      title,
      groups.map(({ standard, edition, title, share }) => ({
        ...share,
        label: `${standard} (${edition})`,
        group: title,
      })),
      { unit: 'Percent of computed ratings', short: '% of computed' },
    ),
    table: book.table('Decisions of ratings panels by edition and standard', groups, [
      ['Standard', book.toStandard],
      ['Edition', ({ edition }) => edition],
      ['%Decisions of computed ratings', ({ share }) => share],
      ['#Up', ({ rows }) => sum(rows, (row) => row.up)],
      ['#Down', ({ rows }) => sum(rows, (row) => row.down)],
      ['#Near a boundary', ({ rows }) => sum(rows, (row) => row.decisions_near_boundary)],
      ['#One case', ({ rows }) => sum(rows, (row) => row.decisions_one_case_flips)],
      ['#Small sample', ({ rows }) => sum(rows, (row) => row.decisions_small_sample)],
      ['#Without a ground', ({ rows }) => sum(rows, (row) => row.decisions_without_ground)],
      ['#Not computed', ({ rows }) => sum(rows, (row) => row.inspections_not_computed)],
    ]),
  };
}
