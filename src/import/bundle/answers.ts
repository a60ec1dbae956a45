import type { Framework } from '../../framework/framework.js';
import { didYouMean, listed } from '../../nearest.js';
import type { Problem } from '../../problem.js';
import { type CsvFile, cellProblem, withoutTotals } from '../files/csv/csv-file.js';
import {
  type AnswerSheet,
  cell,
  emptySheets,
  mayBeAskedOf,
  notAskedFor,
  type SheetQuestion,
} from './answer-sheet.js';
import { caseKey, once, quoted, spreadsheetTrace } from './case-codes.js';
import type { CaseList, ListedCase } from './cases.js';
import { unknownQuestion } from './check.js';

/** What answers are read against. */
interface Reading {
  framework: Framework;
  cases: CaseList;
  /** ISO date. */
  fieldworkStart: string;
  say: (problem: Problem) => void;
  /** Says what is odd, and no error. */
  notice: (problem: Problem) => void;
}

const words = new Map<string, number>([
  ...['yes', 'y'].map((word) => [word, cell.yes] as const),
  ...['no', 'n'].map((word) => [word, cell.no] as const),
  ...['na', 'n/a', 'not applicable'].map((word) => [word, cell.notApplicable] as const),
]);
const allowed = 'allowed are yes, no, na (or n/a, not applicable)';
const forms = 'the columns have to be case, question and answer, or case and a column for each question code';
const [mostCodes, mostHeadings] = [8, 8];

interface Asked {
  sheet: AnswerSheet;
  question: SheetQuestion;
}

/**
 * Reads answers.csv, long (case, question, answer) or wide (case, and a column a question), against the edition and the
 * cases; what is wrong is said, and the rest is read on.
 */
export function readAnswers(csv: CsvFile, reading: Reading): { sheets: AnswerSheet[]; rows: number } {
  const answers = new Answers(csv, reading);
  const { sheets } = answers;
  const headings = csv.header.map((heading) => heading.toLowerCase());
  const [caseAt, questionAt, answerAt] = ['case', 'question', 'answer'].map((name) =>
    headings.indexOf(name),
  ) as [number, number, number];
  const isLong = questionAt >= 0 || answerAt >= 0;
  // A wide table in which no heading is near a code is none.
  const isSound =
    caseAt >= 0 && (isLong ? questionAt >= 0 && answerAt >= 0 : headings.some((one) => /\d/.test(one)));
  if (!isSound) {
    const isTurned = headings.some((heading) => answers.isCase(heading));
    const found = listed(csv.header.filter(Boolean), mostHeadings);
    answers.say(
      csv.headerLine,
      undefined,
      `${isTurned ? 'the table is turned round: ' : ''}${forms}; found are ${found}`,
    );
    return { sheets, rows: 0 };
  }
  const columns = isLong ? [] : answers.columns(caseAt);
  for (const [at, heading] of isLong ? headings.entries() : [])
    if (heading !== '' && ![caseAt, questionAt, answerAt].includes(at))
      answers.say(csv.headerLine, at + 1, `unknown column ${quoted(heading)}: ${forms}`);
  const rowOf = new Map<ListedCase, number>();
  let rows = 0;
  for (const { cells, line } of withoutTotals(csv, reading.say, answers.isCase)) {
    rows++;
    const one = answers.case(cells[caseAt] as string, line, caseAt + 1);
    if (isLong) {
      const asked = answers.question(cells[questionAt] as string, line, questionAt + 1);
      if (one && asked)
        answers.put(one, asked, { word: cells[answerAt] as string, line, field: answerAt + 1 });
      continue;
    }
    if (!one) continue;
    const before = rowOf.get(one);
    if (before !== undefined)
      answers.say(line, caseAt + 1, `case "${one.pseudonym}" has a row already, line ${before}: leave one`);
    else {
      rowOf.set(one, line);
      for (const { at, asked } of columns)
        answers.put(one, asked, { word: cells[at] as string, line, field: at + 1, isGrid: true });
    }
  }
  answers.end();
  return { sheets, rows };
}

/** The answers of an inspection, put into its sheets one by one; what is wrong with one that can't be put there is said. */
class Answers {
  readonly sheets: AnswerSheet[];
  readonly #questions = new Map<string, Asked>();
  /** By question: answers of cases that it is not asked of, and what is said of them at the first. */
  readonly #notAsked = new Map<string, { cases: number; line: number; field: number; where: string }>();

  constructor(
    private readonly csv: CsvFile,
    private readonly reading: Reading,
  ) {
    this.sheets = emptySheets(reading.framework, reading.cases, reading.fieldworkStart);
    for (const sheet of this.sheets)
      for (const question of sheet.questions) this.#questions.set(question.code, { sheet, question });
  }

  say(line: number, field: number | undefined, message: string): void {
    this.reading.say(cellProblem(this.csv, line, field, message));
  }

  readonly isCase = (pseudonym: string): boolean => this.reading.cases.byPseudonym.has(caseKey(pseudonym));

  /** The case of a pseudonym, or undefined, and it is said that there is none. */
  case(pseudonym: string, line: number, field: number): ListedCase | undefined {
    const { byPseudonym, unplaced } = this.reading.cases;
    const found = byPseudonym.get(caseKey(pseudonym));
    if (!found && (pseudonym === '' || !unplaced.has(caseKey(pseudonym))))
      this.say(line, field, this.#whyNoCase(pseudonym));
    return found;
  }

  // What is wrong with a pseudonym or a code is asked once, and said wherever it stands.
  readonly #whyNoCase = once((pseudonym) => {
    const { file, cases } = this.reading.cases;
    if (pseudonym === '') return 'case is empty: every row needs the pseudonym of a case';
    const near = didYouMean(
      pseudonym,
      cases.map((one) => one.pseudonym),
    );
    return `case ${quoted(pseudonym)} is not in ${file}${near}${spreadsheetTrace(pseudonym)}`;
  });

  /** The question of a code that is asked of cases at the time, or undefined, and it is said why not. */
  question(code: string, line: number, field: number): Asked | undefined {
    const found = this.#questions.get(code);
    if (!found) this.say(line, field, this.#whyNoQuestion(code));
    return found;
  }

  readonly #whyNoQuestion = once((code) => {
    if (code === '') return 'question is empty: every row needs the code of a question';
    const { framework, fieldworkStart } = this.reading;
    const question = framework.questions.get(code);
    if (question?.sampleId === null)
      return `question ${code} of standard ${question.standard} is judged, not answered for cases`;
    if (question) return `question ${code} was not asked in fieldwork of ${fieldworkStart}`;
    const ofCases = [...framework.questions].filter(([, { sampleId }]) => sampleId !== null);
    return `${unknownQuestion(code.slice(0, 60), framework, new Map(ofCases))}${spreadsheetTrace(code)}`;
  });

  /** The columns of a wide table. A code may have words after it, which is noticed once. One that is missing is said. */
  columns(caseAt: number): { at: number; asked: Asked }[] {
    const { header, headerLine } = this.csv;
    const columns: { at: number; asked: Asked }[] = [];
    let hasWords = false;
    for (const [at, heading] of header.entries()) {
      if (at === caseAt || heading === '') continue;
      const [, before = ''] = heading.match(/^([\w.]*\w)[.:)]?\s+\S/) ?? [];
      const code = this.#questions.has(before) ? before : heading;
      if (code !== heading && !hasWords) {
        const message = `a code with words after it is read as the code: ${quoted(heading)} is ${code}`;
        this.reading.notice(cellProblem(this.csv, headerLine, at + 1, message));
        hasWords = true;
      }
      const asked = this.question(code, headerLine, at + 1);
      if (asked) columns.push({ at, asked });
    }
    for (const { sheet, question } of this.#questions.values()) {
      const isThere = columns.some(({ asked }) => asked.question === question);
      if (isThere || !sheet.cases.some((one) => mayBeAskedOf(question, one))) continue;
      const message = `the column of question ${question.code} is missing: it is asked of the ${sheet.cases[0]?.sample} cases`;
      this.say(headerLine, undefined, message);
      const from = question.row * sheet.cases.length;
      sheet.cells.fill(cell.wrong, from, from + sheet.cases.length);
    }
    return columns;
  }

  /** Puts an answer of a case to a question. In a grid every case has a cell for every question, and what is not asked stays empty. */
  put(
    one: ListedCase,
    { sheet, question }: Asked,
    { word, line, field, isGrid = false }: { word: string; line: number; field: number; isGrid?: boolean },
  ): void {
    const say = (message: string) => this.say(line, field, message);
    const { code, kinds, sample, row } = question;
    const answer = words.get(word) ?? words.get(word.toLowerCase());
    const saysNothing = word === '' || answer === cell.notApplicable;
    if (one.sampleId !== sheet.sampleId) {
      const there = `(${this.reading.cases.file}, line ${one.line})`;
      if (!isGrid || !saysNothing)
        say(
          `question ${code} is asked of ${sample} cases, and case "${one.pseudonym}" is in the ${one.sample} sample ${there}`,
        );
      return;
    }
    const at = row * sheet.cases.length + one.place;
    if (sheet.cells[at] !== cell.none) {
      say(`case "${one.pseudonym}" has an answer to ${code} already, in line ${sheet.lines[at]}: leave one`);
      return;
    }
    sheet.lines[at] = line;
    const why = notAskedFor(question, one);
    const isAsked = mayBeAskedOf(question, one);
    const put = !isAsked || (why && word === '') ? cell.notApplicable : (answer ?? cell.wrong);
    sheet.cells[at] = put;
    if (put !== cell.wrong) sheet.answers++;
    if (!isAsked && !saysNothing)
      say(
        `question ${code} is asked only of ${[...(kinds ?? [])].join(', ')}, and case "${one.pseudonym}" is ${one.kind}: leave the answer out, or put na`,
      );
    else if (isAsked && why && !saysNothing && answer !== undefined) {
      const of = this.#notAsked.get(code);
      const where = `${why.attribute} is ${why.value}`;
      this.#notAsked.set(code, of ? { ...of, cases: of.cases + 1 } : { cases: 1, line, field, where });
    } else if (put === cell.wrong && word === '')
      say(
        `the answer of case "${one.pseudonym}" to ${code} is empty: ${allowed}, na where the question does not apply`,
      );
    else if (put === cell.wrong) {
      // To a single letter or digit no answer is near: whoever wrote "1" may have meant yes.
      const near = word.length > 1 ? didYouMean(word, ['yes', 'no', 'na']) : '';
      say(`answer ${quoted(word)}${near}: ${allowed}`);
    }
  }

  /** Fills what need not be said, and says, a case a problem, which answers are missing. */
  end(): void {
    for (const [code, { cases, line, field, where }] of this.#notAsked) {
      const message = `question ${code} is not asked where ${where}, but ${cases} such ${cases === 1 ? 'case has' : 'cases have'} an answer: kept as it is`;
      this.reading.notice(cellProblem(this.csv, line, field, message));
    }
    const { file } = this.reading.cases;
    for (const sheet of this.sheets) {
      for (const one of sheet.cases) {
        const missing: string[] = [];
        let asked = 0;
        for (const question of sheet.questions) {
          const at = question.row * sheet.cases.length + one.place;
          // Of a kind that was wrong it is not known whether a question for some kinds is asked.
          const isAsked = (question.kinds?.has(one.kind ?? '') ?? true) && !notAskedFor(question, one);
          if (isAsked) asked++;
          if (sheet.cells[at] !== cell.none) continue;
          if (isAsked) missing.push(question.code);
          else {
            sheet.cells[at] = cell.notApplicable;
            sheet.answers++;
          }
        }
        if (missing.length === 0) continue;
        const which = missing.length === asked ? '' : ` to ${listed(missing, mostCodes)}`;
        const message = `case "${one.pseudonym}" has no answer${which} in ${this.csv.file}`;
        this.reading.say({ file, line: one.line, column: 1, message });
      }
    }
  }
}
