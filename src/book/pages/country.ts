import { groupBy } from '../../group-by.js';
import { bars } from '../charts/bars.js';
import { tiles } from '../charts/tiles.js';
import { columns, type Figure } from '../figure.js';
import type { Book } from '../model.js';
import { csvPath, type Page } from '../page.js';
import { legend, partsOf } from '../ratings.js';
import { shareCells, shareInWords, shareTitles } from '../shares.js';
import { date, listed, number, plural } from '../words.js';
import { ratingMap } from './rating-map.js';

const path = 'index.html';
/** Services that are named as longest not inspected. */
const longest = 15;

/** The country on one page: what a board member looks at first. */
export function countryPage(book: Book): Page {
  const passed = book.passed(book.overall);
  const inspected = book.currentServices.filter(({ inspections }) => inspections > 0);
  const years = book.inspections.map(({ year }) => year as number);
  const span = years.length === 0 ? 'none yet' : `${Math.min(...years)} to ${Math.max(...years)}`;
  return {
    path,
    title: `${passed.yes} of ${passed.among} inspections were rated ${book.pass?.rating ?? ''} or better`,
    lead: [
      [
        `That is ${shareInWords(passed, book.level)}. HM Inspectorate of Probation inspects the services that work with children who offend, and rates each. This book shows ${plural(book.overall.length, 'inspection')} of ${plural(book.services.length, 'service')}, ${span}; ${inspected.length} of ${book.currentServices.length} services of today have one that is known. `,
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

function byYear(book: Book): Figure {
  const ratings = [...book.scale].reverse();
  const years = [...groupBy(book.overall, ({ year }) => year)]
    .sort(([a], [b]) => a - b)
    .map(([year, rows]) => ({
      year,
      passed: book.passed(rows),
      unrated: rows.filter(({ rating }) => rating === null).length,
      counts: ratings.map(({ rating, rank }) => ({
        rating,
        rank,
        count: rows.filter((row) => row.rating === rating).length,
      })),
    }));
  const last = years.at(-1);
  const title = last
    ? `In ${last.year}, ${last.passed.yes} of ${plural(last.passed.among, 'rated inspection')} ${last.passed.yes === 1 ? 'was' : 'were'} ${book.pass?.rating} or better`
    : 'No inspection is known';
  return {
    id: 'years-chart',
    title,
    subtitle: `Overall ratings of all inspections that are known, by year of fieldwork (of publication where fieldwork is not known), editions pooled.${last ? ` ${last.year}: ${shareInWords(last.passed, book.level)}.` : ''} ${book.source}`,
    chart: bars(
      `${title}. Bars of inspections by year: ${years
        .map(
          ({ year, counts }) =>
            `${year}: ${counts
              .filter(({ count }) => count > 0)
              .map(({ rating, count }) => `${count} ${rating}`)
              .join(', ')}`,
        )
        .join('; ')}.`,
      years.map(({ year, counts }) => ({ label: String(year), parts: partsOf(counts) })),
      'Inspections',
    ),
    notes: [
      `${legend(book.scale)}. Whoever is inspected in a year is no random draw of all services: a year is not the country.`,
    ],
    table: {
      caption: `Overall ratings by year, with the share of ${book.pass?.rating} or better`,
      columns: columns(
        'Year',
        ...ratings.map(({ rating }) => `#${rating}`),
        '#Not rated or not known',
        ...shareTitles(`${book.pass?.rating} or better`, book.level),
      ),
      rows: years.map(({ year, counts, unrated, passed }) => [
        String(year),
        ...counts.map(({ count }) => count),
        unrated,
        ...shareCells(passed),
      ]),
    },
    csv: csvPath(path, 'years'),
  };
}

function knownAndPublished(book: Book): Figure {
  const all = book.totals.filter(({ rating }) => rating === 'all');
  const title = all.every(({ missing }) => missing === 0)
    ? 'As many inspections are known as the Inspectorate counts'
    : `Known here: ${listed(all.map((row) => `${row.known} of ${row.published} in ${row.inspectorate_year}`))}`;
  return {
    id: 'totals-chart',
    title,
    subtitle:
      'Inspections that are known here beside the totals that the Inspectorate has published, by its own years. Source: its annual reports.',
    chart: bars(
      `${title}.`,
      all.map(({ inspectorate_year, known, missing }) => ({
        label: inspectorate_year,
        parts: [
          { letters: 'known', count: known, colour: '#5b9bd0' },
          { letters: 'missing', count: Math.max(0, missing ?? 0), colour: '#ffffff' },
        ],
      })),
      'Inspections',
    ),
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
    subtitle: `Services of today by their latest overall rating that is known, whatever its year; the darker, the more are ${book.pass?.rating} or better. ${book.source}`,
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
        ...shareTitles(`${book.pass?.rating} or better`, book.level),
        '#No rating known',
      ),
      rows: areas.map(({ name, nation, share, unrated }) => [name, nation, ...shareCells(share), unrated]),
      isSortable: true,
    },
    csv: csvPath(path, 'regions'),
  };
}

function longestNotInspected(book: Book): Page['sections'][number]['blocks'] {
  const waiting = book.currentServices
    .filter(({ days_since }) => days_since !== null)
    .sort((a, b) => (b.days_since as number) - (a.days_since as number) || a.service_id - b.service_id)
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
          number(row.days_since as number),
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
