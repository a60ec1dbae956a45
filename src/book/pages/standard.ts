import { groupBy } from '../../queries/group-by.js';
import { type FunnelPoint, funnel, ratingBars } from '../charts.js';
import { type Cell, columns, type Figure } from '../figure.js';
import type { Book } from '../model.js';
import { type Block, csvPath, type Page } from '../page.js';
import { date, interval, listed, plural } from '../words.js';
import { legend } from './country.js';

type Standard = Book['standards'][number];

/** A page for each standard, one that lists them, and one that explains funnels. */
export const standardPages = (book: Book): Page[] => [
  listPage(book),
  ...book.standards.map((standard) => standardPage(book, standard)),
  funnelPage(book),
];

const titleOf = ({ standard, editions }: Standard) =>
  `${standard} ${[...new Set(editions.map(({ title }) => title))].join('; ')}`;

function listPage(book: Book): Page {
  return {
    path: 'standards.html',
    title: 'Standards',
    lead: [
      [
        'What is judged, standard by standard. A code means the same under two editions only where the titles are the same.',
      ],
    ],
    sections: [
      {
        id: 'list',
        heading: 'All standards',
        blocks: [
          {
            table: {
              caption: `Standards, and how many of their ratings are ${book.pass?.rating} or better`,
              columns: columns(
                'Standard',
                'Domain',
                'Editions',
                `#${book.pass?.rating} or better`,
                '#%',
                `#${book.level}% interval`,
              ),
              rows: book.standards.map((one): Cell[] => {
                const rows = book.ratingTrend.filter(({ standard }) => standard === one.standard);
                const passed = sum(
                  rows
                    .filter(({ rating_rank }) => rating_rank >= (book.pass?.rank ?? 0))
                    .map(({ inspections }) => inspections),
                );
                const share = book.share(passed, sum(rows.map(({ inspections }) => inspections)));
                return [
                  { text: titleOf(one), to: one.path },
                  listed([...new Set(one.editions.map(({ domainTitle }) => domainTitle))]),
                  one.editions.map(({ edition }) => edition).join(', '),
                  `${share.yes} of ${share.among}`,
                  share.percent ?? '[x]',
                  interval(share.low, share.high),
                ];
              }),
              isSortable: true,
            },
          },
        ],
      },
    ],
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

function standardPage(book: Book, standard: Standard): Page {
  const questions = standard.editions.map(({ edition, title, questions }): Block[] => [
    { heading: `${edition} edition: ${title}` },
    {
      list: questions.map((row) => [
        `${row.question} ${row.text}${row.basis === 'cases' ? '' : ' (judged)'}`,
      ]),
    },
  ]);
  const drivers = driverTable(book, standard);
  const trends = book.keyQuestionTrend.filter(
    (row) => row.standard === standard.standard && row.percent !== null,
  );
  const funnels = standard.editions.flatMap(({ edition, questions }) =>
    questions.flatMap((row): Block[] => {
      const figure = funnelOf(book, standard.path, edition, row.question as string);
      return figure ? [{ figure }] : [];
    }),
  );
  return {
    path: standard.path,
    title: titleOf(standard),
    lead: [
      [
        `Domain: ${listed([...new Set(standard.editions.map(({ domainTitle }) => domainTitle))])}. What it asks is below; `,
        { text: 'how its rating comes about', to: 'how.html' },
        '.',
      ],
    ],
    sections: [
      { id: 'ratings', heading: 'Ratings by year', blocks: [{ figure: distribution(book, standard) }] },
      ...(drivers ? [{ id: 'drivers', heading: 'What sets the rating', blocks: [drivers] }] : []),
      ...(trends.length > 0
        ? [{ id: 'answers', heading: 'Answers by year', blocks: [answersTable(book, trends)] }]
        : []),
      ...(funnels.length > 0
        ? [
            {
              id: 'funnels',
              heading: 'Services in a funnel',
              blocks: [
                { text: [{ text: 'How to read a funnel', to: 'funnel.html' }, '.'] } as Block,
                ...funnels,
              ],
            },
          ]
        : []),
      {
        id: 'questions',
        heading: 'What is asked',
        blocks: [...questions.flat(), ...breakBlocks(book, standard)],
      },
    ],
  };
}

/** Ratings by year and edition; where another edition begins, the series breaks, and the chart says so. */
function distribution(book: Book, standard: Standard): Figure {
  const rows = book.ratingTrend.filter((row) => row.standard === standard.standard);
  const groups = [...groupBy(rows, ({ edition, year }) => `${year} ${edition}`).values()]
    .map((of) => ({
      edition: of[0]?.edition as string,
      year: of[0]?.year as number,
      of: [...of].sort((a, b) => b.rating_rank - a.rating_rank),
    }))
    .filter(({ of }) => of.some(({ inspections }) => inspections > 0))
    .sort((a, b) => (a.edition === b.edition ? a.year - b.year : a.edition < b.edition ? -1 : 1));
  const rated = sum(rows.map(({ inspections }) => inspections));
  const passed = book.share(
    sum(
      rows
        .filter(({ rating_rank }) => rating_rank >= (book.pass?.rank ?? 0))
        .map(({ inspections }) => inspections),
    ),
    rated,
  );
  const title =
    rated === 0
      ? 'No rating of it is known'
      : `${passed.yes} of ${plural(rated, 'known rating')} ${rated === 1 ? 'is' : 'are'} ${book.pass?.rating} or better`;
  return {
    id: 'ratings-chart',
    title,
    subtitle: `Ratings of ${standard.standard} by year of fieldwork (else of publication) and edition. Source: ${book.source}, to ${date(book.day)}.`,
    chart:
      groups.length === 0
        ? null
        : ratingBars(
            `${title}. ${groups
              .map(
                ({ year, edition, of }) =>
                  `${year}, ${edition} edition: ${of
                    .filter(({ inspections }) => inspections > 0)
                    .map(({ inspections, rating }) => `${inspections} ${rating}`)
                    .join(', ')}`,
              )
              .join('; ')}.`,
            groups.map(({ edition, year, of }, at) => ({
              label: `${year}${groups.filter((one) => one.year === year).length > 1 ? ` (${edition})` : ''}`,
              counts: of.map(({ rating, rating_rank, inspections }) => ({
                rating,
                rank: rating_rank,
                count: inspections,
              })),
              break:
                groups[at - 1]?.edition === edition
                  ? undefined
                  : at === 0
                    ? `${edition} edition`
                    : `${edition} edition: series breaks`,
            })),
            'Inspections rated',
          ),
    notes: [legend(book)],
    table: {
      caption: `Ratings of ${standard.standard}, by year and edition`,
      columns: columns('Year', 'Edition', 'Rating', '#Inspections', '#%', `#${book.level}% interval`),
      rows: groups.flatMap(({ year, edition, of }) =>
        of.map((row): Cell[] => [
          String(year),
          edition,
          { rating: row.rating, rank: row.rating_rank },
          `${row.inspections} of ${row.rated}`,
          row.share === null ? '[x]' : Math.round(100 * row.share),
          interval(row.low === null ? null : 100 * row.low, row.high === null ? null : 100 * row.high),
        ]),
      ),
    },
    csv: csvPath(standard.path, 'ratings'),
  };
}

/** Which key question set the computed rating, over all years of an edition. */
function driverTable(book: Book, standard: Standard): Block | undefined {
  const rows = book.drivers.filter((row) => row.standard === standard.standard && row.driving > 0);
  if (rows.length === 0) return undefined;
  const groups = [...groupBy(rows, (row) => `${row.edition} ${row.key_question}`).values()];
  return {
    table: {
      caption: 'Key questions that had the lowest percentage, and so set the computed rating',
      columns: columns('Key question', 'Edition', 'Wording', '#Set it', '#Of these together with others'),
      rows: groups.map((of): Cell[] => {
        const [first] = of;
        const computed = (book.standardsByCode.get(standard.standard) ?? []).filter(
          (row) => row.edition === first?.edition && row.computed_rating !== null,
        ).length;
        return [
          first?.key_question ?? '',
          first?.edition ?? '',
          first?.text ?? '',
          `${sum(of.map(({ driving }) => driving))} of ${computed}`,
          sum(of.map(({ tied }) => tied)),
        ];
      }),
    },
  };
}

function answersTable(book: Book, rows: Book['keyQuestionTrend']): Block {
  return {
    table: {
      caption:
        'Answers of all inspections whose counts are known, in percent of relevant cases under every edition',
      columns: columns(
        'Key question',
        'Edition',
        'Year',
        '#Inspections with counts',
        '#Yes of relevant cases',
        '#%',
        `#${book.level}% interval`,
        'Series',
      ),
      rows: rows.map((row): Cell[] => [
        `${row.key_question} ${row.text}`,
        row.edition,
        String(row.year),
        `${row.inspections} of ${row.inspections + row.inspections_without_counts}`,
        `${row.yes} of ${row.relevant}`,
        row.percent,
        interval(row.low, row.high),
        row.series_break ? 'breaks here' : 'goes on',
      ]),
    },
  };
}

function breakBlocks(book: Book, standard: Standard): Block[] {
  const broken = book.crosswalk.filter(
    (row) =>
      (row.standard === standard.standard || row.next_standard === standard.standard) &&
      row.relation !== 'continues',
  );
  if (broken.length === 0) return [];
  return [
    { heading: 'Where questions change between editions' },
    {
      list: broken.map((row) => [
        `${[row.edition && `${row.edition} ${row.question}`, row.next_edition && `${row.next_edition} ${row.next_question}`].filter(Boolean).join(' to ')}: ${row.relation}${row.note ? `, ${row.note}` : ''}`,
      ]),
    },
  ];
}

/** Services by their share of yes to a key question; undefined where fewer than two have counts. */
function funnelOf(book: Book, path: string, edition: string, question: string): Figure | undefined {
  const rows = (book.keyQuestionsByCode.get(`${edition} ${question}`) ?? []).filter(
    (row) => row.yes !== null && (row.relevant ?? 0) > 0,
  );
  if (rows.length < 2) return undefined;
  const pooled = book.share(
    sum(rows.map(({ yes }) => yes as number)),
    sum(rows.map(({ relevant }) => relevant as number)),
  );
  const share = (100 * pooled.yes) / pooled.among;
  const widest = book.levels.at(-1)?.level ?? book.level;
  const points: (FunnelPoint & { row: (typeof rows)[number] })[] = rows.map((row) => ({
    row,
    label: row.service,
    cases: row.relevant as number,
    percent: (100 * (row.yes as number)) / (row.relevant as number),
    isOutside: (row.relevant_low_95 ?? 0) > share || (row.relevant_high_95 ?? 100) < share,
  }));
  const outside = points.filter(({ isOutside }) => isOutside);
  const all = (book.keyQuestionsByCode.get(`${edition} ${question}`) ?? []).length;
  const title = `${question}: ${outside.length === 0 ? 'no service' : outside.length === 1 ? '1 service' : `${outside.length} services`} of ${points.length} outside the limits of ${widest}%`;
  return {
    id: `funnel-${edition}-${question}`.replaceAll('.', '-'),
    title,
    subtitle: `${rows[0]?.text} Yes in percent of relevant cases, ${edition} edition; the line is all together, ${pooled.percent}% (${pooled.yes} of ${pooled.among}). Inspections whose counts are known: ${rows.length} of ${all}. Source: ${book.source}, to ${date(book.day)}.`,
    chart: funnel(
      `${title}. All together ${pooled.percent}%. Outside: ${outside.map(({ label }) => label).join(', ') || 'none'}.`,
      points,
      share,
      book.levels,
    ),
    table: {
      caption: `Share of yes to ${question} of the ${edition} edition, by inspection`,
      columns: columns(
        'Service',
        'Year',
        '#Yes of relevant cases',
        '#%',
        `#${book.level}% interval`,
        `Limits of ${widest}%`,
        'Rests on',
      ),
      rows: points.map(({ row, isOutside }): Cell[] => [
        { text: row.service, to: book.inspectionPaths.get(row.inspection_id) as string },
        String(row.year),
        `${row.yes} of ${row.relevant}`,
        row.percent_of_relevant,
        interval(row.relevant_low, row.relevant_high),
        isOutside ? 'outside' : 'within',
        row.evidence ?? '[x]',
      ]),
      isSortable: true,
    },
    csv: csvPath(path, `funnel-${edition}-${question}`),
  };
}

/** What a funnel says, with that of the key question that most inspections have counts of. */
function funnelPage(book: Book): Page {
  const path = 'funnel.html';
  const counted = [...book.keyQuestionsByCode]
    .map(([key, rows]) => ({
      key,
      known: rows.filter(({ yes, relevant }) => yes !== null && (relevant ?? 0) > 0).length,
    }))
    .filter(({ known }) => known > 1)
    .sort((a, b) => b.known - a.known);
  const [edition, question] = counted[0]?.key.split(' ') ?? [];
  const figure = edition && question ? funnelOf(book, path, edition, question) : undefined;
  const [narrower, wider] = book.levels.map(({ level }) => level);
  return {
    path,
    title: 'Services in a funnel',
    lead: [
      [
        'A service with few cases is high or low by chance more often than one with many. A funnel shows how much of the difference chance alone explains: services within the lines do not differ from all together by more than that.',
      ],
    ],
    sections: [
      {
        id: 'example',
        heading: figure ? 'The key question that most is known of' : 'Nothing to show yet',
        blocks: figure
          ? [{ figure }]
          : [
              {
                text: [
                  'No two inspections have counts of the same key question. A report that prints percentages alone says nothing of how many cases were relevant.',
                ],
              },
            ],
      },
      {
        id: 'reading',
        heading: 'How to read it',
        blocks: [
          {
            list: [
              [
                `Each mark is an inspection: to the right, more relevant cases; upwards, more of them answered yes. Circles lie within the limits of ${wider}%, triangles outside.`,
              ],
              [
                `Between the dotted lines lie ${narrower} of 100 services, between the dashed ones ${wider} of 100, if nothing but chance moves them about the share of all.`,
              ],
              ['Of many services some lie outside by chance. Outside is a reason to look, and no judgement.'],
              [
                'Inspections whose counts are not known are left out, never guessed; the subtitle says how many.',
              ],
            ],
          },
        ],
      },
      {
        id: 'more',
        heading: 'Funnels of other key questions',
        blocks: [
          {
            list: book.standards
              .filter(({ standard }) =>
                counted.some(({ key }) => key.split(' ')[1]?.startsWith(`${standard}.`)),
              )
              .map((standard) => [{ text: titleOf(standard), to: `${standard.path}#funnels` }]),
          },
        ],
      },
    ],
  };
}
