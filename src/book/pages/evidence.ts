import { type Estimate, estimates } from '../charts/estimates.js';
import { type Cell, columns, type Figure } from '../figure.js';
import type { Book } from '../model.js';
import { csvPath } from '../page.js';
import { legend } from '../ratings.js';
import { interval, ofCases, percent } from '../words.js';

/** Bands of an edition on the scale of percentages, the lowest first; none where its rules are not known. */
export const bandsOf = (book: Book, edition: string) =>
  book.scale.flatMap(({ rating, rank }) => {
    const row = book.scaleRows.find(
      (one) => one.edition === edition && one.rating === rating && one.from_percent !== null,
    );
    return row ? [{ rating, rank, from: row.from_percent as number }] : [];
  });

/** A column that says where in its report each published figure of a level stands; none where no place is recorded. */
export function placeColumn(
  book: Book,
  inspectionId: number,
  level: string,
): { titles: string[]; cells: (code: string) => Cell[] } {
  const places = new Map(
    (book.reconciledOf.get(inspectionId) ?? [])
      .filter((row) => row.level === level && row.place !== null)
      .map(({ code, place }) => [code, place]),
  );
  return places.size === 0
    ? { titles: [], cells: () => [] }
    : { titles: ['Place in the report'], cells: (code) => [places.get(code) ?? '[x]'] };
}

type Rows = NonNullable<ReturnType<Book['keyQuestionsOf']['get']>>;

/** The key questions of an inspection as a chart, and below it as a table with what each percentage rests on. */
export function keyQuestionFigure(book: Book, page: string, inspectionId: number): Figure | undefined {
  const rows: Rows = book.keyQuestionsOf.get(inspectionId) ?? [];
  if (rows.every((row) => row.percent === null)) return undefined;
  const first = rows[0] as Rows[number];
  const standards = book.standardsOf.get(inspectionId) ?? [];
  const drives = (code: string) =>
    standards.some((one) => one.driving_key_question === code || one.tied_key_questions?.includes(code));
  const lowest = rows
    .filter((row) => row.percent !== null)
    .sort((a, b) => (a.percent as number) - (b.percent as number))[0] as Rows[number];
  const place = placeColumn(book, inspectionId, 'key question');
  const ordered = [...rows].sort((a, b) => (a.key_question < b.key_question ? -1 : 1));
  const title = `Lowest of ${rows.length} key questions: ${lowest.key_question}, yes in ${lowest.yes === null ? `${lowest.percent}% of ${(lowest.base === 'inspected' ? lowest.inspected : lowest.relevant) ?? '[x]'} cases` : `${ofCases(lowest)} cases, ${lowest.percent}%`}`;
  const shown: Estimate[] = ordered.map((row) => ({
    label: row.key_question,
    group: row.title ?? '',
    percent: row.percent,
    low: row.low,
    high: row.high,
    isDriving: drives(row.key_question),
  }));
  const chart =
    book.drawn.get(inspectionId) ??
    estimates(
      `${title}. ${shown.map((one) => `${one.label}: ${one.percent ?? 'not known'}%`).join('; ')}.`,
      shown,
      { unit: 'Percent of yes', short: '% yes', bands: bandsOf(book, first.edition) },
    );
  book.drawn.set(inspectionId, chart);
  return {
    id: 'key-questions-chart',
    title,
    subtitle: `Cases answered yes, in percent of ${first.base === 'inspected' ? 'all inspected cases' : 'relevant cases'} (${first.edition} edition), with ${book.level}% intervals; a diamond sets its standard's rating. Rests on ${first.evidence}. ${book.source}`,
    chart,
    notes: [`${legend(book.scale)}: the bands that percentages fall in.`],
    table: {
      caption: 'Key questions: yes, of how many cases, in percent',
      columns: columns(
        'Key question',
        'Wording',
        '#Yes of cases',
        '#%',
        `#${book.level}% interval`,
        'Band',
        'Rests on',
        ...place.titles,
      ),
      rows: ordered.map((row) => [
        row.key_question,
        row.text,
        ofCases(row),
        percent(row),
        interval(row.low, row.high),
        {
          rating: row.rating,
          rank: row.rating_rank,
          marker: row.rating === null ? (row.relevant === 0 ? '[z]' : '[x]') : null,
        },
        row.evidence ?? '[x]',
        ...place.cells(row.key_question),
      ]),
    },
    csv: csvPath(page, 'key-questions'),
  };
}
