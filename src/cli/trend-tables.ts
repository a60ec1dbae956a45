import { groupBy } from '../group-by.js';
import type { DisplayRule, KeyQuestionInYear, RatingInYear } from '../queries/of-years.js';
import { initials, initialsLegend } from '../words/initials.js';
import { shadeOf, sparkline, stackedBar } from './bars.js';
import { type Column, table } from './table.js';
import { terminalWidth } from './width.js';

/** Places of a stacked bar. */
const barLength = 20;
/** What a line has besides the words for ratings: year, how many were rated, the shades, the bar. */
const narrowest = 50;

/** Ratings by year: a table for each standard and edition, a line a year, a column a rating; by their initials where words have no room. */
export function ratingTrendTables(rows: readonly RatingInYear[]): string[] {
  const everyRating = [...new Set(rows.map(({ rating }) => rating))];
  const narrow = everyRating.join().length + narrowest > terminalWidth();
  const blocks = [...groupBy(rows, ({ standard, edition }) => `${standard} ${edition}`).values()];
  const tables = blocks.flatMap((block, at) => {
    const [{ standard, title, edition }] = block as [RatingInYear];
    const ratings = [...new Set(block.map(({ rating }) => rating))];
    const columns: Column[] = [
      { title: 'year' },
      { title: 'rated', align: 'right' },
      ...ratings.map((rating, rank) => ({
        title: `${narrow ? initials(rating) : rating} ${shadeOf(rank)}`,
        align: 'right' as const,
      })),
      { title: '' },
    ];
    const lines = [...groupBy(block, ({ year }) => year)].map(([year, of]) => [
      year,
      of[0]?.rated ?? 0,
      ...of.map(({ inspections }) => inspections),
      stackedBar(
        of.map(({ share }) => share),
        barLength,
      ),
    ]);
    const heading = `${standard}${title ? ` ${title}` : ''}, edition ${edition}`;
    return [...(at > 0 ? [''] : []), heading, '', ...table(columns, lines)];
  });
  return narrow ? [...tables, '', initialsLegend(everyRating)] : tables;
}

/** Answers by year and edition: lines of each series of key questions, with a small bar for each year from the first to the last. */
export function keyQuestionTrendTables(
  rows: readonly KeyQuestionInYear[],
  { confidence_level }: Pick<DisplayRule, 'confidence_level'>,
): string[] {
  const years = rows.map(({ year }) => year);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const columns: Column[] = [
    { title: 'key question' },
    { title: `${first} to ${last}` },
    { title: 'year', align: 'right' },
    { title: 'edition' },
    { title: 'services', align: 'right' },
    { title: 'yes', align: 'right' },
    { title: 'relevant', align: 'right' },
    { title: 'percent', align: 'right' },
    { title: `${confidence_level}% interval`, align: 'right' },
    { title: '' },
  ];
  const lines = [...groupBy(rows, ({ question_series }) => question_series).values()].flatMap((series) => {
    const byYear = new Map(series.map((row) => [row.year, row.percent]));
    const bars = sparkline(
      Array.from({ length: last - first + 1 }, (_, at) => byYear.get(first + at) ?? null),
    );
    return series.map((row, at) => [
      at === 0 ? row.question_series.replace(/^(.*) (\S+)$/, '$2 ($1)') : '',
      at === 0 ? bars : '',
      row.year,
      row.edition,
      row.services,
      row.yes ?? '-',
      row.relevant ?? '-',
      row.percent === null ? '-' : `${row.percent}%`,
      row.low === null || row.high === null ? '-' : `${Math.round(row.low)} to ${Math.round(row.high)}`,
      row.series_break ? 'series breaks here' : '',
    ]);
  });
  return table(columns, lines);
}
