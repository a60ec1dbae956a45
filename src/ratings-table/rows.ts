import { dateOf } from '../days.js';
import { editionOf } from '../framework/edition-of.js';
import type { InspectionFile } from '../import/bundle/inspection-file.js';
import { type CsvFile, type CsvRow, cellProblem, isTotalsRow } from '../import/files/csv/csv-file.js';
import type { ColumnMap } from '../import/files/file-schema.js';
import type { Problem } from '../problem.js';
import { fullScore, rulesFor } from '../ratings/rules.js';
import { didYouMean, listed } from '../words/nearest.js';
import {
  isBlank,
  meaningOf,
  type PrintedScore,
  pointsOf,
  readRating,
  readScore,
  withoutMark,
} from './cells.js';
import type { Columns, Field } from './columns.js';
import { type DateReading, fromSerial, readDate, readingOf } from './dates.js';
import { editionNamed, havingStandard, type KnownEditions, unknownEdition } from './editions.js';

/** A row of a table, as inspection.yaml would have it. */
export interface TableRow {
  line: number;
  /** Without what of it can't be read; the service '' where there is none. */
  inspection: InspectionFile;
  /** What can't be read, each at its cell. */
  problems: Problem[];
  /** What there is to say of how it was read. */
  remarks: Problem[];
}

export interface Reading {
  csv: CsvFile;
  columns: Columns;
  editions: KnownEditions;
  map: ColumnMap;
  /** The edition of rows that do not name one. */
  edition: string | undefined;
  /** Whether rows that name an edition which is not loaded are left out. */
  passOverUnknownEditions: boolean;
  newService: boolean;
  synthetic: boolean;
}

/** How the dates of a table are read, and how many of them are numbers. */
export function datesOf(
  table: readonly CsvRow[],
  { columns, editions, map }: Reading,
): { dates: DateReading; serials: number } {
  const cells = (['published', 'fieldwork_start'] as const).flatMap((field) => {
    const at = columns.fields[field];
    return at === undefined ? [] : table.map((row) => withoutMark(row.cells[at] ?? ''));
  });
  const starts = [...editions.byCode.values()].flatMap(({ inUse }) => inUse.reports.from ?? []);
  const firstYear = starts.sort()[0]?.slice(0, 4) ?? '2000';
  const today = new Date().toISOString().slice(0, 10);
  return {
    dates: readingOf(cells, map.date_format, { firstYear, today }),
    serials: cells.filter((cell) => fromSerial(cell) !== undefined).length,
  };
}

/** Whether a row is what stands below a table: "Source: …", "Notes", "* joint inspection", "[1] …". */
const isNote = ([first = '', ...others]: string[]): boolean =>
  others.every((cell) => cell === '') && /^(?:sources?|notes?)\b|^(?:[*†‡§¶¹²³]|\[\w{1,2}\])/iu.test(first);

/** Reads a row. A text is why it is left out. */
export function readRow(
  { cells, line }: CsvRow,
  reading: Reading & { dates: DateReading },
): TableRow | string {
  if (isTotalsRow(cells)) return 'this row sums up others, and was left out';
  if (isNote(cells)) return 'this row is a note, and was left out';
  const { csv, columns, editions, map, newService, synthetic } = reading;
  const problems: Problem[] = [];
  const remarks: Problem[] = [];
  const sayAt = (at: number | undefined, message: string) =>
    problems.push(cellProblem(csv, line, at === undefined ? undefined : at + 1, message));
  const say = (field: Field, message: string) => sayAt(columns.fields[field], message);
  const remark = (message: string) => remarks.push(cellProblem(csv, line, undefined, message));
  const textAt = (at: number) => withoutMark(cells[at] ?? '');
  /** What a cell says; undefined where it says nothing. */
  const cell = (field: Field): string | undefined => {
    const at = columns.fields[field] ?? -1;
    // An address or a source is text of its own, in which a star may stand.
    const text = field === 'report_url' || field === 'source' ? (cells[at] ?? '') : textAt(at);
    return isBlank(text, map.ratings) ? undefined : text;
  };
  const date = (field: 'published' | 'fieldwork_start'): string | undefined => {
    const text = cell(field);
    const found = text && readDate(text, reading.dates);
    if (typeof found !== 'object') return found;
    say(field, found.problem);
    return undefined;
  };

  const name = cell('service')?.replaceAll(/\s+/g, ' ');
  if (name === undefined) say('service', 'the service is missing');
  if (cell('published') === undefined) say('published', 'the publication date is missing');
  const published = date('published');
  const fieldwork = date('fieldwork_start');
  if (fieldwork?.length === 4)
    say(
      'fieldwork_start',
      `"${fieldwork}" is a year: of fieldwork at least the month is needed; leave it blank when it is not known`,
    );
  const rated = [...columns.standards].filter(
    ([, { at }]) => readRating(textAt(at), editions.ratings, map.ratings) !== undefined,
  );

  let edition = reading.edition;
  const named = cell('edition');
  if (named !== undefined) {
    edition = editionNamed(editions, named);
    if (edition === undefined && reading.passOverUnknownEditions)
      return `edition ${named} is not loaded: the row was left out`;
    if (edition === undefined) say('edition', unknownEdition(editions, named));
  } else if (edition === undefined && published !== undefined) {
    const standards = rated.map(([code, { heading }]) => ({ code, heading }));
    const advice = 'say the edition in a column, or with --edition';
    const told = editionOf(editions.byCode, { standards, fieldwork, published, advice });
    if ('problem' in told) say('published', told.problem);
    else {
      edition = told.edition;
      remark(`the edition is taken to be ${edition}, by ${told.by}`);
    }
  }
  const framework = edition === undefined ? undefined : editions.byCode.get(edition);
  const scale = framework?.ratings ?? editions.ratings;
  const codes = framework?.standards.map((standard) => standard.code) ?? editions.standards;
  const entryAt = (at: number) => {
    const text = textAt(at);
    const rating = readRating(text, scale, map.ratings);
    if (rating && !scale.includes(rating))
      sayAt(
        at,
        `"${text}" is no rating${didYouMean(rating, scale)}: ${listed(scale)}, not rated, not known. Which of these it means is said in a column map: ratings: {${JSON.stringify(text)}: …}`,
      );
    return rating === undefined ? {} : rating === null ? { not_rated: true } : { rating };
  };
  for (const [code, { at }] of rated)
    if (!codes.includes(code))
      sayAt(
        at,
        `edition ${edition} has no standard ${code}: ${havingStandard(editions, code)}; ${edition} has ${listed(codes, 20)}`,
      );
  const standards = rated.map(([code, { at }]) => [code, entryAt(at)] as const);
  const day = dateOf({ fieldworkStart: fieldwork, published });
  const full = framework && day ? fullScore(rulesFor(framework, day)) : undefined;
  const overall = {
    ...(columns.fields.overall !== undefined && entryAt(columns.fields.overall)),
    ...scoreOf(cell, map, full, { say, remark }),
  };
  const kind = cell('inspection_type');
  const inspection_type = kind && meaningOf(kind, map.inspection_types);
  if (inspection_type && /^(?:true|false|yes|no|y|n|x|\d)$/i.test(inspection_type))
    say(
      'inspection_type',
      `"${kind}" is no kind of inspection: say what it means in a column map, such as inspection_types: {${JSON.stringify(kind)}: joint}`,
    );
  const inspection = {
    synthetic: synthetic || undefined,
    service: newService && name ? { name, area: name } : (name ?? ''),
    report: {
      published,
      [fieldwork?.length === 7 ? 'fieldwork_month' : 'fieldwork_from']: fieldwork,
      url: cell('report_url'),
    },
    ...{ edition, programme: cell('programme') },
    inspection_type,
    ...{ source: cell('source'), certainty: cell('certainty') },
    overall: Object.keys(overall).length > 0 ? overall : undefined,
    standard_ratings: standards.length > 0 ? Object.fromEntries(standards) : undefined,
  };
  problems.sort((a, b) => (a.column ?? 0) - (b.column ?? 0));
  // what is undefined is left out
  return { line, inspection: JSON.parse(JSON.stringify(inspection)), problems, remarks };
}

type ScoreField = 'score' | 'score_percent' | 'out_of';

/**
 * The score of a row, as it is printed in one column or in three, with the points that alone give a printed percentage. `full` is the most
 * that there is under the row's edition, where that is known.
 */
function scoreOf(
  cell: (field: ScoreField) => string | undefined,
  { score_is }: ColumnMap,
  full: number | undefined,
  {
    say,
    remark,
  }: Record<'say', (field: ScoreField, message: string) => void> &
    Record<'remark', (message: string) => void>,
): PrintedScore {
  const read = (field: ScoreField, isPercent = false): PrintedScore => {
    const text = cell(field);
    const found = text === undefined ? {} : readScore(text, isPercent);
    if (found && !(field === 'out_of' && found.score === 0)) return found;
    say(
      field,
      `"${text}" can't be a score: it may be 21, 21/30 or 58%. In a column map score_is: percent says what a number is, ratings: {${JSON.stringify(text)}: not known} what a word is`,
    );
    return {};
  };
  const printed = { ...read('score', score_is === 'percent'), ...read('score_percent', true) };
  const { score, score_percent: percent } = printed;
  const { score: outOf = printed.out_of } = read('out_of');
  if (outOf !== (printed.out_of ?? outOf))
    say('out_of', `the maximum is ${outOf} here and ${printed.out_of} beside the score`);
  // a maximum alone says nothing of the inspection
  if (score === undefined && percent === undefined) return {};
  const given = { ...printed, ...(outOf !== undefined && { out_of: outOf }) };
  const maximum = outOf ?? full;
  if (maximum === undefined) return given;
  if (score !== undefined && score > maximum)
    say(
      'score',
      `the score ${score} is above the maximum of ${maximum}: score_is: percent in a column map says what a score is, if not points`,
    );
  if (percent === undefined) return given;
  const possible = pointsOf(percent, maximum);
  if (score === undefined ? possible.length === 0 : !possible.includes(score))
    remark(`the score ${percent}% is not ${score ?? 'a whole number'} of ${maximum} points`);
  const [points, ...others] = possible;
  return score === undefined && points !== undefined && others.length === 0
    ? { ...given, score: points }
    : given;
}
