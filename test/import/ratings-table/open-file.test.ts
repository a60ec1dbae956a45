import { expect, test } from 'vitest';
import { allServices, leagueTable } from '../../../src/queries/of-services.js';
import { loadRatingsTable } from '../../../src/ratings-table/index.js';
import { testFolder } from '../../support/bundles.js';
import { rolledBack, testDatabase } from '../../support/database.js';

// The one open file of these ratings has five columns: the service with "- JI" where it was a joint inspection, a date with a year of two
// digits, a score in percent, a rating, a link. This one has its columns and its size, and is made up: 83 services, each on a day of its own.

const database = testDatabase();
const files = testFolder();

/** Ten lines at most: what the headings mean, and how dates and numbers are written. */
const map = `columns:
  service: Youth Offending Service
  published: Date
  score_percent: Score
  overall: Rating
  report_url: Link
date_format: day first
`;

const words = ['Inadequate', 'Requires improvement', 'Good', 'Outstanding'];
const leastOf = [0, 7, 19, 31];

/** A score of 36 that has the rating, in percent as a whole number. */
const rows = (services: readonly string[]) =>
  services.map((service, at) => {
    const rating = at % 4;
    const points = (leastOf[rating] as number) + (at % 5);
    const day = String((at % 28) + 1).padStart(2, '0');
    const month = String((at % 6) + 1).padStart(2, '0');
    const name = at % 10 === 0 ? `${service} - JI` : service;
    const share = ((100 * points) / 36).toFixed(2);
    return {
      line: `"${name}",${day}/${month}/2${at % 2 === 0 ? 2 : 3},${share}%,${words[rating]},https://example.org/${at}`,
      points,
    };
  });

test('a table with the columns of the open file loads by a map of ten lines at most', async () => {
  expect(map.trimEnd().split('\n').length).toBeLessThanOrEqual(10);
  await rolledBack(database.db, async (trx) => {
    const uninspected = (await allServices(trx, { synthetic: false, current: true }))
      .filter(({ inspections }) => inspections === 0)
      .slice(0, 83);
    const made = rows(uninspected.map(({ area }) => area));
    expect(made).toHaveLength(83);
    const folder = await files.folder({
      'open.csv': `Youth Offending Service,Date,Score,Rating,Link\n${made.map(({ line }) => line).join('\n')}\n`,
      'map.yaml': map,
    });
    const loaded = await loadRatingsTable(trx, `${folder}/open.csv`, {
      columns: `${folder}/map.yaml`,
      edition: '2021',
    });
    expect(loaded.map(({ outcome }) => outcome)).toEqual(Array(83).fill('loaded'));
    const league = await leagueTable(trx, { synthetic: false });
    const scores = new Map(league.map(({ service_id, score }) => [service_id, score]));
    expect(uninspected.map(({ service_id }) => scores.get(service_id))).toEqual(
      made.map(({ points }) => points),
    );
    const after = await allServices(trx, { synthetic: false });
    const first = after.find(({ service_id }) => service_id === uninspected[0]?.service_id);
    expect(first).toMatchObject({
      ...{ last_published: '2022-01-01', last_rating: 'Inadequate' },
      last_report_url: 'https://example.org/0',
    });
  });
});
