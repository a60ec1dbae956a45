import type { Framework } from '../../framework/framework.js';
import type { Problem } from '../../problem.js';
import { didYouMean, listed } from '../../words/nearest.js';
import { type CsvFile, cellProblem, withoutTotals } from '../files/csv/csv-file.js';
import {
  type AnswerSheet,
  cell,
  emptySheets,
  isOfOtherKinds,
  notAskedFor,
  type SheetQuestion,
} from './answer-sheet.js';
import { caseKey, once, quoted, spreadsheetTrace } from './case-codes.js';
import type { CaseList, ListedCase } from './cases.js';
import { unknownQuestion } from './check-bundle.js';

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
  const inLong = ['case', 'question', 'answer'];
  const [caseAt = -1, questionAt = -1, answerAt = -1] = inLong.map((name) => headings.indexOf(name));
  const isLong = questionAt >= 0 || answerAt >= 0;
  const strange = isLong ? csv.header.filter((one) => one && !inLong.includes(one.toLowerCase())) : [];
  // A wide table in which no heading is near a code is none.
  const isWhole = isLong ? questionAt >= 0 && answerAt >= 0 : headings.some((one) => /\d/.test(one));
  const isTurned = headings.some(
    (one) => answers.isCase(one) && ![...inLong, ...answers.codes].includes(one),
  );
  if (caseAt < 0 || !isWhole || strange.length > 0 || isTurned) {
    const found = listed(csv.header.filter(Boolean), mostHeadings);
    const message = `${isTurned ? 'the table is turned round: ' : ''}${forms}; found are ${found}`;
    answers.say(csv.headerLine, undefined, message);
    return { sheets, rows: 0 };
  }
  const columns = isLong ? [] : answers.columns(caseAt);
  const rowOf = new Map<ListedCase, number>();
  let rows = 0;
  for (const { cells, line } of withoutTotals(csv, reading.say, answers.isCase)) {
    rows++;
    const one = answers.case(cells[caseAt] as string, line, caseAt + 1);
    if (isLong) {
      const asked = answers.question(cells[questionAt] as string, line, questionAt + 1);
      if (one && asked) answers.put(one, asked, cells[answerAt] as string, line, answerAt + 1);
      continue;
    }
    if (!one) continue;
    const before = rowOf.get(one);
    if (before !== undefined) {
      answers.say(line, caseAt + 1, `case "${one.pseudonym}" has a row already, line ${before}: leave one`);
      continue;
    }
    rowOf.set(one, line);
    for (const { at, asked } of columns) answers.put(one, asked, cells[at] as string, line, at + 1);
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

  get codes(): Iterable<string> {
    return this.#questions.keys();
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
    const known = cases.map((one) => one.pseudonym);
    // what is "03-Jan" in one table may be "3-1" in the other
    const odd = known.find((one) => spreadsheetTrace(one) !== '');
    const there = odd === undefined ? '' : `, which has "${odd}"${spreadsheetTrace(odd)}`;
    const near = `${didYouMean(pseudonym, known)}${spreadsheetTrace(pseudonym) || there}`;
    return `case ${quoted(pseudonym)} is not in ${file}${near}`;
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
      const code = /\d/.test(before) ? before : heading;
      const asked = this.question(code, headerLine, at + 1);
      if (!asked) continue;
      if (code !== heading && !hasWords) {
        const message = `a code with words after it is read as the code: ${quoted(heading)} is ${code}`;
        this.reading.notice(cellProblem(this.csv, headerLine, at + 1, message));
        hasWords = true;
      }
      const twin = columns.find((one) => one.asked === asked);
      if (!twin) columns.push({ at, asked });
      else {
        const message = `heading ${quoted(heading)} is read as question ${code}, and so is that of column ${twin.at + 1}: leave one`;
        this.say(headerLine, at + 1, message);
      }
    }
    for (const { sheet, question } of this.#questions.values()) {
      const from = question.row * sheet.cases.length;
      const cells = sheet.cells.subarray(from, from + sheet.cases.length);
      if (columns.some(({ asked }) => asked.question === question) || !cells.includes(cell.none)) continue;
      const message = `the column of question ${question.code} is missing: it is asked of the ${question.sample} cases`;
      this.say(headerLine, undefined, message);
      cells.fill(cell.wrong);
    }
    return columns;
  }

  /** Puts an answer of a case to a question. What is not asked may be empty or not applicable, as in a grid it has to be. */
  put(one: ListedCase, { sheet, question }: Asked, word: string, line: number, field: number): void {
    const say = (message: string) => this.say(line, field, message);
    const { code, sample } = question;
    const of = `case "${one.pseudonym}"`;
    const answer = words.get(word) ?? words.get(word.toLowerCase());
    const saysNothing = word === '' || answer === cell.notApplicable;
    if (one.sampleId !== sheet.sampleId) {
      const there = `in the ${one.sample} sample (${this.reading.cases.file}, line ${one.line})`;
      if (!saysNothing) say(`question ${code} is asked of ${sample} cases, and ${of} is ${there}`);
      return;
    }
    const at = question.row * sheet.cases.length + one.place;
    if (sheet.lines[at] !== 0) {
      say(`${of} has an answer to ${code} already, in line ${sheet.lines[at]}: leave one`);
      return;
    }
    sheet.lines[at] = line;
    if (saysNothing && sheet.cells[at] === cell.notApplicable) return;
    if (isOfOtherKinds(question, one)) {
      const kinds = [...(question.kinds ?? [])].join(', ');
      say(
        `question ${code} is asked only of ${kinds}, and ${of} is ${one.kind}: leave the answer out, or put na`,
      );
      return;
    }
    sheet.cells[at] = answer ?? cell.wrong;
    const why = notAskedFor(question, one);
    if (word === '')
      say(`the answer of ${of} to ${code} is empty: ${allowed}, na where the question does not apply`);
    else if (answer === undefined) {
      // To a single letter or digit no answer is near: whoever wrote "1" may have meant yes.
      const near = word.length > 1 ? didYouMean(word, ['yes', 'no', 'na']) : '';
      say(`answer ${quoted(word)}${near}: ${allowed}`);
    } else if (why) {
      const where = `${why.attribute} is ${why.value}`;
      const { cases, ...first } = this.#notAsked.get(code) ?? { cases: 0, line, field, where };
      this.#notAsked.set(code, { ...first, cases: cases + 1 });
    }
  }

  /** Says, a case a problem, which answers are missing, and counts those that there are. */
  end(): void {
    for (const [code, { cases, line, field, where }] of this.#notAsked) {
      const message = `question ${code} is not asked where ${where}, but ${cases} such ${cases === 1 ? 'case has' : 'cases have'} an answer: kept as it is`;
      this.reading.notice(cellProblem(this.csv, line, field, message));
    }
    for (const sheet of this.sheets) {
      const { cells, lines, questions, cases } = sheet;
      for (const one of cases) {
        const at = ({ row }: SheetQuestion) => row * cases.length + one.place;
        const missing = questions.filter((question) => cells[at(question)] === cell.none);
        if (missing.length === 0) continue;
        const codes = missing.map(({ code }) => code);
        const isAny = questions.some((question) => lines[at(question)] !== 0);
        const message = `case "${one.pseudonym}" has no answer${isAny ? ` to ${listed(codes, mostCodes)}` : ''} in ${this.csv.file}`;
        this.reading.say(cellProblem(this.reading.cases, one.line, 1, message));
      }
      sheet.answers = cells.reduce((sum, one) => (one >= cell.yes ? sum + 1 : sum), 0);
    }
  }
}
