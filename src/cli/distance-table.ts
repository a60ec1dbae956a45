import type { InspectionRatings } from '../queries/ratings.js';
import type { DistanceRow } from '../words/distance-rows.js';
import { distanceSentence } from '../words/distance-sentence.js';
import { wrap } from '../words/wrap.js';
import { inspectionHeading, scoreOf } from './inspection-heading.js';
import { type Column, table } from './table.js';

const width = 138;

/** What the cells before a line's last one take at most: standard, rating, next rating, answers. */
const before = 68;

const asDecided = '*';
const asPublished = ' (p)';

/** An inspection's distances: a table with a line a direction, and below it a sentence for each. */
export function distanceTable(inspection: InspectionRatings, given: readonly DistanceRow[]): string[] {
  const rows = given
    // where nothing is computed, up and down say the same
    .filter((row) => row.computed_rating !== null || row.direction === 'up');
  const columns: Column[] = [
    { title: 'standard' },
    { title: 'computed rating' },
    { title: 'next' },
    { title: 'answers', align: 'right' },
    { title: 'which, or why not' },
  ];
  const lines = rows.flatMap((row, at) => {
    const isFirst = rows[at - 1]?.standard !== row.standard;
    const [first = '', ...more] = wrap(which(row), width - before);
    return [
      [
        isFirst ? row.standard : '',
        isFirst ? rating(row) : '',
        row.computed_rating === null ? '-' : [arrow(row), row.next_rating].filter(Boolean).join(' '),
        row.answers ?? '-',
        first,
      ],
      ...more.map((line) => ['', '', '', '', line]),
    ];
  });
  const fixed = rows.find((row) => row.fixed_standards !== null)?.fixed_standards;
  const sentences = rows.filter((row) => row.next_rating !== null).flatMap(sentence);
  const score = inspection.score === null ? '' : `, score ${scoreOf(inspection)}`;
  return [
    `${inspectionHeading(inspection)}: ${inspection.rating ?? 'not rated'}${score}`,
    '',
    ...table(columns, lines),
    '',
    ...notes(rows),
    ...(fixed ? paragraph('no answer moves', fixed) : []),
    ...(sentences.length > 0 ? ['', ...sentences] : []),
  ];
}

const arrow = ({ direction }: DistanceRow): string => (direction === 'up' ? '↑' : '↓');

function rating({ computed_rating, rating, discretion }: DistanceRow): string {
  if (computed_rating === null) return rating === null ? '-' : rating + asPublished;
  return computed_rating + (discretion ? asDecided : '');
}

/** What has to move; else why nothing can be said, or why not all. */
function which({ key_questions, explanation, next_rating, computed_rating }: DistanceRow): string {
  if (key_questions === null)
    return next_rating === null && computed_rating !== null ? `(${explanation})` : (explanation ?? '');
  return explanation === null ? key_questions : `${key_questions}; ${explanation}`;
}

function notes(rows: readonly DistanceRow[]): string[] {
  const decided = new Map(
    rows.filter((row) => row.discretion).map((row) => [row.standard, `${row.standard} ${row.rating}`]),
  );
  return [
    ...(rows.some((row) => row.next_rating !== null)
      ? ['next is the nearest rating; where cases are few, an answer may carry it further']
      : []),
    ...(decided.size > 0
      ? paragraph(`${asDecided} a ratings panel decided otherwise`, [...decided.values()].join(', '))
      : []),
    ...(rows.some((row) => row.computed_rating === null && row.rating !== null)
      ? [`${asPublished.trim()} as published: nothing is computed`]
      : []),
  ];
}

const sentence = (row: DistanceRow): string[] => paragraph(row.standard, distanceSentence(row));

/** A line with what it is about before it; lines that it runs on to are indented. */
function paragraph(about: string, text: string): string[] {
  const [first = '', ...more] = wrap(`${about}: ${text}`, width);
  return [first, ...more.map((line) => `  ${line}`)];
}
