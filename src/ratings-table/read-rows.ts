import { firstDay } from '../days.js';
import { editionOf } from '../framework/edition-of.js';
import { type CsvFile, cellProblem, isTotalsRow } from '../import/files/csv/csv-file.js';
import type { CsvRow } from '../import/files/csv/csv-file.js';
import { listed } from '../nearest.js';
import { type Problem, UserError } from '../problem.js';
import { isBlank, meaningOf, type PrintedScore, readRating, readScore, withoutMark } from './cells.js';
import type { ColumnMap, Columns, Field } from './columns.js';
import { type DateReading, fromSerial, readDate, readingOf } from './dates.js';
import { editionNamed, havingStandard, type KnownEditions } from './editions.js';

/** A row as the table gives it, its words and dates read. */
export interface TableRow {
  line: number;
  /** The service's name as it stands there. */
  name: string;
  /** As exactly as the table has them. */
  published: string;
  fieldwork?: string;
  edition: string;
  /** By field or by the standard's code, what is known; null where it says that there is no rating. */
  said: Map<string, string | null>;
  /** What there is to say of how it was read. */
  remarks: string[];
}

export interface ReadRows {
  rows: TableRow[];
  problems: Problem[];
  /** The service of every row, of those with problems too; without the day where that can't be read. */
  named: { line: number; name: string; day: string | undefined }[];
  /** Worth saying of the table as a whole. */
  notices: Problem[];
  /** Data rows, those left out included. */
  count: number;
}

export interface RowReading {
  columns: Columns;
  editions: KnownEditions;
  map: ColumnMap;
  /** The edition of rows that do not name one. */
  edition: string | undefined;
  /** Whether rows that name an edition which is not loaded are left out. */
  passOverUnknownEditions: boolean;
}

/** Fields that are kept as they stand. */
export const furtherFields = ['programme', 'inspection_type', 'report_url', 'source', 'certainty'] as const;

/** Reads every row; what is wrong with a cell is a problem at its line and column. */
export function readRows(csv: CsvFile, reading: RowReading): ReadRows {
  const { columns, map, editions } = reading;
  const read: ReadRows = { rows: [], problems: [], named: [], notices: [], count: 0 };
  const table: CsvRow[] = [];
  try {
    for (const row of csv.rows()) table.push(row);
  } catch (error) {
    // what is wrong with the file itself is told together with what is wrong with its cells
    if (!(error instanceof UserError) || error.problems.length === 0) throw error;
    read.problems.push(...error.problems);
  }
  read.count = table.length;
  const dateCells = (['published', 'fieldwork_start'] as const).flatMap((field) => {
    const at = columns.fields[field];
    return at === undefined ? [] : table.map(({ cells }) => withoutMark(cells[at] ?? ''));
  });
  const starts = [...editions.byCode.values()].flatMap(({ inUse }) => inUse.reports.from ?? []);
  const firstYear = starts.sort()[0]?.slice(0, 4) ?? '2000';
  const today = new Date().toISOString().slice(0, 10);
  const dates = readingOf(dateCells, map.date_format, { firstYear, today });
  const serials = dateCells.filter((cell) => fromSerial(cell) !== undefined).length;
  const { file } = csv;
  if (serials > 0)
    read.notices.push({
      file,
      message: `${serials} of the dates are numbers, read as Excel counts days from 1900`,
    });
  const leftOut: string[] = [];
  for (const row of table) {
    const what = isTotalsRow(row.cells) ? 'sums up others' : isNote(row.cells) ? 'is a note' : undefined;
    if (what !== undefined) {
      read.notices.push(cellProblem(csv, row.line, undefined, `this row ${what}, and was left out`));
      continue;
    }
    const one = readRow(csv, row, reading, dates);
    if (reading.passOverUnknownEditions && one.unknownEdition !== undefined) {
      leftOut.push(one.unknownEdition);
      continue;
    }
    read.problems.push(...one.problems);
    if (one.row) read.rows.push(one.row);
    if (one.named) read.named.push(one.named);
  }
  const which = [...new Set(leftOut)].sort().join(', ');
  if (leftOut.length > 0)
    read.notices.push({
      file,
      message: `rows of an edition that is not loaded (${which}) were left out: ${leftOut.length}`,
    });
  return read;
}

/** Whether a row is what stands below a table: "Source: …", "Notes", "* joint inspection", "[1] …". */
const isNote = ([first = '', ...others]: string[]): boolean =>
  others.every((cell) => cell === '') && /^(?:sources?|notes?)\b|^(?:[*†‡§¶¹²³]|\[\w{1,2}\])/iu.test(first);

interface ReadRow {
  row: TableRow | undefined;
  problems: Problem[];
  named: ReadRows['named'][number] | undefined;
  /** What the row names as its edition, where that is not loaded. */
  unknownEdition: string | undefined;
}

function readRow(csv: CsvFile, { cells, line }: CsvRow, reading: RowReading, dates: DateReading): ReadRow {
  const { columns, editions, map } = reading;
  const problems: Problem[] = [];
  const remarks: string[] = [];
  const sayAt = (at: number | undefined, message: string) =>
    problems.push(cellProblem(csv, line, at === undefined ? undefined : at + 1, message));
  const say = (field: Field, message: string) => sayAt(columns.fields[field], message);
  const textAt = (at: number | undefined) => withoutMark(cells[at ?? -1] ?? '');
  /** What a cell says; undefined where it says nothing. */
  const cell = (field: Field): string | undefined => {
    const at = columns.fields[field] ?? -1;
    // An address or a source is text of its own, in which a star may stand.
    const text = field === 'report_url' || field === 'source' ? (cells[at] ?? '').trim() : textAt(at);
    return isBlank(text, map.ratings) ? undefined : text;
  };
  const date = (field: 'published' | 'fieldwork_start'): string | undefined => {
    const text = cell(field);
    const found = text === undefined ? undefined : readDate(text, dates);
    if (typeof found !== 'object') return found;
    say(field, found.problem);
    return undefined;
  };
  const ratingAt = (at: number, words: readonly string[]): string | null | undefined => {
    const found = readRating(textAt(at), words, map.ratings);
    if (found === null || typeof found !== 'object') return found;
    sayAt(at, found.problem);
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
  const named = cell('edition');
  let edition: string | undefined = reading.edition;
  let unknownEdition: string | undefined;
  if (named !== undefined) {
    const found = editionNamed(editions, named);
    edition = typeof found === 'string' ? found : undefined;
    if (typeof found === 'object') {
      unknownEdition = named;
      say('edition', found.problem);
    }
  } else if (edition === undefined && published !== undefined) {
    const standards = rated.map(([code, { heading }]) => ({ code, heading }));
    const advice = 'say the edition in a column, or with --edition';
    const told = editionOf(editions.byCode, { standards, fieldwork, published, advice });
    if ('problem' in told) say('published', told.problem);
    else {
      edition = told.edition;
      remarks.push(`the edition is taken to be ${told.edition}, by ${told.by}`);
    }
  }
  const framework = edition === undefined ? undefined : editions.byCode.get(edition);
  // a row whose edition is not known is refused, but its words are looked at all the same
  const words = framework?.ratings ?? editions.ratings;
  const said = new Map<string, string | null>();
  const keep = (key: string, value: string | null | undefined) => {
    if (value !== undefined) said.set(key, value);
  };
  for (const [code, { at }] of rated) {
    const codes = framework?.standards.map((standard) => standard.code);
    if (codes && !codes.includes(code))
      sayAt(
        at,
        `edition ${edition} has no standard ${code}: ${havingStandard(editions, code)}; ${edition} has ${listed(codes, 20)}`,
      );
    else keep(code, ratingAt(at, words));
  }
  const overallAt = columns.fields.overall;
  if (overallAt !== undefined) keep('overall', ratingAt(overallAt, words));
  for (const [key, value] of Object.entries(scoreOf(cell, map, say))) keep(key, value);
  for (const field of furtherFields) keep(field, cell(field));
  const type = said.get('inspection_type');
  if (type != null) keep('inspection_type', inspectionType(type, map, say));

  const day = fieldwork ?? published;
  return {
    row:
      name === undefined || published === undefined || edition === undefined || problems.length > 0
        ? undefined
        : { line, name, published, edition, said, remarks, ...(fieldwork !== undefined && { fieldwork }) },
    problems,
    named: name === undefined ? undefined : { line, name, day: day && firstDay(day) },
    unknownEdition,
  };
}

type Say = (field: Field, message: string) => void;

/** A kind of inspection, which is free text; what is a mark in a column of yes and no is asked for. */
function inspectionType(text: string, { inspection_types: words = {} }: ColumnMap, say: Say): string {
  const meant = meaningOf(text, words);
  if (/^(?:true|false|yes|no|y|n|x|\d)$/i.test(meant))
    say(
      'inspection_type',
      `"${text}" is no kind of inspection: say what it means in a column map, such as inspection_types: {${JSON.stringify(text)}: joint}`,
    );
  return meant;
}

/** The score of a row, as it is printed in one column or in three. */
function scoreOf(cell: (field: Field) => string | undefined, map: ColumnMap, say: Say): PrintedScore {
  const [score, percent, outOf] = [cell('score'), cell('score_percent'), cell('out_of')];
  const wrong = (field: Field, text: string, must: string) => {
    const word = `, or blank; a word of your own for that is said in a column map: ratings: {${JSON.stringify(text)}: not known}`;
    say(field, `"${text}" is no ${must}${/\d/.test(text) ? '' : word}`);
  };
  const printed: PrintedScore = {};
  if (score !== undefined) {
    const found = readScore(score, map.score_is ?? 'points');
    if (found) Object.assign(printed, found);
    else wrong('score', score, 'score: it may be 21, 21/40 or 58%');
  }
  if (percent !== undefined) {
    const { score_percent } = readScore(percent, 'percent') ?? {};
    if (score_percent !== undefined) printed.score_percent = score_percent;
    else wrong('score_percent', percent, 'percentage: it may be 58 or 58.3%');
  }
  if (outOf !== undefined) {
    if (!/^\d{1,4}(?:\.0+)?$/.test(outOf)) wrong('out_of', outOf, 'maximum: it has to be a whole number');
    else if (printed.out_of !== undefined && Number(printed.out_of) !== Number(outOf))
      say('out_of', `the maximum is ${outOf} here and ${printed.out_of} beside the score`);
    else printed.out_of = outOf;
  }
  if (printed.out_of !== undefined && Number(printed.out_of) === 0)
    say(outOf === undefined ? 'score' : 'out_of', 'a score is out of more than 0');
  return printed;
}
