import { groupBy } from '../../group-by.js';
import type { Book } from '../model.js';

/** Where the tile of a nation or region lies: column and row, about as on a map. */
const places: Readonly<Record<string, readonly [number, number]>> = {
  'North East': [2, 0],
  'North West': [1, 1],
  'Yorkshire and The Humber': [2, 1],
  Wales: [0, 2],
  'West Midlands': [1, 2],
  'East Midlands': [2, 2],
  'East of England': [3, 2],
  'South West': [1, 3],
  'South East': [2, 3],
  London: [3, 3],
};

/** Nations and regions with their tile, and how many of their services of today have a good rating; those without a place come last. */
export function ratingMap(book: Book) {
  const areas = [...groupBy(book.currentServices, ({ region }) => region ?? 'Not known')].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  let others = 0;
  return areas.map(([name, services]) => {
    const [column, row] = places[name] ?? [others++ % 4, 4];
    const share = book.passed(services.map(({ last_rating_rank }) => ({ rating_rank: last_rating_rank })));
    return {
      name,
      nation: services[0]?.nation ?? null,
      column,
      row,
      share,
      unrated: services.length - share.among,
    };
  });
}
