import type { Connection } from '../database/connect.js';
import { groupBy } from '../group-by.js';
import { longestNotInspected } from '../queries/longest-not-inspected.js';
import { allServices } from '../queries/of-services.js';
import { publishedTotal, ratingTrend } from '../queries/of-years.js';
import { shortened } from '../words/initials.js';
import { plural } from '../words/plural.js';
import { shortName } from './about.js';
import { table } from './table.js';

/** The country in a dozen lines: ratings by year, known inspections beside the published totals, and who was not inspected for longest. */
export async function countryTables(db: Connection): Promise<string[]> {
  const services = (await allServices(db, { synthetic: false })).filter(({ is_current }) => is_current);
  const inspected = services.filter(({ inspections }) => inspections > 0);
  const totals = (await publishedTotal(db)).filter(({ rating }) => rating === 'all');
  const known = totals.map((row) => `${row.known} of ${row.published} in ${row.inspectorate_year}`);
  return [
    'THE COUNTRY: overall ratings of all inspections that are known, by year of fieldwork, else of publication',
    '',
    ...(await ratingsByYear(db)),
    '',
    `Known of those that the Inspectorate counts: ${known.join(', ')}`,
    `${inspected.length} of ${plural(services.length, 'service')} have an inspection that is known, ${services.length - inspected.length} none. Longest not inspected:`,
    ...longestNotInspected(services, 5).map(
      ({ service, days_since, last_rating }) =>
        `  ${shortName(service)}: ${days_since?.toLocaleString('en-GB')} days, ${last_rating ?? 'not rated'}`,
    ),
  ];
}

/** A line a rating, a column a year; editions pooled: it is how many were rated so, not how well a standard was met. */
async function ratingsByYear(db: Connection): Promise<string[]> {
  const rows = await ratingTrend(db, { standard: 'overall' });
  const ranks = new Map(rows.map((row) => [row.rating, row.rating_rank]));
  const scale = [...ranks].sort(([, a], [, b]) => b - a).map(([rating]) => rating);
  const { short, legend } = shortened(scale);
  const years = [...groupBy(rows, ({ year }) => year)].sort(([a], [b]) => a - b);
  const lines = scale.map((rating) => [
    short(rating),
    ...years.map(([, of]) =>
      of.filter((row) => row.rating === rating).reduce((sum, { inspections }) => sum + inspections, 0),
    ),
  ]);
  return [...table(['', ...years.map(([year]) => ({ right: String(year) }))], lines), legend];
}
