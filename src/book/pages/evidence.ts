import { estimates } from '../charts/estimates.js';
import type { Book } from '../model.js';
import { type Column, type Figure, rated, type Section } from '../page.js';
import { among, ofCases, shareOf } from '../words.js';

/** A column that says where in its report each published figure of a level stands; none where no place is recorded. */
export function placeColumn<Level extends 'standard' | 'key_question' | 'prompt'>(
  book: Book,
  id: number,
  level: Level,
): Column<Record<Level, string>>[] {
  const known = book
    .of(id, 'reconciled')
    .filter((row) => row.level === level.replace('_', ' ') && row.place !== null);
  const places = new Map(known.map(({ code, place }) => [code, place]));
  return known.length === 0 ? [] : [['Place in the report', (row) => places.get(row[level]) ?? '[x]']];
}

export const keyQuestions = (book: Book, id: number): Section => ({
  id: 'key-questions',
  heading: 'Key questions',
  blocks: [{ figure: figureOf(book, id) }],
});

/** The key questions of an inspection as a chart, and below it as a table with what each percentage rests on. */
function figureOf(book: Book, id: number): Figure | undefined {
  const rows = [...book.of(id, 'keyQuestions')].sort((a, b) => (a.key_question < b.key_question ? -1 : 1));
  const [lowest] = rows
    .flatMap(({ percent, ...row }) => (percent === null ? [] : { ...row, percent }))
    .sort((a, b) => a.percent - b.percent);
  if (lowest === undefined) return undefined;
  const drivers = book
    .of(id, 'standardRatings')
    .flatMap((row) => [row.driving_key_question, ...(row.tied_key_questions ?? [])]);
  const yes =
    lowest.yes === null
      ? `${lowest.percent}% of ${among(lowest)} cases`
      : `${ofCases(lowest)} cases, ${lowest.percent}%`;
  const title = `Lowest of ${rows.length} key questions: ${lowest.key_question}, yes in ${yes}`;
  const bands = book.scale.flatMap(({ rating, rank }) => {
    const of = book.scaleRows.filter((row) => row.edition === lowest.edition && row.rating === rating);
    const from = of.find(({ from_percent }) => from_percent !== null)?.from_percent;
    return from == null ? [] : [{ rating, rank, from }];
  });
  const chart =
    book.drawn.get(id) ??
    estimates(
      title,
      rows.map((row) => ({
        ...row,
        label: row.key_question,
        of: ofCases(row),
        group: row.title ?? '',
        isDriving: drivers.includes(row.key_question),
      })),
      { unit: 'Percent of yes', short: '% yes', bands },
    );
  book.drawn.set(id, chart);
  return {
    name: 'key-questions',
    title,
    subtitle: `Cases answered yes, in percent of ${lowest.base === 'inspected' ? 'all inspected cases' : 'relevant cases'} (${lowest.edition} edition), with ${book.level}% intervals; a diamond sets its standard's rating. Rests on ${lowest.evidence}. ${book.source}`,
    chart,
    note: `${book.legend}: the bands that percentages fall in.`,
    table: book.table('Key questions: yes, of how many cases, in percent', rows, [
      ['Key question', (row) => row.key_question],
      ['Wording', (row) => row.text],
      ['%Yes of cases', shareOf],
      [
        'Band',
        (row) => rated(row.rating, row.rating_rank, row.rating === null && row.relevant === 0 ? '[z]' : null),
      ],
      ['Rests on', (row) => row.evidence ?? '[x]'],
      ...placeColumn(book, id, 'key_question'),
    ]),
  };
}
