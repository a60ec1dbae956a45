import { groupBy } from '../../group-by.js';
import { bars } from '../charts/bars.js';
import { tiles } from '../charts/tiles.js';
import type { Book } from '../model.js';
import { type Block, type Column, type Figure, type Page, rated } from '../page.js';
import { ratingPart } from '../ratings.js';
import { date, listed, number, plural } from '../words.js';

/** Services that are named as longest not inspected. */
const longest = 15;

/** The country on one page: what a board member looks at first. */
export function countryPage(book: Book): Page {
  const passed = book.passed(book.overall);
  const inspected = book.currentServices.filter(({ inspections }) => inspections > 0);
  const years = book.inspections.map(({ year }) => year);
  const span = years.length === 0 ? 'none yet' : `${Math.min(...years)} to ${Math.max(...years)}`;
  return {
    path: 'index.html',
    title: `${passed.of} inspections were rated ${book.pass}`,
    lead: [
      `That is ${book.inWords(passed)}. HM Inspectorate of Probation inspects the services that work with children who offend, and rates each. This book shows ${plural(book.overall.length, 'inspection')} of ${plural(book.services.length, 'service')}, ${span}; ${inspected.length} of ${book.currentServices.length} services of today have one that is known. `,
      { text: 'Find yours', to: 'services.html' },
      ', or see ',
      { text: 'how a rating comes about', to: 'how.html' },
      '.',
    ],
    sections: [
      {
        id: 'years',
        heading: 'Year by year, and region by region',
        isPair: true,
        blocks: [{ figure: byYear(book) }, { figure: map(book) }],
      },
      { id: 'longest', heading: 'Longest not inspected', blocks: longestNotInspected(book) },
      {
        id: 'known',
        heading: 'How much of it is known',
        blocks: book.totals.length > 0 ? [{ figure: knownAndPublished(book) }] : [],
      },
    ],
  };
}

function byYear(book: Book): Figure {
  const ratings = [...book.scale].reverse();
  const years = [...groupBy(book.overall, ({ year }) => year)]
    .sort(([a], [b]) => a - b)
    .map(([year, rows]) => ({
      year: String(year),
      passed: book.passed(rows),
      count: (rating: string | null) => rows.filter((row) => row.rating === rating).length,
    }));
  const last = years.at(-1);
  const title = last
    ? `In ${last.year}, ${last.passed.yes} of ${plural(last.passed.among, 'rated inspection')} ${last.passed.yes === 1 ? 'was' : 'were'} ${book.pass}`
    : 'No inspection is known';
  return {
    name: 'years',
    title,
    subtitle: `Overall ratings of all inspections that are known, by year of fieldwork (of publication where fieldwork is not known), editions pooled.${last ? ` ${last.year}: ${book.inWords(last.passed)}.` : ''} ${book.source}`,
    chart: bars(
      title,
      years.map(({ year, count }) => ({
        label: year,
        parts: ratings.map(({ rating, rank }) => ratingPart(rating, rank, count(rating))),
      })),
      'Inspections',
    ),
    note: `${book.legend}. Whoever is inspected in a year is no random draw of all services: a year is not the country.`,
    table: book.table(`Overall ratings by year, with the share of ${book.pass}`, years, [
      ['Year', ({ year }) => year],
      ...ratings.map(
        ({ rating }): Column<(typeof years)[number]> => [`#${rating}`, ({ count }) => count(rating)],
      ),
      ['#Not rated or not known', ({ count }) => count(null)],
      [`%${book.pass}`, ({ passed }) => passed],
    ]),
  };
}

function knownAndPublished(book: Book): Figure {
  const all = book.totals.filter(({ rating }) => rating === 'all');
  const title = all.every(({ missing }) => missing === 0)
    ? 'As many inspections are known as the Inspectorate counts'
    : `Known here: ${listed(all.map((row) => `${row.known} of ${row.published} in ${row.inspectorate_year}`))}`;
  return {
    name: 'totals',
    title,
    subtitle:
      'Inspections that are known here beside the totals that the Inspectorate has published, by its own years. Source: its annual reports.',
    chart: bars(
      title,
      all.map(({ inspectorate_year, known, missing }) => ({
        label: inspectorate_year,
        parts: [
          { name: 'known', count: known, colour: '#5b9bd0' },
          { name: 'missing', count: missing ?? 0, colour: '#ffffff' },
        ],
      })),
      'Inspections',
    ),
    table: book.table('Known inspections beside published totals', book.totals, [
      ['Year of the Inspectorate', (row) => row.inspectorate_year],
      ['Rating', (row) => `${row.rating}${row.or_better ? ' or better' : ''}`],
      [
        '#Published',
        (row) => row.published ?? (row.published_percent === null ? '[x]' : `${row.published_percent}%`),
      ],
      [
        '#Known here',
        (row) =>
          row.published === null && row.published_percent !== null
            ? `${row.known} (${row.known_percent}%)`
            : row.known,
      ],
      ['#Missing', (row) => row.missing ?? '[x]'],
    ]),
  };
}

/** Nations and regions, and how many of their services of today have a good rating. */
function map(book: Book): Figure {
  const areas = [...groupBy(book.currentServices, ({ region }) => region ?? 'Not known')]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, services]) => {
      const share = book.passed(services.map((row) => ({ rating_rank: row.last_rating_rank })));
      return { name, nation: services[0]?.nation ?? null, share, unrated: services.length - share.among };
    });
  const sorted = areas
    .filter(({ share }) => share.percent !== null)
    .sort((a, b) => (b.share.percent ?? 0) - (a.share.percent ?? 0));
  const [first, last] = [sorted[0], sorted.at(-1)];
  const title =
    first && last && first !== last
      ? `The share of services rated ${book.pass} is highest in ${first.name} (${first.share.of}), lowest in ${last.name} (${last.share.of})`
      : 'No region has a rated service';
  return {
    name: 'regions',
    title,
    subtitle: `Services of today by their latest overall rating that is known, whatever its year; the darker, the more are ${book.pass}. ${book.source}`,
    chart: tiles(
      title,
      areas.map(({ name, share: { among, of, percent } }) => ({
        name,
        percent,
        words: among === 0 ? 'none known' : of,
      })),
    ),
    note: 'Few services lie in a region, and their ratings are of different years: the intervals in the table overlap more than they differ.',
    table: book.table(`Services rated ${book.pass}, by nation and region`, areas, [
      ['Region', ({ name }) => name],
      ['Nation', ({ nation }) => nation],
      [`%${book.pass}`, ({ share }) => share],
      ['#No rating known', ({ unrated }) => unrated],
    ]),
  };
}

function longestNotInspected(book: Book): Block[] {
  const waiting = book.currentServices
    .flatMap(({ days_since, ...service }) => (days_since === null ? [] : { ...service, days_since }))
    .sort((a, b) => b.days_since - a.days_since || a.service_id - b.service_id)
    .slice(0, longest);
  const never = book.currentServices.filter(({ inspections }) => inspections === 0);
  return [
    {
      text: [
        `Days from the fieldwork of the latest inspection that is known (else its publication) to ${date(book.day)}. The Inspectorate publishes no date of a next one.`,
      ],
      table: book.table(`The ${waiting.length} services longest not inspected`, waiting, [
        ['Service', (row) => ({ text: row.service, to: row.path })],
        ['Last inspected', (row) => date(row.last_inspected, row.last_inspected_precision)],
        ['#Days', (row) => number(row.days_since)],
        ['Rated then', (row) => rated(row.last_rating, row.last_rating_rank)],
      ]),
    },
    {
      text: [`Of ${plural(never.length, 'service')} no inspection is known here:`],
      list: never.map(({ service, path }) => [{ text: service, to: path }]),
    },
  ];
}
