import { dateOf } from '../days.js';
import { editionOf } from '../framework/edition-of.js';
import type { InspectionFile } from '../import/bundle/inspection-file.js';
import type { CsvRow } from '../import/files/csv/csv-file.js';
import { type CsvFile, cellProblem, isTotalsRow } from '../import/files/csv/csv-file.js';
import { didYouMean, listed } from '../nearest.js';
import type { Problem } from '../problem.js';
import { fullScore, rulesFor } from '../ratings/rules.js';
import {
  isBlank,
  meaningOf,
  type PrintedScore,
  pointsOf,
  readRating,
  readScore,
  withoutMark,
} from './cells.js';
import type { ColumnMap, Columns, Field } from './columns.js';
import { type DateReading, fromSerial, readDate, readingOf } from './dates.js';
import { editionNamed, havingStandard, type KnownEditions, unknownEdition } from './editions.js';

/** A row of a table, as inspection.yaml would have it. */
export interface TableRow {
  line: number;
  /** The service's name as it stands there, and when the report was published, as exactly as the table has it. */
  name: string;
  published: string;
  /** Without what of it can't be read. */
  inspection: InspectionFile;
  /** Whether nothing is wrong with it. */
  isSound: boolean;
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

export interface ReadRows {
  rows: TableRow[];
  problems: Problem[];
  /** Worth saying of the table as a whole. */
  notices: Problem[];
  /** Data rows, those left out included. */
  count: number;
}

/** Reads every row; what is wrong with a cell is a problem at its line and column. */
export function readRows(reading: Reading): ReadRows {
  const { csv, columns, map, editions } = reading;
  const table = [...csv.rows()];
  const read: ReadRows = { rows: [], problems: [], notices: [], count: table.length };
  const notice = (line: number | undefined, message: string) =>
    read.notices.push({ file: csv.file, ...(line !== undefined && { line }), message });
  const dateCells = (['published', 'fieldwork_start'] as const).flatMap((field) => {
    const at = columns.fields[field];
    return at === undefined ? [] : table.map(({ cells }) => withoutMark(cells[at] ?? ''));
  });
  const starts = [...editions.byCode.values()].flatMap(({ inUse }) => inUse.reports.from ?? []);
  const firstYear = starts.sort()[0]?.slice(0, 4) ?? '2000';
  const today = new Date().toISOString().slice(0, 10);
  const dates = readingOf(dateCells, map.date_format, { firstYear, today });
  const serials = dateCells.filter((cell) => fromSerial(cell) !== undefined).length;
  if (serials > 0)
    notice(undefined, `${serials} of the dates are numbers, read as Excel counts days from 1900`);
  for (const row of table) {
    const what = isTotalsRow(row.cells) ? 'sums up others' : isNote(row.cells) ? 'is a note' : undefined;
    if (what !== undefined) notice(row.line, `this row ${what}, and was left out`);
    else readRow(row, { ...reading, dates }, read);
  }
  return read;
}

/** Whether a row is what stands below a table: "Source: …", "Notes", "* joint inspection", "[1] …". */
const isNote = ([first = '', ...others]: string[]): boolean =>
  others.every((cell) => cell === '') && /^(?:sources?|notes?)\b|^(?:[*†‡§¶¹²³]|\[\w{1,2}\])/iu.test(first);

function readRow({ cells, line }: CsvRow, reading: Reading & { dates: DateReading }, read: ReadRows): void {
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
    const text = field === 'report_url' || field === 'source' ? (cells[at] ?? '').trim() : textAt(at);
    return isBlank(text, map.ratings) ? undefined : text;
  };
  const date = (field: 'published' | 'fieldwork_start'): string | undefined => {
    const text = cell(field);
    const found = text === undefined ? undefined : readDate(text, reading.dates);
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
    if (edition === undefined && reading.passOverUnknownEditions) {
      read.notices.push(
        cellProblem(csv, line, undefined, `edition ${named} is not loaded: the row was left out`),
      );
      return;
    }
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
  const entryAt = (at: number) => {
    const rating = readRating(textAt(at), scale, map.ratings);
    if (rating && !scale.includes(rating))
      sayAt(
        at,
        `"${textAt(at)}" is no rating${didYouMean(rating, scale)}: ${listed(scale)}, not rated, not known. Which of these it means is said in a column map: ratings: {${JSON.stringify(textAt(at))}: …}`,
      );
    return rating === undefined ? {} : rating === null ? { not_rated: true } : { rating };
  };
  const codes = framework?.standards.map((standard) => standard.code) ?? editions.standards;
  for (const [code, { at }] of rated)
    if (!codes.includes(code))
      sayAt(
        at,
        `edition ${edition} has no standard ${code}: ${havingStandard(editions, code)}; ${edition} has ${listed(codes, 20)}`,
      );
  const standards = rated.map(([code, { at }]) => [code, entryAt(at)] as const);
  const day = dateOf({ fieldworkStart: fieldwork, published });
  const full = framework && day ? fullScore(rulesFor(framework, day)) : undefined;
  const score = scoreOf(cell, map, full, { say, remark });
  // a maximum alone says nothing of the inspection
  const isScored = score.score !== undefined || score.score_percent !== undefined;
  const overall = {
    ...(columns.fields.overall !== undefined && entryAt(columns.fields.overall)),
    ...(isScored && score),
  };
  const kind = cell('inspection_type');
  const inspection_type = kind && meaningOf(kind, map.inspection_types);
  if (inspection_type && /^(?:true|false|yes|no|y|n|x|\d)$/i.test(inspection_type))
    say(
      'inspection_type',
      `"${kind}" is no kind of inspection: say what it means in a column map, such as inspection_types: {${JSON.stringify(kind)}: joint}`,
    );
  read.problems.push(...problems);
  if (name === undefined) return;
  const isSound = problems.length === 0;
  const inspection = {
    synthetic: synthetic || undefined,
    service: newService ? { name, area: name } : name,
    report: {
      published,
      [fieldwork?.length === 7 ? 'fieldwork_month' : 'fieldwork_from']: fieldwork,
      url: cell('report_url'),
    },
    ...{ edition, programme: cell('programme'), inspection_type },
    ...{ source: cell('source'), certainty: cell('certainty') },
    overall: Object.keys(overall).length > 0 ? overall : undefined,
    standard_ratings: standards.length > 0 ? Object.fromEntries(standards) : undefined,
  };
  // what is undefined is left out
  read.rows.push({
    ...{ line, name, published: published ?? '', isSound, remarks },
    inspection: JSON.parse(JSON.stringify(inspection)),
  });
}

type Say = (field: Field, message: string) => void;

/**
 * The score of a row, as it is printed in one column or in three, with the points that alone give a printed percentage. `full` is the most
 * that there is under the row's edition, where that is known.
 */
function scoreOf(
  cell: (field: Field) => string | undefined,
  { score_is }: ColumnMap,
  full: number | undefined,
  { say, remark }: { say: Say; remark: (message: string) => void },
): PrintedScore {
  let printed: PrintedScore = {};
  const wrong = (field: Field, text: string) =>
    say(
      field,
      `"${text}" can't be a score: it may be 21, 21/30 or 58%. In a column map score_is: percent says what a number is, ratings: {${JSON.stringify(text)}: not known} what a word is`,
    );
  for (const field of ['score', 'score_percent'] as const) {
    const text = cell(field);
    const isPercent = field === 'score_percent' || score_is === 'percent';
    const found = text === undefined ? {} : readScore(text, isPercent);
    if (!found || (field === 'score_percent' && found.score !== undefined)) wrong(field, text as string);
    else printed = { ...printed, ...found };
  }
  const outOf = cell('out_of');
  if (outOf !== undefined && !/^[1-9]\d{0,3}(?:\.0+)?$/.test(outOf)) wrong('out_of', outOf);
  else if (outOf !== undefined && Number(outOf) !== (printed.out_of ?? Number(outOf)))
    say('out_of', `the maximum is ${outOf} here and ${printed.out_of} beside the score`);
  else if (outOf !== undefined) printed.out_of = Number(outOf);
  const { score, score_percent: percent, out_of: maximum = full } = printed;
  if (maximum === undefined) return printed;
  if (score !== undefined && score > maximum)
    say(
      'score',
      `the score ${score} is above the maximum of ${maximum}: score_is: percent in a column map says what a score is, if not points`,
    );
  if (percent === undefined) return printed;
  const possible = pointsOf(percent, maximum);
  if (score === undefined ? possible.length === 0 : !possible.includes(score))
    remark(`the score ${percent}% is not ${score ?? 'a whole number'} of ${maximum} points`);
  return {
    ...printed,
    ...(score === undefined && possible.length === 1 && { score: possible[0] as number }),
  };
}
