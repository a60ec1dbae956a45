import { bars } from '../charts/bars.js';
import { type Cell, columns } from '../figure.js';
import type { Book } from '../model.js';
import { type Block, csvPath, type Page, type PageMaker, type Section } from '../page.js';
import { shareTitles } from '../shares.js';
import { date, interval, listed, number, plural } from '../words.js';
import { keyQuestionFigure } from './evidence.js';
import { distanceBlocks, recommendationBlocks, scoreWords, standardBlocks } from './inspection.js';

type Service = Book['services'][number];

/** A page for each service, and one that lists them all. */
export const servicePages = (book: Book): PageMaker[] => [
  () => listPage(book),
  ...book.services.map((service) => () => servicePage(book, service)),
];

function listPage(book: Book): Page {
  const byLetter = new Map<string, Service[]>();
  for (const service of [...book.services].sort((a, b) => order.compare(a.service, b.service))) {
    const letter = service.service.charAt(0).toUpperCase();
    byLetter.set(letter, [...(byLetter.get(letter) ?? []), service]);
  }
  return {
    path: 'services.html',
    title: 'Services A to Z',
    lead: [
      [
        `${plural(book.services.length, 'service')}, each with its latest overall rating that is known, and every other name by which it, or an authority that it works for, is met.`,
      ],
    ],
    filter: 'Show only names with',
    sections: [...byLetter].map(([letter, services], at) => ({
      id: `letter-${at + 1}`,
      heading: letter,
      blocks: [{ isFiltered: true, list: services.map((service) => entryOf(book, service)) }],
    })),
  };
}

const order = new Intl.Collator('en');

function entryOf(book: Book, service: Service): Cell[] {
  const names = [
    ...new Set((book.namesOf.get(service.service_id) ?? []).map(({ name }) => name as string)),
  ].filter((name) => name !== service.service);
  return [
    { text: service.service, to: service.path },
    ' ',
    ...(service.inspections === 0
      ? ['no inspection known']
      : [
          { rating: service.last_rating, rank: service.last_rating_rank },
          ` ${service.last_inspected?.slice(0, 4) ?? ''}`,
        ]),
    service.is_current ? '' : ', has ended',
    names.length > 0 ? `; also ${names.join(', ')}` : '',
  ];
}

function servicePage(book: Book, service: Service): Page {
  const last = service.last_inspection_id;
  const section = (id: string, heading: string, blocks: Block[]): Section[] =>
    blocks.length > 0 ? [{ id, heading, blocks }] : [];
  const figure = last === null ? undefined : keyQuestionFigure(book, service.path, last);
  const inspected = book.inspection.get(last ?? -1);
  return {
    path: service.path,
    title: service.service,
    ...(last !== null && {
      headline: {
        rating: service.last_rating,
        rank: service.last_rating_rank,
        words: scoreWords(book, last),
      },
    }),
    lead: [
      last === null
        ? [`No inspection of it is known here. ${service.region ?? ''}`]
        : [
            `Last inspected ${date(service.last_inspected, service.last_inspected_precision)}${service.days_since === null ? '' : `, ${number(service.days_since)} days before ${date(book.day)}`}; `,
            { text: 'the inspection in full', to: book.inspectionPaths.get(last) as string },
            ...(service.last_report_url
              ? [', ', { text: 'where it is published', to: service.last_report_url }]
              : []),
            `. ${service.region ?? ''}${service.is_current ? '' : '. The service has ended.'}`,
          ],
    ],
    sections:
      last === null
        ? section('names', 'Names and authorities', nameBlocks(book, service))
        : [
            ...section('history', 'History', historyBlocks(book, service)),
            ...section(
              'standards',
              `Standards in ${inspected?.year ?? 'the latest inspection'}`,
              standardBlocks(book, last),
            ),
            ...section('key-questions', 'Key questions', figure ? [{ figure }] : []),
            ...section('beside', 'Beside its region and others', besideBlocks(book, service.path, last)),
            ...section('distance', 'How near the next rating is', distanceBlocks(book, last)),
            ...section('recommendations', 'Recommendations', recommendationBlocks(book, last)),
            ...section('names', 'Names and authorities', nameBlocks(book, service)),
          ],
  };
}

function historyBlocks(book: Book, service: Service): Block[] {
  const rows = [...(book.historyOf.get(service.service_id) ?? [])].sort((a, b) => b.sequence - a.sequence);
  const changed = (steps: number | null) =>
    steps === null ? '[x]' : steps === 0 ? 'the same' : `${Math.abs(steps)} ${steps > 0 ? 'up' : 'down'}`;
  return [
    {
      table: {
        caption: 'Its inspections, the latest first',
        columns: columns('Inspection', 'Edition', 'Overall', 'Score', 'Change of rating', 'Report'),
        rows: rows.map((row) => {
          const one = book.inspection.get(row.inspection_id);
          return [
            {
              text: date(one?.as_of ?? null, one?.as_of_precision ?? 'day'),
              to: book.inspectionPaths.get(row.inspection_id) as string,
            },
            `${row.edition}${row.edition_changed ? ' (series breaks: another edition)' : ''}`,
            {
              rating: row.rating,
              rank: row.rating_rank,
              marker: book.overallOf.get(row.inspection_id)?.marker ?? null,
            },
            row.score === null ? '[x]' : `${row.score} of ${row.max_score}`,
            row.sequence === 1 ? '[z] first known' : changed(row.rating_change),
            one?.report_url ? { text: 'where it is published', to: one.report_url } : '[x]',
          ];
        }),
      },
    },
  ];
}

/** Its ratings beside those of others: everywhere, in its region, and in the groups of lists that a user has loaded. */
function besideBlocks(book: Book, path: string, id: number): Block[] {
  const rows = (book.comparisonsOf.get(id) ?? []).filter(({ inspections }) => inspections > 1);
  const [first] = rows;
  if (first === undefined) return [];
  const nameOf = ({ beside, peers }: typeof first) =>
    peers === null ? 'Everywhere' : beside === 'region' ? peers : `${beside}: ${peers}`;
  const overall = rows.filter(({ standard }) => standard === 'overall');
  const [all] = overall;
  const title = all
    ? `${nameOf(all)}, ${all.higher} of ${all.inspections} inspections are rated higher overall, ${all.same} the same, ${all.lower} lower`
    : 'Single standards alone are rated';
  return [
    {
      figure: {
        id: 'beside-chart',
        title,
        subtitle: `Inspections of ${first.year} under the ${first.edition} edition, itself among them, by their overall rating beside its own, in percent; the table has every standard, with ${book.level}% intervals. ${book.source}`,
        chart:
          overall.length === 0
            ? null
            : bars(
                `${overall.map((row) => `${nameOf(row)}: ${row.higher} higher, ${row.same} the same, ${row.lower} lower`).join('; ')}.`,
                overall.map((row) => ({
                  label: nameOf(row),
                  parts: [
                    { letters: 'higher', count: row.higher, colour: '#0b3c6f' },
                    { letters: 'same', count: row.same, colour: '#c3d6ec' },
                    { letters: 'lower', count: row.lower, colour: '#f4d9a8' },
                  ],
                })),
                'Percent of inspections',
                { areShares: true },
              ),
        table: {
          caption: 'Its ratings beside those of others of the same year and edition',
          columns: columns('Standard', 'Beside', ...shareTitles('Higher', book.level), '#The same', '#Lower'),
          rows: rows.map((row) => [
            row.standard === 'overall' ? 'Overall' : `${row.standard} ${row.title}`,
            nameOf(row),
            `${row.higher} of ${row.inspections}`,
            row.percent_higher,
            interval(row.higher_low, row.higher_high),
            `${row.same} of ${row.inspections}`,
            `${row.lower} of ${row.inspections}`,
          ]),
          isSortable: true,
        },
        csv: csvPath(path, 'beside'),
      },
    },
  ];
}

function nameBlocks(book: Book, service: Service): Block[] {
  const names = [...new Set((book.namesOf.get(service.service_id) ?? []).map(({ name }) => name as string))];
  const held = book.authoritiesOf.get(service.service_id) ?? [];
  return [
    ...(names.length > 0 ? [{ text: [`Known as ${listed(names)}.`] }] : []),
    ...(held.length > 0
      ? [
          {
            list: held.map((row) => [
              `${row.authority} (${row.ons_code}, ${row.region}; police area ${row.police_area ?? '[x]'})${row.valid_until ? `, until ${row.valid_until}` : ''}`,
            ]),
          },
        ]
      : []),
  ];
}
