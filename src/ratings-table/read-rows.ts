import { firstDay } from '../days.js';
import { editionOf } from '../framework/edition-of.js';
import { type CsvFile, cellProblem, isTotalsRow } from '../import/files/csv/csv-file.js';
import { listed } from '../nearest.js';
import { type Problem, UserError } from '../problem.js';
import type { ColumnMap, Field } from './column-map.js';
import type { Columns } from './columns.js';
import { type DateReading, isSerial, readDate, readingOf } from './dates.js';
import { editionNamed, havingStandard, type KnownEditions } from './editions.js';
import { type PrintedScore, readScore } from './score.js';
import { isBlank, orBlank, readRating, type SaidRating, withoutMark } from './words.js';

/** A rating of a row; null where it says that there is none. */
export type RowRating = string | null;

/** A row as the table gives it, its words and dates read. What is not known is left out. */
export interface TableRow {
  line: number;
  /** The service's name as it stands there. */
  name: string;
  /** As exactly as the table has them. */
  published: string;
  fieldwork?: string;
  edition: string;
  overall?: RowRating;
  score: PrintedScore;
  /** By the standard's code. */
  ratings: Map<string, RowRating>;
  more: Partial<Record<'programme' | 'inspection_type' | 'report_url' | 'source' | 'certainty', string>>;
  /** What there is to say of how it was read. */
  remarks: string[];
}

export interface ReadRows {
  rows: TableRow[];
  problems: Problem[];
  /** Services of rows with problems, to be looked up all the same; day is missing when it can't be read. */
  others: { line: number; name: string; day?: string }[];
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
  today: string;
  /** Whether rows that name an edition which is not loaded are left out. */
  passOverUnknownEditions: boolean;
}

/** Reads every row; what is wrong with a cell is a problem at its line and column. */
export async function readRows(csv: CsvFile, reading: RowReading): Promise<ReadRows> {
  const read: ReadRows = { rows: [], problems: [], others: [], notices: [], count: 0 };
  const table: { cells: string[]; line: number }[] = [];
  try {
    for (const row of csv.rows()) table.push(row);
  } catch (error) {
    // what is wrong with the file itself is told together with what is wrong with its cells
    if (!(error instanceof UserError) || error.problems.length === 0) throw error;
    read.problems.push(...error.problems);
  }
  read.count = table.length;
  const { columns, map, today } = reading;
  const dateCells = (['published', 'fieldwork_start'] as const).flatMap((field) => {
    const at = columns.fields[field];
    return at === undefined ? [] : table.map(({ cells }) => withoutMark((cells[at] ?? '').trim()));
  });
  const starts = [...reading.editions.byCode.values()].flatMap(({ inUse }) => inUse.reports.from ?? []);
  const firstYear = starts.sort()[0]?.slice(0, 4) ?? '2000';
  const dates = readingOf(dateCells, map.date_format, { firstYear, today });
  const serials = dateCells.filter(isSerial).length;
  if (serials > 0) {
    const message = `${serials} ${serials === 1 ? 'date is a number' : 'dates are numbers'}, read as Excel counts days from 1900`;
    read.notices.push({ file: csv.file, message });
  }
  const leftOut: string[] = [];
  for (const { cells, line } of table) {
    const named = editionCell(cells, columns);
    if (
      reading.passOverUnknownEditions &&
      !isBlank(named, map.ratings) &&
      typeof editionNamed(reading.editions, named) !== 'string'
    ) {
      leftOut.push(named);
      continue;
    }
    if (isTotalsRow(cells)) {
      read.notices.push(cellProblem(csv, line, undefined, 'this row sums up others, and was left out'));
      continue;
    }
    if (isNote(cells)) {
      read.notices.push(cellProblem(csv, line, undefined, 'this row is a note, and was left out'));
      continue;
    }
    const row = new RowReader(csv, { cells, line }, reading, dates);
    const made = row.read();
    read.problems.push(...row.problems);
    if (made && row.problems.length === 0) read.rows.push(made);
    else if (row.named) read.others.push(row.named);
  }
  if (leftOut.length > 0) {
    const rows = leftOut.length === 1 ? '1 row is' : `${leftOut.length} rows are`;
    const which = [...new Set(leftOut)].sort().join(', ');
    read.notices.push({
      file: csv.file,
      message: `${rows} of an edition that is not loaded (${which}), and left out`,
    });
  }
  return read;
}

/** Whether a row is what stands below a table: "Source: …", "Notes", "* joint inspection", "[1] …". */
const isNote = ([first = '', ...others]: string[]): boolean =>
  others.every((cell) => cell === '') && /^(?:sources?|notes?)\b|^(?:[*†‡§¶¹²³]|\[\w{1,2}\])/iu.test(first);

const editionCell = (cells: string[], { fields }: Columns): string =>
  fields.edition === undefined ? '' : withoutMark((cells[fields.edition] ?? '').trim());

/** Reads one row. */
class RowReader {
  readonly problems: Problem[] = [];
  readonly #remarks: string[] = [];
  named: ReadRows['others'][number] | undefined;

  constructor(
    readonly csv: CsvFile,
    readonly row: { cells: string[]; line: number },
    readonly reading: RowReading,
    readonly dates: DateReading,
  ) {}

  read(): TableRow | undefined {
    const { columns, editions, map } = this.reading;
    const name = this.#cell('service').replaceAll(/\s+/g, ' ');
    if (this.#isBlank(name)) this.#say('service', 'the service is missing');
    if (this.#isBlank(this.#cell('published'))) this.#say('published', 'the publication date is missing');
    const published = this.#date('published');
    const fieldwork = this.#date('fieldwork_start');
    if (fieldwork?.length === 4)
      this.#say(
        'fieldwork_start',
        `"${fieldwork}" is a year: of fieldwork at least the month is needed; leave it blank when it is not known`,
      );
    const dated = fieldwork ?? published;
    if (!this.#isBlank(name))
      this.named = { line: this.row.line, name, ...(dated && { day: firstDay(dated) }) };

    const everyWord = new Set([...editions.byCode.values()].flatMap(({ rules }) => rules[0]?.ratings ?? []));
    const rated = [...columns.standards].filter(
      ([, { at }]) => readRating(this.#text(at), [...everyWord], map.ratings) !== 'not known',
    );
    const edition = this.#edition(rated, published, fieldwork);
    const scale = edition === undefined ? undefined : editions.byCode.get(edition);
    // a row whose edition is not known is refused, but its words are looked at all the same
    const words = scale?.rules[0]?.ratings ?? [...everyWord];
    const ratings = new Map<string, RowRating>();
    for (const [code, { at }] of rated) {
      if (scale && !scale.standards.some((standard) => standard.code === code)) {
        const has = listed(
          scale.standards.map((standard) => standard.code),
          20,
        );
        this.#sayAt(
          at,
          `edition ${scale.code} has no standard ${code}: ${havingStandard(editions, code)}; ${scale.code} has ${has}`,
        );
        continue;
      }
      const rating = this.#rating(at, words);
      if (rating !== undefined) ratings.set(code, rating);
    }
    const overallAt = columns.fields.overall;
    const overall = overallAt === undefined ? undefined : this.#rating(overallAt, words);
    const score = this.#score();
    const more = Object.fromEntries(
      (['programme', 'inspection_type', 'report_url', 'source', 'certainty'] as const).flatMap((field) => {
        const cell = this.#cell(field);
        if (this.#isBlank(cell)) return [];
        return [[field, field === 'inspection_type' ? this.#inspectionType(cell) : cell]];
      }),
    );
    if (published === undefined || scale === undefined) return undefined;
    return {
      ...{ line: this.row.line, name, published, edition: scale.code, score, ratings, more },
      remarks: this.#remarks,
      ...(fieldwork !== undefined && { fieldwork }),
      ...(overall !== undefined && { overall }),
    };
  }

  #say(field: Field, message: string): void {
    this.#sayAt(this.reading.columns.fields[field], message);
  }

  #sayAt(at: number | undefined, message: string): void {
    this.problems.push(cellProblem(this.csv, this.row.line, at === undefined ? undefined : at + 1, message));
  }

  /** A cell without the mark of a footnote. */
  #text(at: number | undefined): string {
    return at === undefined ? '' : withoutMark((this.row.cells[at] ?? '').trim());
  }

  #cell(field: Field): string {
    const at = this.reading.columns.fields[field];
    // An address or a source is text of its own, in which a star may stand.
    return field === 'report_url' || field === 'source'
      ? (this.row.cells[at ?? -1] ?? '').trim()
      : this.#text(at);
  }

  #isBlank(cell: string): boolean {
    return isBlank(cell, this.reading.map.ratings);
  }

  #date(field: 'published' | 'fieldwork_start'): string | undefined {
    const cell = this.#cell(field);
    if (this.#isBlank(cell)) return undefined;
    const date = readDate(cell, this.dates);
    if (typeof date === 'string') return date;
    this.#say(field, date.problem);
    return undefined;
  }

  #rating(at: number, words: readonly string[]): RowRating | undefined {
    const said: SaidRating | { problem: string } = readRating(
      this.#text(at),
      words,
      this.reading.map.ratings,
    );
    if (said === 'not known') return undefined;
    if (said === 'not rated') return null;
    if ('rating' in said) return said.rating;
    this.#sayAt(at, said.problem);
    return undefined;
  }

  /** A kind of inspection, which is free text; what is a mark in a column of yes and no is asked for. */
  #inspectionType(cell: string): string {
    const words = Object.entries(this.reading.map.inspection_types ?? {});
    const own = words.find(([word]) => word.toLowerCase() === cell.toLowerCase())?.[1];
    if (own === undefined && /^(?:true|false|yes|no|y|n|x|\d)$/i.test(cell))
      this.#say(
        'inspection_type',
        `"${cell}" is no kind of inspection: say what it means in a column map, such as inspection_types: {${JSON.stringify(cell)}: joint}`,
      );
    return own ?? cell;
  }

  #edition(
    rated: [string, { heading: string }][],
    published: string | undefined,
    fieldwork: string | undefined,
  ): string | undefined {
    const { editions, edition } = this.reading;
    const cell = this.#cell('edition');
    if (!this.#isBlank(cell)) {
      const named = editionNamed(editions, cell);
      if (typeof named === 'string') return named;
      this.#say('edition', named.problem);
      return undefined;
    }
    if (edition !== undefined || published === undefined) return edition;
    const standards = rated.map(([code, { heading }]) => ({ code, heading }));
    const told = editionOf(editions.byCode, {
      standards,
      fieldwork,
      published,
      advice: 'say the edition in a column, or with --edition',
    });
    if ('problem' in told) {
      this.#say('published', told.problem);
      return undefined;
    }
    this.#remarks.push(`the edition is taken to be ${told.edition}, by ${told.by}`);
    return told.edition;
  }

  #score(): PrintedScore {
    const printed: PrintedScore = {};
    const cell = this.#cell('score');
    if (!this.#isBlank(cell)) {
      const scoreIs = this.reading.map.score_is ?? 'points';
      const found = readScore(cell, scoreIs);
      if (found) Object.assign(printed, found);
      else {
        const number = { points: '21', percent: '58.3', fraction: '0.583' }[scoreIs];
        this.#say('score', `"${cell}" is no score: it may be ${number}, 21/40 or 58%${orBlank(cell)}`);
      }
    }
    const share = this.#cell('score_percent');
    if (!this.#isBlank(share)) {
      const found = readScore(share, 'percent');
      if (found?.percent !== undefined && found.points === undefined) printed.percent = found.percent;
      else this.#say('score_percent', `"${share}" is no percentage: it may be 58 or 58.3%${orBlank(share)}`);
    }
    const outOf = this.#cell('out_of');
    if (!this.#isBlank(outOf)) {
      if (/^\d{1,4}(?:\.0+)?$/.test(outOf) && Number(outOf) > 0) {
        if (printed.outOf !== undefined && printed.outOf !== Number(outOf))
          this.#say('out_of', `the maximum is ${outOf} here and ${printed.outOf} beside the score`);
        printed.outOf = Number(outOf);
      } else
        this.#say('out_of', `"${outOf}" is no maximum: it has to be a whole number above 0${orBlank(outOf)}`);
    }
    if (printed.outOf === 0) this.#say('score', `"${cell}": a score is out of more than 0`);
    return printed;
  }
}
