import { groupBy } from '../../group-by.js';
import { bars } from '../charts/bars.js';
import type { Book } from '../model.js';
import { type Block, type Cell, type Figure, type Page, rated, type Table } from '../page.js';
import { date, different, listed, number, plural } from '../words.js';
import { keyQuestions } from './evidence.js';
import { distance, headlineOf, recommendations, standards } from './inspection.js';

type Service = Book['services'][number];

const order = new Intl.Collator('en');

export function servicesPage(book: Book): Page {
  const services = [...book.services].sort((a, b) => order.compare(a.service, b.service));
  const letters = groupBy(services, ({ service }) => service.charAt(0).toUpperCase());
  return {
    path: 'services.html',
    title: 'Services A to Z',
    lead: [
      `${plural(services.length, 'service')}, each with its latest overall rating that is known, and every other name by which it, or an authority that it works for, is met.`,
    ],
    filter: 'Show only names with',
    sections: [...letters].map(([letter, services], at) => ({
      id: `letter-${at + 1}`,
      heading: letter,
      blocks: [{ isFiltered: true, list: services.map((service) => entryOf(book, service)) }],
    })),
  };
}

const namesOf = (book: Book, { service_id }: Service): string[] =>
  different(book.names.filter((row) => row.service_id === service_id).map(({ name }) => name));

function entryOf(book: Book, service: Service): Cell[] {
  const names = namesOf(book, service).filter((name) => name !== service.service);
  const year = service.last_inspected?.slice(0, 4) ?? '';
  return [
    { text: service.service, to: service.path },
    ' ',
    ...(service.inspections === 0
      ? ['no inspection known']
      : [rated(service.last_rating, service.last_rating_rank), ` ${year}`]),
    service.is_current ? '' : ', has ended',
    names.length > 0 ? `; also ${names.join(', ')}` : '',
  ];
}

export function servicePage(book: Book, service: Service): Page {
  const { path, service: title, last_inspection_id: last, last_report_url: report } = service;
  const region = service.region ?? '';
  const names = { id: 'names', heading: 'Names and authorities', blocks: namesAndAuthorities(book, service) };
  if (last === null)
    return { path, title, lead: [`No inspection of it is known here. ${region}`], sections: [names] };
  const days = service.days_since;
  return {
    path,
    title,
    headline: headlineOf(book, last),
    lead: [
      `Last inspected ${date(service.last_inspected, service.last_inspected_precision)}${days === null ? '' : `, ${number(days)} days before ${date(book.day)}`}; `,
      book.toInspection(last, 'the inspection in full'),
      ...(report ? [', ', { text: 'where it is published', to: report }] : []),
      `. ${region}${service.is_current ? '' : '. The service has ended.'}`,
    ],
    sections: [
      { id: 'history', heading: 'History', blocks: [{ table: history(book, service) }] },
      standards(book, last, `Standards in ${book.inspection.get(last)?.year}`),
      keyQuestions(book, last),
      { id: 'beside', heading: 'Beside its region and others', blocks: [{ figure: beside(book, last) }] },
      distance(book, last),
      recommendations(book, last),
      names,
    ],
  };
}

function history(book: Book, { service_id }: Service): Table {
  const rows = book.history
    .filter((row) => row.service_id === service_id)
    .map((row) => ({ ...row, inspection: book.inspection.get(row.inspection_id) }))
    .sort((a, b) => b.sequence - a.sequence);
  const changeOf = ({ sequence, rating_change: steps }: (typeof rows)[number]) => {
    if (sequence === 1) return '[z] first known';
    if (steps === null) return '[x]';
    return steps === 0 ? 'the same' : `${Math.abs(steps)} ${steps > 0 ? 'up' : 'down'}`;
  };
  return book.table('Its inspections, the latest first', rows, [
    [
      'Inspection',
      ({ inspection_id, inspection }) =>
        book.toInspection(inspection_id, date(inspection?.as_of ?? null, inspection?.as_of_precision)),
    ],
    ['Edition', (row) => `${row.edition}${row.edition_changed ? ' (series breaks: another edition)' : ''}`],
    [
      'Overall',
      (row) => rated(row.rating, row.rating_rank, book.of(row.inspection_id, 'overall')[0]?.marker),
    ],
    ['Score', (row) => (row.score === null ? '[x]' : `${row.score} of ${row.max_score}`)],
    ['Change of rating', changeOf],
    [
      'Report',
      ({ inspection }) =>
        inspection?.report_url ? { text: 'where it is published', to: inspection.report_url } : '[x]',
    ],
  ]);
}

/** Its ratings beside those of others: everywhere, in its region, and in the groups of lists that a user has loaded. */
function beside(book: Book, id: number): Figure | undefined {
  const rows = book.of(id, 'comparisons').filter(({ inspections }) => inspections > 1);
  const [first] = rows;
  if (first === undefined) return undefined;
  const nameOf = ({ beside, peers }: typeof first) => {
    if (peers === null) return 'Everywhere';
    return beside === 'region' ? peers : `${beside}: ${peers}`;
  };
  const overall = rows.filter(({ standard }) => standard === 'overall');
  const [all] = overall;
  const title = all
    ? `${nameOf(all)}, ${all.higher} of ${all.inspections} inspections are rated higher overall, ${all.same} the same, ${all.lower} lower`
    : 'Single standards alone are rated';
  return {
    name: 'beside',
    title,
    subtitle: `Inspections of ${first.year} under the ${first.edition} edition, itself among them, by their overall rating beside its own, in percent; the table has every standard, with ${book.level}% intervals. ${book.source}`,
    chart: bars(
      title,
      overall.map((row) => ({
        label: nameOf(row),
        parts: [
          { name: 'higher', count: row.higher, colour: '#0b3c6f' },
          { name: 'same', count: row.same, colour: '#c3d6ec' },
          { name: 'lower', count: row.lower, colour: '#f4d9a8' },
        ],
      })),
      'Percent of inspections',
      { areShares: true },
    ),
    table: book.table('Its ratings beside those of others of the same year and edition', rows, [
      ['Standard', (row) => (row.standard === 'overall' ? 'Overall' : `${row.standard} ${row.title}`)],
      ['Beside', nameOf],
      [
        '%Higher',
        (row) => ({
          of: `${row.higher} of ${row.inspections}`,
          percent: row.percent_higher,
          low: row.higher_low,
          high: row.higher_high,
        }),
      ],
      ['#The same', (row) => `${row.same} of ${row.inspections}`],
      ['#Lower', (row) => `${row.lower} of ${row.inspections}`],
    ]),
  };
}

function namesAndAuthorities(book: Book, service: Service): Block[] {
  const names = namesOf(book, service);
  const held = book.authorities.filter(({ service_id }) => service_id === service.service_id);
  return [
    names.length > 0 ? { text: [`Known as ${listed(names)}.`] } : {},
    {
      list: held.map((row) => [
        `${row.authority} (${row.ons_code}, ${row.region}; police area ${row.police_area ?? '[x]'})${row.valid_until ? `, until ${row.valid_until}` : ''}`,
      ]),
    },
  ];
}
