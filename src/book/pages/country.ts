import { groupBy } from '../../queries/group-by.js';
import { ratingBars, tiles } from '../charts.js';
import { columns, type Figure } from '../figure.js';
import type { Book } from '../model.js';
import { csvPath, type Page } from '../page.js';
import { date, interval, listed, number, plural } from '../words.js';
import { ratingMap } from './rating-map.js';

const path = 'index.html';
/** Services that are named as longest not inspected. */
const longest = 15;

/** The country on one page: what a board member looks at first. */
export function countryPage(book: Book): Page {
  const rated = book.overall.filter(({ rating_rank }) => rating_rank !== null);
  const isPass = (rank: number | null) => rank !== null && rank >= (book.pass?.rank ?? 0);
  const passed = book.share(rated.filter(({ rating_rank }) => isPass(rating_rank)).length, rated.length);
  const inspected = book.currentServices.filter(({ inspections }) => inspections > 0);
  const known = book.overall.length;
  return {
    path,
    title: `${passed.yes} of ${passed.among} inspections were rated ${book.pass?.rating ?? ''} or better`,
    lead: [
      [
        `That is ${passed.percent ?? '[x]'}% (${book.level}% interval ${interval(passed.low, passed.high)}). HM Inspectorate of Probation inspects the services that work with children who offend, and rates each. This book shows ${plural(known, 'inspection')} of ${plural(book.services.length, 'service')}, ${yearsOf(book)}; ${inspected.length} of ${book.currentServices.length} services of today have one that is known. `,
        { text: 'Find yours', to: 'services.html' },
        ', or see ',
        { text: 'how a rating comes about', to: 'how.html' },
        '.',
      ],
    ],
    sections: [
      {
        id: 'years',
        heading: 'Year by year, and region by region',
        isPair: true,
        blocks: [{ figure: byYear(book) }, { figure: map(book) }],
      },
      { id: 'longest', heading: 'Longest not inspected', blocks: longestNotInspected(book) },
      ...(book.totals.length > 0
        ? [{ id: 'known', heading: 'How much of it is known', blocks: [{ figure: knownAndPublished(book) }] }]
        : []),
    ],
  };
}

function yearsOf({ inspections }: Book): string {
  const years = inspections.map(({ year }) => year as number);
  return years.length === 0 ? 'none yet' : `${Math.min(...years)} to ${Math.max(...years)}`;
}

function byYear(book: Book): Figure {
  const ratings = [...book.scale].reverse();
  const years = [...groupBy(book.overall, ({ year }) => year)].sort(([a], [b]) => a - b);
  const counted = years.map(([year, rows]) => ({
    year,
    all: rows.length,
    rated: rows.filter(({ rating }) => rating !== null).length,
    counts: ratings.map(({ rating, rank }) => ({
      rating,
      rank,
      count: rows.filter((row) => row.rating === rating).length,
    })),
  }));
  const best = (of: (typeof counted)[number]) =>
    book.share(
      of.counts.reduce((sum, { rank, count }) => (rank >= (book.pass?.rank ?? 0) ? sum + count : sum), 0),
      of.rated,
    );
  const last = counted.at(-1);
  const newest = last && best(last);
  const title =
    newest && last
      ? `In ${last.year}, ${newest.yes} of ${plural(newest.among, 'rated inspection')} ${newest.yes === 1 ? 'was' : 'were'} ${book.pass?.rating} or better`
      : 'No inspection is known';
  return {
    id: 'years-chart',
    title,
    subtitle: `Overall ratings of all inspections that are known, by year of fieldwork (of publication where fieldwork is not known). Editions pooled. Source: ${book.source}, to ${date(book.day)}.`,
    chart: ratingBars(
      `${title}. Bars of inspections by year: ${counted
        .map(
          (one) =>
            `${one.year}: ${one.counts
              .filter(({ count }) => count > 0)
              .map(({ rating, count }) => `${count} ${rating}`)
              .join(', ')}`,
        )
        .join('; ')}.`,
      counted.map(({ year, counts }) => ({ label: String(year), counts })),
      'Inspections',
    ),
    notes: [
      `${legend(book)}. Whoever is inspected in a year is no random draw of all services: a year is not the country.`,
    ],
    table: {
      caption: `Overall ratings by year, with the share of ${book.pass?.rating} or better`,
      columns: [
        { title: 'Year' },
        ...ratings.map(({ rating }) => ({ title: rating, isNumber: true })),
        { title: 'Not rated or not known', isNumber: true },
        { title: `${book.pass?.rating} or better`, isNumber: true },
        { title: '%', isNumber: true },
        { title: `${book.level}% interval`, isNumber: true },
      ],
      rows: counted.map((one) => {
        const share = best(one);
        return [
          String(one.year),
          ...one.counts.map(({ count }) => count),
          one.all - one.rated,
          `${share.yes} of ${share.among}`,
          share.percent,
          interval(share.low, share.high),
        ];
      }),
    },
    csv: csvPath(path, 'years'),
  };
}

/** "O Outstanding, G Good, …", the best first. */
export const legend = (book: Book): string =>
  [...book.scale]
    .reverse()
    .map(
      ({ rating }) =>
        `${rating
          .split(' ')
          .map((word) => word.charAt(0).toUpperCase())
          .join('')} ${rating}`,
    )
    .join(', ');

function knownAndPublished(book: Book): Figure {
  const all = book.totals.filter(({ rating }) => rating === 'all');
  const missing = all.reduce((sum, row) => sum + (row.missing ?? 0), 0);
  return {
    id: 'totals-chart',
    title:
      missing === 0
        ? 'As many inspections are known as the Inspectorate counts'
        : `Known here: ${listed(all.map((row) => `${row.known} of ${row.published} in ${row.inspectorate_year}`))}`,
    subtitle:
      'Inspections that are known here beside the totals that the Inspectorate has published, by its own years. Source: its annual reports.',
    chart: null,
    table: {
      caption: 'Known inspections beside published totals',
      columns: columns('Year of the Inspectorate', 'Rating', '#Published', '#Known here', '#Missing'),
      rows: book.totals.map((row) => [
        row.inspectorate_year,
        `${row.rating}${row.or_better ? ' or better' : ''}`,
        row.published ?? (row.published_percent === null ? '[x]' : `${row.published_percent}%`),
        row.published === null && row.published_percent !== null
          ? `${row.known} (${row.known_percent}%)`
          : row.known,
        row.missing ?? '[x]',
      ]),
    },
    csv: csvPath(path, 'totals'),
  };
}

function map(book: Book): Figure {
  const areas = ratingMap(book);
  const named = areas.filter(({ share }) => share.among > 0);
  const sorted = [...named].sort((a, b) => (b.share.percent ?? 0) - (a.share.percent ?? 0));
  const [first, last] = [sorted[0], sorted.at(-1)];
  const words = (area: (typeof areas)[number]) => `${area.name} (${area.share.yes} of ${area.share.among})`;
  const title =
    first && last && first !== last
      ? `The share of services rated ${book.pass?.rating} or better is highest in ${words(first)}, lowest in ${words(last)}`
      : 'No region has a rated service';
  return {
    id: 'regions-chart',
    title,
    subtitle: `Services of today by their latest overall rating that is known, whatever its year; the darker, the more are ${book.pass?.rating} or better. Source: ${book.source}, to ${date(book.day)}.`,
    chart: tiles(
      `${title}. ${named.map(words).join('; ')}.`,
      areas.map(({ name, column, row, share }) => ({
        name,
        column,
        row,
        lines: [share.among === 0 ? 'none known' : `${share.yes} of ${share.among}`],
        share: share.percent === null ? null : share.percent / 100,
      })),
    ),
    notes: [
      'Few services lie in a region, and their ratings are of different years: the intervals in the table overlap more than they differ.',
    ],
    table: {
      caption: `Services rated ${book.pass?.rating} or better, by nation and region`,
      columns: columns(
        'Region',
        'Nation',
        `#${book.pass?.rating} or better`,
        '#%',
        `#${book.level}% interval`,
        '#No rating known',
      ),
      rows: areas.map(({ name, nation, share, unrated }) => [
        name,
        nation,
        `${share.yes} of ${share.among}`,
        share.percent ?? '[x]',
        interval(share.low, share.high),
        unrated,
      ]),
      isSortable: true,
    },
    csv: csvPath(path, 'regions'),
  };
}

function longestNotInspected(book: Book): Page['sections'][number]['blocks'] {
  const waiting = book.currentServices
    .filter(({ days }) => days !== null)
    .sort((a, b) => (b.days as number) - (a.days as number) || a.service_id - b.service_id)
    .slice(0, longest);
  const never = book.currentServices.filter(({ inspections }) => inspections === 0);
  return [
    {
      text: [
        `Days from the fieldwork of the latest inspection that is known (else its publication) to ${date(book.day)}. The Inspectorate publishes no date of a next one.`,
      ],
    },
    {
      table: {
        caption: `The ${waiting.length} services longest not inspected`,
        columns: columns('Service', 'Last inspected', '#Days', 'Rated then'),
        rows: waiting.map((row) => [
          { text: row.service, to: row.path },
          date(row.last_inspected, row.last_inspected_precision),
          number(row.days as number),
          { rating: row.last_rating, rank: row.last_rating_rank },
        ]),
        isSortable: true,
      },
    },
    ...(never.length === 0
      ? []
      : [
          { text: [`Of ${plural(never.length, 'service')} no inspection is known here:`] },
          { list: never.map(({ service, path }) => [{ text: service, to: path }]) },
        ]),
  ];
}
