import type { Framework } from '../../framework/framework.js';
import { type Problem, UserError } from '../../problem.js';
import type { CsvFile } from '../files/csv/csv-file.js';
import type { FileRecord } from '../files/source.js';
import type { AnswerSheet } from './answer-sheet.js';
import { readAnswers } from './answers.js';
import type { Bundle } from './bundle.js';
import { type ListedCase, readCases } from './cases.js';
import type { Contradiction } from './check.js';
import { checkBundle } from './check-bundle.js';
import type { InspectionDates } from './dates.js';

/** A bundle that was held against its edition. */
export interface ExaminedBundle extends Bundle {
  framework: Framework;
  dates: InspectionDates;
  /** Empty when there are no case files. */
  listedCases: ListedCase[];
  sheets: AnswerSheet[];
  records: (FileRecord & { rows?: number; encoding?: string })[];
  /** Figures that the report prints though they do not go together. */
  contradictions: Contradiction[];
  /** Worth saying, and no error. */
  notices: Problem[];
}

/** Holds a bundle against its edition: what it says, and every problem of all its files. Without dates there is a problem. */
export function examine(
  bundle: Bundle,
  framework: Framework,
  { asPrinted = false }: { asPrinted?: boolean },
): Omit<ExaminedBundle, 'dates'> & { dates: InspectionDates | undefined; problems: Problem[] } {
  const problems: Problem[] = [];
  const notices: Problem[] = [];
  const say = (problem: Problem) => problems.push(problem);
  const notice = (problem: Problem) => notices.push(problem);
  const tables = [bundle.cases, bundle.answers].flatMap((csv) => csv ?? []);
  /** Reads a table; what makes it unreadable further down is told beside what was found above. */
  function read<T>(csv: CsvFile | undefined, reader: (csv: CsvFile) => T): T | undefined {
    try {
      return csv && reader(csv);
    } catch (error) {
      if (!(error instanceof UserError) || error.problems.length === 0) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  }
  const cases = read(bundle.cases, (csv) => readCases(csv, { framework, say, notice }));
  const check = checkBundle(bundle, framework, asPrinted, cases);
  problems.unshift(...check.problems);
  const { dates, contradictions } = check;
  const against = dates && cases && { framework, cases, fieldworkStart: dates.asOf, say, notice };
  const answers = against && read(bundle.answers, (csv) => readAnswers(csv, against));
  const printed = contradictions.map(({ problem }) => problem);
  const rows = [cases?.rows, answers?.rows];
  return {
    ...{ ...bundle, framework, dates, contradictions, problems },
    listedCases: cases?.cases ?? [],
    sheets: answers?.sheets ?? [],
    records: [
      bundle.yaml.record,
      ...tables.map(({ record, encoding }, at) => ({ ...record, rows: rows[at] ?? 0, encoding })),
    ],
    notices: [...notices, ...bundle.ignored, ...printed, ...tables.flatMap((csv) => csv.notices)],
  };
}
