import { groupBy } from '../../group-by.js';
import type { Book } from '../model.js';
import type { Page } from '../render.js';
import { rated } from '../table.js';
import { date } from '../words.js';
import { aboutInspection } from './inspection.js';

type Service = Book['services'][number];

const order = new Intl.Collator('en');

export function servicesPage(book: Book): Page {
  const services = [...book.services].sort((a, b) => order.compare(a.service, b.service));
  const letters = groupBy(services, ({ service }) => service.charAt(0).toUpperCase());
  return {
    path: 'services.html',
    template: 'services',
    title: 'Services A to Z',
    letters: [...letters].map(([letter, services]) => [
      letter,
      services.map((one) => ({ ...one, names: namesOf(book, one) })),
    ]),
  };
}

const namesOf = (book: Book, { service_id }: Service): string[] => [
  ...new Set(book.names.filter((row) => row.service_id === service_id).map(({ name }) => name)),
];

export function servicePage(book: Book, service: Service): Page {
  const { path, service: title, service_id, last_inspection_id: last } = service;
  return {
    ...{ path, template: 'service', title, service, last },
    names: namesOf(book, service),
    held: book.authorities.filter((row) => row.service_id === service_id),
    ...(last !== null && {
      inspection: book.inspection.get(last),
      ...aboutInspection(book, last),
      history: historyOf(book, service_id),
      besides: besidesOf(book, last),
    }),
  };
}

/** Its inspections, the latest first. */
const historyOf = (book: Book, service: number) =>
  book.history
    .filter((row) => row.service_id === service)
    .sort((a, b) => b.sequence - a.sequence)
    .map((row) => {
      const { sequence, rating_change: steps, inspection_id: id } = row;
      const { as_of, as_of_precision, path, report_url } = book.inspection.get(id) ?? {};
      const change = steps === 0 ? 'the same' : steps && `${Math.abs(steps)} ${steps > 0 ? 'up' : 'down'}`;
      return {
        inspection: { text: date(as_of ?? null, as_of_precision), to: path },
        edition: `${row.edition}${row.edition_changed ? ' (series breaks: another edition)' : ''}`,
        overall: rated(row.rating, row.rating_rank, book.of(id, 'overall')[0]?.marker),
        score: row.score === null ? null : `${row.score} of ${row.max_score}`,
        change_of_rating: sequence === 1 ? '[z] first known' : change,
        report: report_url ? { text: 'where it is published', to: report_url } : null,
      };
    });

/** Its ratings beside those of others: everywhere, in its region, and in the groups of lists that a user has loaded. */
const besidesOf = (book: Book, id: number) =>
  book
    .of(id, 'comparisons')
    .filter(({ inspections }) => inspections > 1)
    .map((row) => {
      const { beside, peers, inspections, percent_higher: percent, higher_low: low, higher_high: high } = row;
      const of = (count: number) => `${count} of ${inspections}`;
      return {
        ...row,
        subject: book.toStandard(row),
        beside: peers === null ? 'Everywhere' : beside === 'region' ? peers : `${beside}: ${peers}`,
        rated_higher: { of: of(row.higher), percent, low, high },
        rated_the_same: of(row.same),
        rated_lower: of(row.lower),
      };
    });
