import { groupBy } from '../../group-by.js';
import type { Book } from '../model.js';
import { ratingPart } from '../ratings.js';
import type { Page } from '../render.js';
import { listed } from '../words.js';

type Standard = Book['standards'][number];

/** How many ratings of each standard are a pass; what has one code and another title is another standard. */
export function standardsPage(book: Book): Page {
  const rows = book.standards.flatMap(({ standard, editions: all }) =>
    [...groupBy(all, ({ title }) => title)].map(([title, editions]) => {
      const of = editions.map(({ edition }) => edition);
      const trend = book.ratingTrend.filter((row) => row.standard === standard && of.includes(row.edition));
      const passed = book.passed(trend);
      return {
        ...{ ...passed, standard, label: standard, group: title, edition: of.join(', ') },
        row: {
          Standard: book.toStandard({ standard, title }),
          Domain: listed(editions.map(({ domain }) => domain)),
          Editions: of.join(', '),
          [book.pass]: passed,
        },
      };
    }),
  );
  const known = rows.filter(({ among }) => among > 0);
  const [lowest] = [...known].sort((a, b) => (a.percent ?? 0) - (b.percent ?? 0));
  return { path: 'standards.html', template: 'standards', title: 'Standards', rows, known, lowest };
}

export function standardPage(book: Book, standard: Standard): Page {
  const { path, title, standard: code } = standard;
  const trend = book.ratingTrend.filter((row) => row.standard === code);
  const answers = answersOf(book, code);
  const newest = Math.max(...answers.map(({ year }) => year));
  return {
    ...{ path, template: 'standard', title, standard, answers },
    passed: book.passed(trend),
    years: yearsOf(trend),
    drivers: driversOf(book, code),
    lowest: answers.filter(({ year }) => year === newest).sort((a, b) => a.percent - b.percent)[0],
    funnels: standard.editions.flatMap(({ edition, questions }) =>
      questions.flatMap(({ question }) => funnelsOf(book, edition, question)),
    ),
    broken: book.crosswalk.filter(
      (row) => [row.standard, row.next_standard].includes(code) && row.relation !== 'continues',
    ),
  };
}

/** Ratings by year and edition, as bars and as rows; where another edition begins, the series breaks, and the chart says so. */
function yearsOf(trend: Book['ratingTrend']) {
  const sorted = [...trend].sort((a, b) => b.rating_rank - a.rating_rank);
  const groups = [...groupBy(sorted, ({ edition, year }) => `${edition} ${year}`)]
    .filter(([, rows]) => rows.some(({ inspections }) => inspections > 0))
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([, rows]) => ({ ...(rows[0] as (typeof rows)[number]), rows }));
  return groups.map(({ edition, year, rows }, at) => ({
    label: String(year),
    edition,
    parts: rows.map((row) => ratingPart(row.rating, row.rating_rank, row.inspections)),
    break:
      groups[at - 1]?.edition === edition
        ? undefined
        : `${edition} edition${at === 0 ? '' : ': series breaks'}`,
    rows: rows.map((row) => ({
      ...row,
      inspections: {
        of: `${row.inspections} of ${row.rated}`,
        percent: Math.round(100 * row.share),
        low: 100 * row.low,
        high: 100 * row.high,
      },
    })),
  }));
}

/** Which key question set the computed rating, over all years of an edition. */
function driversOf(book: Book, standard: string) {
  const driving = book.drivers.filter((row) => row.standard === standard && row.driving > 0);
  const computed = book.standardRatings.filter(
    (row) => row.standard === standard && row.computed_rating !== null,
  );
  return [...groupBy(driving, (row) => `${row.edition} ${row.key_question}`).values()].map((rows) => {
    const first = rows[0] as (typeof rows)[number];
    const among = computed.filter(({ edition }) => edition === first.edition).length;
    return {
      ...first,
      set_it: `${rows.reduce((sum, { driving }) => sum + driving, 0)} of ${among}`,
      of_these_together_with_others: rows.reduce((sum, { tied }) => sum + tied, 0),
    };
  });
}

/** How key questions were answered, year by year: the series of an edition stand apart. */
function answersOf(book: Book, standard: string) {
  const known = book.keyQuestionTrend.flatMap(({ percent, ...row }) => {
    if (row.standard !== standard || percent === null) return [];
    const share = { percent, of: `${row.yes} of ${row.relevant}`, low: row.low, high: row.high };
    return {
      ...{ ...row, ...share, yes_of_relevant_cases: share },
      label: `${row.key_question} ${row.year}`,
      group: `${row.edition} edition`,
      with_counts: `${row.inspections} of ${row.inspections + row.inspections_without_counts}`,
      series: row.series_break ? 'breaks here' : 'goes on',
    };
  });
  return [...groupBy(known, (row) => `${row.key_question} ${row.edition}`).values()].flat();
}

const isCounted = ({ yes, relevant }: Book['keyQuestions'][number]) => yes !== null && (relevant ?? 0) > 0;

/** Inspections by their share of yes to a key question; none where fewer than two have counts. */
function funnelsOf(book: Book, edition: string, question: string) {
  const all = book.keyQuestions.filter((row) => row.edition === edition && row.key_question === question);
  const rows = all
    .filter(isCounted)
    .map((row) => ({ ...row, yes: row.yes ?? 0, relevant: row.relevant ?? 0 }));
  if (rows.length < 2) return [];
  const pooled = book.share(
    rows.reduce((sum, { yes }) => sum + yes, 0),
    rows.reduce((sum, { relevant }) => sum + relevant, 0),
  );
  const share = (100 * pooled.yes) / pooled.among;
  const points = rows.map((row) => {
    const { yes, relevant, percent_of_relevant: percent, relevant_low: low, relevant_high: high } = row;
    const isOutside = (row.relevant_low_95 ?? 0) > share || (row.relevant_high_95 ?? 100) < share;
    return {
      ...row,
      ...{ cases: relevant, exact: (100 * yes) / relevant, isOutside },
      inspection: book.toInspection(row.inspection_id),
      yes_of_relevant_cases: { of: `${yes} of ${relevant}`, percent, low, high },
      limits: isOutside ? 'outside' : 'within',
    };
  });
  const outside = points.filter(({ isOutside }) => isOutside);
  return [{ edition, question, points, all: all.length, pooled, outside }];
}

/** What a funnel says, with that of the key question that most inspections have counts of. */
export function funnelPage(book: Book): Page {
  const counted = groupBy(book.keyQuestions.filter(isCounted), (row) => `${row.edition} ${row.key_question}`);
  const shown = [...counted.values()].filter((rows) => rows.length > 1).sort((a, b) => b.length - a.length);
  const [most] = shown[0] ?? [];
  return {
    path: 'funnel.html',
    template: 'funnel',
    title: 'Inspections in a funnel',
    funnels: most ? funnelsOf(book, most.edition, most.key_question) : [],
    others: book.standards.filter(({ standard }) => shown.some(([row]) => row?.standard === standard)),
  };
}
