import type { Connection } from '../database/connect.js';
import { groupBy } from '../group-by.js';
import { exitCode, UserError } from '../problem.js';
import { displayRule, keyQuestionTrend, type RatingInYear, ratingTrend } from '../queries/of-years.js';
import type { ViewRow } from '../queries/view.js';
import { shortened } from '../words/initials.js';
import { shadeOf, sparkline, stackedBar } from './bars.js';
import { printRows, type TableOptions } from './print.js';
import { table } from './table.js';
import { withDatabase } from './with-database.js';

export function trends(
  standard: string | undefined,
  { questions, synthetic = false, ...form }: TableOptions & { questions?: boolean },
): Promise<void> {
  if (questions && standard === 'overall')
    throw new UserError('overall has no key questions: name a standard, such as 2.1.', exitCode.call);
  return withDatabase(async ({ db }) => {
    const found = async <Row extends { standard: string | null }>(
      what: string,
      asked: (
        db: Connection,
        wanted: { standard?: string | undefined; synthetic: boolean },
      ) => Promise<Row[]>,
    ): Promise<Row[]> => {
      const rows = await asked(db, { standard, synthetic });
      if (rows.length > 0) return rows;
      const there = standard === undefined ? [] : await asked(db, { synthetic });
      const codes = [...new Set(there.map((row) => row.standard))];
      throw new UserError(
        `No ${synthetic ? 'invented' : 'real'} inspection has ${what}` +
          (standard === undefined ? '' : ` of a standard "${standard}"`) +
          (codes.length > 0 ? `: it can be ${codes.join(', ')}.` : '.'),
        exitCode.call,
      );
    };
    if (questions) {
      const rows = await found('answers to key questions', keyQuestionTrend);
      const { confidence_level } = await displayRule(db);
      printRows(form, rows, () => keyQuestionTrendTable(rows, confidence_level));
    } else {
      const rows = await found('ratings', ratingTrend);
      printRows(form, rows, () => ratingTrendTables(rows));
    }
  });
}

/** Places of a stacked bar. */
const barLength = 20;

/** Ratings by year: a table for each standard and edition, a line a year, a column a rating by its initials. */
function ratingTrendTables(rows: readonly RatingInYear[]): string[] {
  const { short, legend } = shortened(rows.map(({ rating }) => rating));
  const blocks = groupBy(rows, ({ standard, edition }) => `${standard} ${edition}`);
  return [
    ...[...blocks.values()].flatMap((block) => {
      const [{ standard, title, edition }] = block as [RatingInYear];
      const ratings = [...new Set(block.map(({ rating }) => rating))];
      const columns = ratings.map((rating, rank) => ({ right: `${short(rating)} ${shadeOf(rank)}` }));
      const lines = [...groupBy(block, ({ year }) => year)].map(([year, of]) => {
        const shares = of.map(({ share }) => share);
        return [year, of[0]?.rated ?? 0, ...of.map((one) => one.inspections), stackedBar(shares, barLength)];
      });
      const heading = `${standard}${title ? ` ${title}` : ''}, edition ${edition}`;
      return [heading, '', ...table(['year', { right: 'rated' }, ...columns, ''], lines), ''];
    }),
    legend,
  ];
}

/** Answers by year and edition: lines of each series of key questions, with a small bar for each year from the first to the last. */
export function keyQuestionTrendTable(
  rows: readonly ViewRow<'key_question_trend'>[],
  confidenceLevel: number,
): string[] {
  const years = rows.map(({ year }) => year);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const right = (...titles: string[]) => titles.map((title) => ({ right: title }));
  const lines = [...groupBy(rows, ({ question_series }) => question_series)].flatMap(([name, series]) => {
    const byYear = new Map(series.map((row) => [row.year, row.percent]));
    const bars = Array.from({ length: last - first + 1 }, (_, at) => byYear.get(first + at) ?? null);
    return series.map((row, at) => [
      ...(at === 0 ? [name.replace(/^(.*) (\S+)$/, '$2 ($1)'), sparkline(bars)] : ['', '']),
      ...[row.year, row.edition, row.services, row.yes ?? '-', row.relevant ?? '-'],
      row.percent === null ? '-' : `${row.percent}%`,
      row.low === null || row.high === null ? '-' : `${Math.round(row.low)} to ${Math.round(row.high)}`,
      row.series_break ? 'series breaks here' : '',
    ]);
  });
  const numbers = right('services', 'yes', 'relevant', 'percent', `${confidenceLevel}% interval`);
  return table(['key question', `${first} to ${last}`, ...right('year'), 'edition', ...numbers, ''], lines);
}
