import { groupBy } from '../../group-by.js';
import { longestNotInspected } from '../../queries/longest-not-inspected.js';
import type { Book } from '../model.js';
import { ratingPart } from '../ratings.js';
import type { Page } from '../render.js';
import { date } from '../words.js';

/** The country on one page: what a board member looks at first. */
export function countryPage(book: Book): Page {
  const passed = book.passed(book.overall);
  const years = book.inspections.map(({ year }) => year);
  const byYear = yearsOf(book);
  const areas = areasOf(book);
  const sorted = areas
    .filter(({ percent }) => percent !== null)
    .sort((a, b) => (b.percent ?? 0) - (a.percent ?? 0));
  return {
    path: 'index.html',
    template: 'country',
    title: `${passed.of} inspections were rated ${book.pass}`,
    passed,
    span: years.length === 0 ? 'none yet' : `${Math.min(...years)} to ${Math.max(...years)}`,
    ...{ years: byYear, last: byYear.at(-1), areas, first: sorted[0], lowest: sorted.at(-1) },
    waiting: longestNotInspected(book.currentServices, 15).map((row) => ({
      ...row,
      service: { text: row.service, to: row.path },
      last_inspected: date(row.last_inspected, row.last_inspected_precision),
    })),
    never: book.currentServices.filter(({ inspections }) => inspections === 0),
  };
}

/** Overall ratings year by year: as bars, and as rows of a table. */
function yearsOf(book: Book) {
  const ratings = [...book.scale].reverse();
  return [...groupBy(book.overall, ({ year }) => year)]
    .sort(([a], [b]) => a - b)
    .map(([year, rows]) => {
      const count = (wanted: string | null) => rows.filter(({ rating }) => rating === wanted).length;
      const passed = book.passed(rows);
      return {
        ...{ year, passed, label: String(year) },
        parts: ratings.map(({ rating, rank }) => ratingPart(rating, rank, count(rating))),
        row: {
          Year: String(year),
          ...Object.fromEntries(ratings.map(({ rating }) => [rating, count(rating)])),
          'Not rated or not known': count(null),
          [book.pass]: passed,
        },
      };
    });
}

/** Nations and regions, and how many of their services of today have a good rating. */
const areasOf = (book: Book) =>
  [...groupBy(book.currentServices, ({ region }) => region ?? 'Not known')]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, services]) => {
      const share = book.passed(services.map((row) => ({ rating_rank: row.last_rating_rank })));
      const [nation, unrated] = [services[0]?.nation ?? null, services.length - share.among];
      return {
        ...{ name, share, percent: share.percent, words: share.among === 0 ? 'none known' : share.of },
        row: { Region: name, Nation: nation, [book.pass]: share, 'No rating known': unrated },
      };
    });
