import { groupBy } from '../../group-by.js';
import { bars } from '../charts/bars.js';
import { estimates } from '../charts/estimates.js';
import { type Cell, columns, type Figure } from '../figure.js';
import type { Book } from '../model.js';
import { type Block, csvPath, type Page, type PageMaker, type Section } from '../page.js';
import { legend, partsOf } from '../ratings.js';
import { shareCells, shareInWords, shareTitles } from '../shares.js';
import { interval, listed, plural } from '../words.js';
import { funnelOf } from './funnel.js';
import { titleOf } from './standard-title.js';

type Standard = Book['standards'][number];

/** A page for each standard, and one that lists them. */
export const standardPages = (book: Book): PageMaker[] => [
  () => listPage(book),
  ...book.standards.map((standard) => () => standardPage(book, standard)),
];

function listPage(book: Book): Page {
  const path = 'standards.html';
  return {
    path,
    title: 'Standards',
    lead: [
      [
        'What is judged, standard by standard. Under two editions a code means the same only where the title is the same: each title has a row of its own.',
      ],
    ],
    sections: [{ id: 'list', heading: 'All standards', blocks: [{ figure: allStandards(book, path) }] }],
  };
}

/** How many ratings of each standard are a pass; what has one code and another title is another standard. */
function allStandards(book: Book, path: string): Figure {
  const pass = book.pass?.rating;
  const rows = book.standards.flatMap((standard) =>
    [...groupBy(standard.editions, ({ title }) => title)].map(([title, editions], _, { length }) => {
      const of = editions.map(({ edition }) => edition);
      return {
        standard,
        title,
        editions: of,
        domain: listed([...new Set(editions.map(({ domainTitle }) => domainTitle))]),
        label: `${standard.standard}${length > 1 ? ` (${of.join(', ')})` : ''}`,
        passed: book.passed(
          book.ratingTrend.filter((row) => row.standard === standard.standard && of.includes(row.edition)),
        ),
      };
    }),
  );
  const rated = rows.filter(({ passed }) => passed.among > 0);
  const lowest = [...rated].sort((a, b) => (a.passed.percent ?? 0) - (b.passed.percent ?? 0))[0];
  const title = lowest
    ? `${pass} or better is rarest in ${lowest.standard.standard} ${lowest.title}: ${lowest.passed.yes} of ${lowest.passed.among}`
    : 'No rating of a standard is known';
  return {
    id: 'list-chart',
    title,
    subtitle: `Known ratings of each standard that are ${pass} or better, in percent, all years of its editions pooled, with ${book.level}% intervals. ${book.source}`,
    chart:
      rated.length === 0
        ? null
        : estimates(
            `${title}. ${rated.map(({ label, passed }) => `${label}: ${passed.yes} of ${passed.among}`).join('; ')}.`,
            rated.map(({ label, title, passed }) => ({ ...passed, label, group: title })),
            { unit: `Percent rated ${pass} or better`, short: `% ${pass} or better` },
          ),
    table: {
      caption: `Standards, and how many of their known ratings are ${pass} or better`,
      columns: columns('Standard', 'Domain', 'Editions', ...shareTitles(`${pass} or better`, book.level)),
      rows: rows.map(({ standard, title, domain, editions, passed }): Cell[] => [
        { text: `${standard.standard} ${title}`, to: standard.path },
        domain,
        editions.join(', '),
        ...shareCells(passed),
      ]),
      isSortable: true,
    },
    csv: csvPath(path, 'list'),
  };
}

function standardPage(book: Book, standard: Standard): Page {
  const section = (id: string, heading: string, blocks: Block[]): Section[] =>
    blocks.length > 0 ? [{ id, heading, blocks }] : [];
  const funnels = standard.editions.flatMap(({ edition, questions }) =>
    questions.flatMap((row): Block[] => {
      const figure = funnelOf(book, standard.path, edition, row.question as string);
      return figure ? [{ figure }] : [];
    }),
  );
  const reading: Block = { text: [{ text: 'How to read a funnel', to: 'funnel.html' }, '.'] };
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
      ...section('ratings', 'Ratings by year', [{ figure: distribution(book, standard) }]),
      ...section('drivers', 'What sets the rating', driverBlocks(book, standard)),
      ...section('answers', 'Answers by year', answerBlocks(book, standard)),
      ...section('funnels', 'Services in a funnel', funnels.length > 0 ? [reading, ...funnels] : []),
      ...section('questions', 'What is asked', questionBlocks(book, standard)),
    ],
  };
}

/** Ratings by year and edition; where another edition begins, the series breaks, and the chart says so. */
function distribution(book: Book, { standard, path }: Standard): Figure {
  const rows = book.ratingTrend.filter((row) => row.standard === standard);
  const groups = [...groupBy(rows, ({ edition, year }) => `${edition} ${year}`).values()]
    .map((of) => ({
      edition: of[0]?.edition as string,
      year: of[0]?.year as number,
      of: [...of].sort((a, b) => b.rating_rank - a.rating_rank),
    }))
    .filter(({ of }) => of.some(({ inspections }) => inspections > 0))
    .sort((a, b) => (a.edition === b.edition ? a.year - b.year : a.edition < b.edition ? -1 : 1));
  const passed = book.passed(rows);
  const title =
    passed.among === 0
      ? 'No rating of it is known'
      : `${passed.yes} of ${plural(passed.among, 'known rating')} ${passed.among === 1 ? 'is' : 'are'} ${book.pass?.rating} or better`;
  return {
    id: 'ratings-chart',
    title,
    subtitle: `Ratings of ${standard} by year of fieldwork (else of publication) and edition${passed.among === 0 ? '' : `; all together ${shareInWords(passed, book.level)}`}. ${book.source}`,
    chart:
      groups.length === 0
        ? null
        : bars(
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
              parts: partsOf(
                of.map(({ rating, rating_rank: rank, inspections: count }) => ({ rating, rank, count })),
              ),
              break:
                groups[at - 1]?.edition === edition
                  ? undefined
                  : `${edition} edition${at === 0 ? '' : ': series breaks'}`,
            })),
            'Inspections rated',
          ),
    notes: [legend(book.scale)],
    table: {
      caption: `Ratings of ${standard}, by year and edition`,
      columns: columns('Year', 'Edition', 'Rating', ...shareTitles('Inspections', book.level)),
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
    csv: csvPath(path, 'ratings'),
  };
}

/** Which key question set the computed rating, over all years of an edition. */
function driverBlocks(book: Book, { standard }: Standard): Block[] {
  const rows = book.drivers.filter((row) => row.standard === standard && row.driving > 0);
  if (rows.length === 0) return [];
  const sum = (of: typeof rows, column: 'driving' | 'tied') =>
    of.reduce((total, row) => total + row[column], 0);
  return [
    {
      table: {
        caption: 'Key questions that had the lowest percentage, and so set the computed rating',
        columns: columns('Key question', 'Edition', 'Wording', '#Set it', '#Of these together with others'),
        rows: [...groupBy(rows, (row) => `${row.edition} ${row.key_question}`).values()].map((of): Cell[] => {
          const { key_question, edition, text } = of[0] as (typeof rows)[number];
          const computed = (book.standardsByCode.get(standard) ?? []).filter(
            (row) => row.edition === edition && row.computed_rating !== null,
          ).length;
          return [key_question, edition, text, `${sum(of, 'driving')} of ${computed}`, sum(of, 'tied')];
        }),
      },
    },
  ];
}

/** How key questions were answered, year by year: the series of an edition stand apart. */
function answerBlocks(book: Book, { standard, path }: Standard): Block[] {
  const groups = groupBy(
    book.keyQuestionTrend.filter((row) => row.standard === standard && row.percent !== null),
    ({ key_question, edition }) => `${key_question}, ${edition}`,
  );
  const rows = [...groups].flatMap(([series, of]) => of.map((row) => ({ ...row, series })));
  const newest = rows.reduce((year, row) => Math.max(year, row.year), 0);
  const lowest = rows
    .filter(({ year }) => year === newest)
    .sort((a, b) => (a.percent as number) - (b.percent as number))[0];
  if (lowest === undefined) return [];
  const title = `Lowest in ${newest}: ${lowest.key_question}, yes in ${lowest.yes} of ${lowest.relevant} relevant cases, ${lowest.percent}%`;
  return [
    {
      figure: {
        id: 'answers-chart',
        title,
        subtitle: `Answers of all inspections whose counts are known, in percent of relevant cases under every edition, by key question, edition and year, with ${book.level}% intervals. ${book.source}`,
        chart: estimates(
          `${title}. ${rows.map((row) => `${row.series} edition, ${row.year}: ${row.percent}%`).join('; ')}.`,
          rows.map((row) => ({
            label: `${row.key_question} ${row.year}${rows.some((other) => other.year === row.year && other.key_question === row.key_question && other.edition !== row.edition) ? ` (${row.edition})` : ''}`,
            group: `${row.edition} edition`,
            percent: row.percent,
            low: row.low,
            high: row.high,
          })),
          { unit: 'Percent of yes', short: '% yes' },
        ),
        table: {
          caption: 'Answers to key questions by year',
          columns: columns(
            'Key question',
            'Edition',
            'Year',
            '#Inspections with counts',
            ...shareTitles('Yes of relevant cases', book.level),
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
        csv: csvPath(path, 'answers'),
      },
    },
  ];
}

function questionBlocks(book: Book, { standard, editions }: Standard): Block[] {
  const broken = book.crosswalk.filter(
    (row) => [row.standard, row.next_standard].includes(standard) && row.relation !== 'continues',
  );
  return [
    ...editions.flatMap(({ edition, title, questions }): Block[] => [
      { heading: `${edition} edition: ${title}` },
      {
        list: questions.map((row) => [
          `${row.question} ${row.text}${row.basis === 'cases' ? '' : ' (judged)'}`,
        ]),
      },
    ]),
    ...(broken.length === 0
      ? []
      : [
          { heading: 'Where questions change between editions' },
          {
            list: broken.map((row) => [
              `${[row.edition && `${row.edition} ${row.question}`, row.next_edition && `${row.next_edition} ${row.next_question}`].filter(Boolean).join(' to ')}: ${row.relation}${row.note ? `, ${row.note}` : ''}`,
            ]),
          },
        ]),
  ];
}
