import { listed } from '../../nearest.js';
import { type Problem, UserError } from '../../problem.js';
import { type CsvFile, cellProblem, isTotalsRow } from '../files/csv/csv-file.js';
import type { ColumnMap, Field } from './column-map.js';
import type { Columns } from './columns.js';
import { firstDay, type KnownDate, readDate } from './date.js';
import {
  editionNamed,
  editionOfPublication,
  editionOfStandards,
  type KnownEditions,
} from './known-editions.js';
import { isUnknown, readRating } from './rating.js';
import { type PrintedScore, readScore } from './score.js';

/** A row as the table gives it, its words and dates read. What is not known is left out. */
export interface TableRow {
  line: number;
  /** The service's name as it stands there. */
  name: string;
  published: KnownDate;
  fieldwork?: KnownDate;
  edition: string;
  overall?: string;
  score: PrintedScore;
  /** By the standard's code. */
  ratings: Map<string, string>;
}

export interface ReadRows {
  rows: TableRow[];
  problems: Problem[];
  /** Services of rows with problems, to be looked up all the same; day is missing when it can't be read. */
  others: { line: number; name: string; day?: string }[];
  /** How many rows' edition was taken from their publication date. */
  editionsByPublication: number;
  /** Lines that only sum up others, and were left out. */
  totals: number[];
  /** Data rows, those left out included. */
  count: number;
}

/** Reads every row; what is wrong with a cell is a problem at its line and column. */
export async function readRows(
  csv: CsvFile,
  columns: Columns,
  { editions, map, edition }: { editions: KnownEditions; map: ColumnMap; edition: string | undefined },
): Promise<ReadRows> {
  const read: ReadRows = {
    rows: [],
    problems: [],
    others: [],
    editionsByPublication: 0,
    totals: [],
    count: 0,
  };
  const everyRating = [
    ...new Set([...editions.byCode.values()].flatMap(({ rules }) => rules[0]?.ratings ?? [])),
  ];
  try {
    for await (const batch of csv.batches()) {
      for (const [at, cells] of batch.rows.entries()) addRow(cells, batch.line(at));
    }
  } catch (error) {
    // what is wrong with the file itself is told together with what is wrong with its cells
    if (!(error instanceof UserError) || error.problems.length === 0) throw error;
    read.problems.push(...error.problems);
  }
  return read;

  function addRow(cells: string[], line: number): void {
    read.count++;
    if (isTotalsRow(cells)) {
      read.totals.push(line);
      return;
    }
    const problems: Problem[] = [];
    const named: ReadRows['others'] = [];
    const row = readRow(cells, line, problems, named);
    read.problems.push(...problems);
    if (row && problems.length === 0) read.rows.push(row);
    else read.others.push(...named);
  }

  function readRow(
    cells: string[],
    line: number,
    problems: Problem[],
    named: ReadRows['others'],
  ): TableRow | undefined {
    const say = (at: number | undefined, message: string) => {
      problems.push(cellProblem(csv, line, at === undefined ? undefined : at + 1, message));
    };
    const cellOf = (field: Field) => {
      const at = columns.fields[field];
      return at === undefined ? '' : (cells[at] ?? '').trim();
    };
    const dateOf = (field: 'published' | 'fieldwork_start') => {
      const cell = cellOf(field);
      if (isUnknown(cell)) return undefined;
      const date = readDate(cell, map.date_format);
      if (typeof date === 'string') return date;
      say(columns.fields[field], date.problem);
      return undefined;
    };

    const name = cellOf('service').replaceAll(/\s+/g, ' ');
    if (isUnknown(name)) say(columns.fields.service, 'the service is missing');
    if (isUnknown(cellOf('published'))) say(columns.fields.published, 'the publication date is missing');
    const published = dateOf('published');
    const fieldwork = dateOf('fieldwork_start');
    if (fieldwork?.length === 4)
      say(
        columns.fields.fieldwork_start,
        `"${fieldwork}" is a year: of fieldwork at least the month is needed; leave it blank when it is not known`,
      );

    const dated = fieldwork ?? published;
    if (!isUnknown(name)) named.push({ line, name, ...(dated && { day: firstDay(dated) }) });

    const rated = [...columns.standards].filter(([, at]) => !isUnknown(cells[at] ?? ''));
    const chosen = editionOf();
    const scale = chosen === undefined ? undefined : editions.byCode.get(chosen);
    const ratingAt = (at: number, words: readonly string[]) => {
      const rating = readRating(cells[at] ?? '', words, map.ratings);
      if (typeof rating === 'string') return rating;
      say(at, rating.problem);
      return undefined;
    };
    // a row whose edition is not known is refused, but its words are looked at all the same
    const words = scale?.rules[0]?.ratings ?? everyRating;
    const ratings = new Map<string, string>();
    const overallAt = columns.fields.overall;
    const overall =
      overallAt === undefined || isUnknown(cells[overallAt] ?? '') ? undefined : ratingAt(overallAt, words);
    for (const [code, at] of rated) {
      if (scale && !scale.standards.some((standard) => standard.code === code)) {
        const has = listed(
          scale.standards.map((standard) => standard.code),
          20,
        );
        say(at, `edition ${scale.code} has no standard ${code}: it has ${has}`);
        continue;
      }
      const rating = ratingAt(at, words);
      if (rating !== undefined) ratings.set(code, rating);
    }
    const score = scoreOf();
    if (published === undefined || scale === undefined) return undefined;
    return {
      line,
      name,
      published,
      ...(fieldwork === undefined ? {} : { fieldwork }),
      edition: scale.code,
      ...(overall === undefined ? {} : { overall }),
      score,
      ratings,
    };

    function editionOf(): string | undefined {
      const cell = cellOf('edition');
      if (!isUnknown(cell)) {
        const named = editionNamed(editions, cell);
        if (typeof named === 'string') return named;
        say(columns.fields.edition, named.problem);
        return undefined;
      }
      const told =
        edition ??
        editionOfStandards(
          editions,
          rated.map(([code]) => code),
        );
      if (told !== undefined || published === undefined) return told;
      const byPublication = editionOfPublication(editions, published);
      if (byPublication === undefined) {
        say(
          columns.fields.published,
          `no edition is taken for a report published ${published}: say the edition in a column, or with --edition`,
        );
        return undefined;
      }
      read.editionsByPublication++;
      return byPublication;
    }

    function scoreOf(): PrintedScore {
      const printed: PrintedScore = {};
      const cell = cellOf('score');
      if (!isUnknown(cell)) {
        const found = readScore(cell, map.score_is ?? 'points');
        if (found) Object.assign(printed, found);
        else say(columns.fields.score, `"${cell}" is no score: it may be 21, 21/36 or 58%`);
      }
      const share = cellOf('score_percent');
      if (!isUnknown(share)) {
        const found = readScore(share, 'percent');
        if (found?.percent !== undefined && found.points === undefined) printed.percent = found.percent;
        else say(columns.fields.score_percent, `"${share}" is no percentage: it may be 58 or 58.3%`);
      }
      const outOf = cellOf('out_of');
      if (!isUnknown(outOf)) {
        if (/^\d{1,4}(?:\.0+)?$/.test(outOf) && Number(outOf) > 0) {
          if (printed.outOf !== undefined && printed.outOf !== Number(outOf))
            say(columns.fields.out_of, `the maximum is ${outOf} here and ${printed.outOf} beside the score`);
          printed.outOf = Number(outOf);
        } else say(columns.fields.out_of, `"${outOf}" is no maximum: it has to be a whole number above 0`);
      }
      if (printed.outOf === 0) say(columns.fields.score, `"${cell}": a score is out of more than 0`);
      return printed;
    }
  }
}
