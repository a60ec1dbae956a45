import { groupBy } from '../../group-by.js';
import { bars } from '../charts/bars.js';
import { estimates } from '../charts/estimates.js';
import type { Book } from '../model.js';
import { type Block, type Figure, type Page, rated, type Table } from '../page.js';
import { ratingPart } from '../ratings.js';
import { different, listed, plural } from '../words.js';
import { funnelsOf } from './funnel.js';

type Standard = Book['standards'][number];

export const standardsPage = (book: Book): Page => ({
  path: 'standards.html',
  title: 'Standards',
  lead: [
    'What is judged, standard by standard. Under two editions a code means the same only where the title is the same: each title has a row of its own.',
  ],
  sections: [{ id: 'list', heading: 'All standards', blocks: [{ figure: allStandards(book) }] }],
});

/** How many ratings of each standard are a pass; what has one code and another title is another standard. */
function allStandards(book: Book): Figure {
  const { pass, level, source } = book;
  const rows = book.standards.flatMap(({ standard, editions: all }) =>
    [...groupBy(all, ({ title }) => title)].map(([title, editions]) => {
      const of = editions.map(({ edition }) => edition);
      const trend = book.ratingTrend.filter((row) => row.standard === standard && of.includes(row.edition));
      const domain = listed(different(editions.map(({ domain }) => domain)));
      return { standard, title, domain, edition: of.join(', '), passed: book.passed(trend) };
    }),
  );
  const known = rows.filter(({ passed }) => passed.among > 0);
  const [lowest] = [...known].sort((a, b) => (a.passed.percent ?? 0) - (b.passed.percent ?? 0));
  const title = lowest
    ? `${pass} is rarest in ${lowest.standard} ${lowest.title}: ${lowest.passed.of}`
    : 'No rating of a standard is known';
  return {
    name: 'list',
    title,
    subtitle: `Known ratings of each standard that are ${pass}, in percent, all years of its editions pooled, with ${level}% intervals. ${source}`,
    chart: estimates(
      title,
      known.map((row) => ({ ...row.passed, label: row.standard, edition: row.edition, group: row.title })),
      { unit: `Percent rated ${pass}`, short: `% ${pass}` },
    ),
    table: book.table(`Standards, and how many of their known ratings are ${pass}`, rows, [
      ['Standard', book.toStandard],
      ['Domain', ({ domain }) => domain],
      ['Editions', ({ edition }) => edition],
      [`%${pass}`, ({ passed }) => passed],
    ]),
  };
}

export function standardPage(book: Book, standard: Standard): Page {
  const funnels = standard.editions.flatMap(({ edition, questions }) =>
    questions.flatMap(({ question }) => funnelsOf(book, edition, question)),
  );
  const reading = [{ text: 'How to read a funnel', to: 'funnel.html' }, '.'];
  return {
    path: standard.path,
    title: standard.title,
    lead: [
      `Domain: ${listed(different(standard.editions.map(({ domain }) => domain)))}. What it asks is below; `,
      { text: 'how its rating comes about', to: 'how.html' },
      '.',
    ],
    sections: [
      { id: 'ratings', heading: 'Ratings by year', blocks: [{ figure: distribution(book, standard) }] },
      { id: 'drivers', heading: 'What sets the rating', blocks: [{ table: drivers(book, standard) }] },
      { id: 'answers', heading: 'Answers by year', blocks: [{ figure: answers(book, standard) }] },
      {
        id: 'funnels',
        heading: 'Services in a funnel',
        blocks: funnels.map((figure, at) => (at === 0 ? { text: reading, figure } : { figure })),
      },
      { id: 'questions', heading: 'What is asked', blocks: questionBlocks(book, standard) },
    ],
  };
}

/** Ratings by year and edition; where another edition begins, the series breaks, and the chart says so. */
function distribution(book: Book, { standard }: Standard): Figure {
  const all = book.ratingTrend.filter((row) => row.standard === standard);
  const groups = [...groupBy(all, ({ edition, year }) => `${edition} ${year}`).values()]
    .filter((rows) => rows.some(({ inspections }) => inspections > 0))
    .map((rows) => {
      const { edition, year } = rows[0] as (typeof rows)[number];
      return { edition, year, rows: [...rows].sort((a, b) => b.rating_rank - a.rating_rank) };
    })
    .sort((a, b) => a.edition.localeCompare(b.edition) || a.year - b.year);
  const passed = book.passed(all);
  const isKnown = passed.among > 0;
  const title = isKnown
    ? `${passed.yes} of ${plural(passed.among, 'known rating')} ${passed.among === 1 ? 'is' : 'are'} ${book.pass}`
    : 'No rating of it is known';
  return {
    name: 'ratings',
    title,
    subtitle: `Ratings of ${standard} by year of fieldwork (else of publication) and edition${isKnown ? `; all together ${book.inWords(passed)}` : ''}. ${book.source}`,
    chart: bars(
      title,
      groups.map(({ edition, year, rows }, at) => {
        const begins = groups[at - 1]?.edition !== edition;
        return {
          label: String(year),
          edition,
          parts: rows.map((row) => ratingPart(row.rating, row.rating_rank, row.inspections)),
          break: begins ? `${edition} edition${at === 0 ? '' : ': series breaks'}` : undefined,
        };
      }),
      'Inspections rated',
    ),
    note: book.legend,
    table: book.table(
      `Ratings of ${standard}, by year and edition`,
      groups.flatMap(({ rows }) => rows),
      [
        ['Year', ({ year }) => String(year)],
        ['Edition', ({ edition }) => edition],
        ['Rating', (row) => rated(row.rating, row.rating_rank)],
        [
          '%Inspections',
          ({ inspections, rated, share, low, high }) => ({
            of: `${inspections} of ${rated}`,
            percent: Math.round(100 * share),
            low: 100 * low,
            high: 100 * high,
          }),
        ],
      ],
    ),
  };
}

/** Which key question set the computed rating, over all years of an edition. */
function drivers(book: Book, { standard }: Standard): Table {
  const driving = book.drivers.filter((row) => row.standard === standard && row.driving > 0);
  const rows = [...groupBy(driving, (row) => `${row.edition} ${row.key_question}`).values()].map((rows) => ({
    ...(rows[0] as (typeof rows)[number]),
    driving: rows.reduce((sum, { driving }) => sum + driving, 0),
    tied: rows.reduce((sum, { tied }) => sum + tied, 0),
  }));
  const computed = book.standardRatings.filter(
    (row) => row.standard === standard && row.computed_rating !== null,
  );
  const computedIn = (edition: string) => computed.filter((row) => row.edition === edition).length;
  return book.table('Key questions that had the lowest percentage, and so set the computed rating', rows, [
    ['Key question', (row) => row.key_question],
    ['Edition', (row) => row.edition],
    ['Wording', (row) => row.text],
    ['#Set it', (row) => `${row.driving} of ${computedIn(row.edition)}`],
    ['#Of these together with others', (row) => row.tied],
  ]);
}

/** How key questions were answered, year by year: the series of an edition stand apart. */
function answers(book: Book, { standard }: Standard): Figure | undefined {
  const known = book.keyQuestionTrend.flatMap(({ percent, ...row }) =>
    row.standard === standard && percent !== null
      ? { ...row, percent, of: `${row.yes} of ${row.relevant}` }
      : [],
  );
  const rows = [...groupBy(known, (row) => `${row.key_question} ${row.edition}`).values()].flat();
  const newest = Math.max(...rows.map(({ year }) => year));
  const [lowest] = rows.filter(({ year }) => year === newest).sort((a, b) => a.percent - b.percent);
  if (lowest === undefined) return undefined;
  const title = `Lowest in ${newest}: ${lowest.key_question}, yes in ${lowest.of} relevant cases, ${lowest.percent}%`;
  return {
    name: 'answers',
    title,
    subtitle: `Answers of all inspections whose counts are known, in percent of relevant cases under every edition, by key question, edition and year, with ${book.level}% intervals. ${book.source}`,
    chart: estimates(
      title,
      rows.map((row) => ({
        ...row,
        label: `${row.key_question} ${row.year}`,
        group: `${row.edition} edition`,
      })),
      { unit: 'Percent of yes', short: '% yes' },
    ),
    table: book.table('Answers to key questions by year', rows, [
      ['Key question', (row) => `${row.key_question} ${row.text}`],
      ['Edition', (row) => row.edition],
      ['Year', (row) => String(row.year)],
      [
        '#Inspections with counts',
        (row) => `${row.inspections} of ${row.inspections + row.inspections_without_counts}`,
      ],
      ['%Yes of relevant cases', (row) => row],
      ['Series', (row) => (row.series_break ? 'breaks here' : 'goes on')],
    ]),
  };
}

function questionBlocks(book: Book, { standard, editions }: Standard): Block[] {
  const broken = book.crosswalk.filter(
    (row) => [row.standard, row.next_standard].includes(standard) && row.relation !== 'continues',
  );
  return [
    ...editions.map(({ edition, title, questions }) => ({
      heading: `${edition} edition: ${title}`,
      list: questions.map(({ question, text, basis }) => [
        `${question} ${text}${basis === 'cases' ? '' : ' (judged)'}`,
      ]),
    })),
    {
      heading: 'Where questions change between editions',
      list: broken.map((row) => {
        const before = row.edition && `${row.edition} ${row.question}`;
        const after = row.next_edition && `${row.next_edition} ${row.next_question}`;
        const said = [before, after].filter(Boolean).join(' to ');
        return [`${said}: ${row.relation}${row.note ? `, ${row.note}` : ''}`];
      }),
    },
  ];
}
