import type { Framework } from '../../framework/framework.js';
import { type Problem, UserError } from '../../problem.js';
import type { FileRecord } from '../files/source.js';
import type { AnswerSheet } from './answer-sheet.js';
import { readAnswers } from './answers.js';
import { type Bundle, notLoaded } from './bundle.js';
import { caseCodes } from './case-codes.js';
import { type ListedCase, readCases } from './cases.js';
import type { Contradiction } from './check/check.js';
import { checkBundle } from './check/index.js';
import type { InspectionDates } from './dates.js';

/** A bundle in which nothing is wrong but, perhaps, its service: that is looked up when it is written. */
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

/** Holds a bundle against its edition. Throws a UserError with every problem of all its files. */
export function examine(
  bundle: Bundle,
  framework: Framework,
  { asPrinted }: { asPrinted: boolean },
): ExaminedBundle {
  const problems: Problem[] = [];
  const notices: Problem[] = [];
  const notice = (problem: Problem) => notices.push(problem);
  const codes = caseCodes(framework.attributes);
  const say = (problem: Problem) => problems.push(problem);
  const { cases: casesCsv, answers: answersCsv, yaml } = bundle;
  const cases = casesCsv && told(say, () => readCases(casesCsv, { framework, codes, say, notice }));
  const {
    dates,
    problems: wrong,
    contradictions,
  } = checkBundle(bundle, framework, {
    cases: casesCsv && cases && { list: cases, file: casesCsv.file },
    asPrinted,
  });
  problems.unshift(...wrong);
  const answers =
    dates && casesCsv && cases && answersCsv
      ? told(say, () =>
          readAnswers(answersCsv, {
            framework,
            cases,
            casesFile: casesCsv.file,
            fieldworkStart: dates.asOf,
            say,
            notice,
          }),
        )
      : undefined;
  if (!dates || problems.length > 0) throw notLoaded(bundle.name, problems);
  const table = (csv: typeof casesCsv, rows: number | undefined) =>
    csv ? [{ ...csv.record, rows: rows ?? 0, encoding: csv.encoding }] : [];
  return {
    ...bundle,
    framework,
    dates,
    listedCases: cases?.cases ?? [],
    sheets: answers?.sheets ?? [],
    records: [yaml.record, ...table(casesCsv, cases?.rows), ...table(answersCsv, answers?.rows)],
    contradictions,
    notices: [
      ...notices,
      ...bundle.ignored,
      ...contradictions.map(({ problem }) => problem),
      ...(casesCsv?.notices ?? []),
      ...(answersCsv?.notices ?? []),
    ],
  };
}

/** Reads a table; what makes it unreadable further down is told beside what was found above. */
function told<T>(say: (problem: Problem) => void, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UserError) || error.problems.length === 0) throw error;
    for (const problem of error.problems) say(problem);
    return undefined;
  }
}
