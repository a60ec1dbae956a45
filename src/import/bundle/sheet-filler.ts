import type { Framework } from '../../framework/framework.js';
import { didYouMean, listed } from '../../nearest.js';
import type { Problem } from '../../problem.js';
import { type CsvFile, cellProblem } from '../files/csv/csv-file.js';
import {
  type AnswerSheet,
  cell,
  emptySheets,
  isAskedOf,
  notAskedFor,
  type SheetQuestion,
} from './answer-sheet.js';
import { caseKey } from './case-codes.js';
import type { CaseList, ListedCase } from './cases.js';
import { unknownQuestion } from './check/questions.js';
import { spreadsheetTrace } from './spreadsheet-traces.js';

/** What answers are read against. */
export interface Reading {
  framework: Framework;
  cases: CaseList;
  /** What the file of the cases is called. */
  casesFile: string;
  /** ISO date. */
  fieldworkStart: string;
  say: (problem: Problem) => void;
  /** Says what is odd, and no error. */
  notice: (problem: Problem) => void;
}

const words = new Map<string, number>([
  ...['yes', 'Yes', 'YES', 'y', 'Y'].map((word) => [word, cell.yes] as const),
  ...['no', 'No', 'NO', 'n', 'N'].map((word) => [word, cell.no] as const),
  ...['na', 'n/a', 'not applicable', 'NA', 'N/A'].map((word) => [word, cell.notApplicable] as const),
]);
const allowed = 'allowed are yes, no, na';
const allowedWords = `${allowed} (or n/a, not applicable)`;
const mostCodes = 8;

/** To a single letter or digit no answer is near: whoever wrote "1" may have meant yes. */
const nearestAnswer = (word: string) => (word.length > 1 ? didYouMean(word, ['yes', 'no', 'na']) : '');

/** Puts answers into the sheets of an inspection, and says what is wrong with each that can't be put there. */
export class SheetFiller {
  readonly sheets: Map<number, AnswerSheet>;
  readonly #csv: CsvFile;
  readonly #reading: Reading;
  readonly #questions = new Map<string, { sheet: AnswerSheet; question: SheetQuestion }>();
  /** What is wrong with a code or a pseudonym: asked once, said wherever it stands. */
  readonly #strange = new Map<string, string>();
  /** By question: answers of cases that it is not asked of, and where the first of them stands. */
  readonly #notAsked = new Map<
    string,
    { cases: number; line: number; field: number; attribute: string; value: string }
  >();

  #hasWords = false;

  constructor(csv: CsvFile, reading: Reading) {
    this.#csv = csv;
    this.#reading = reading;
    this.sheets = emptySheets(reading.framework, reading.cases, reading.fieldworkStart);
    for (const sheet of this.sheets.values()) {
      for (const question of sheet.questions) this.#questions.set(question.code, { sheet, question });
    }
  }

  say(line: number, field: number | undefined, message: string): void {
    this.#reading.say(cellProblem(this.#csv, line, field, message));
  }

  isCase(pseudonym: string): boolean {
    return this.#reading.cases.byPseudonym.has(caseKey(pseudonym));
  }

  /** The case of a pseudonym, or undefined, and it is said that there is none. */
  findCase(pseudonym: string, line: number, field: number): ListedCase | undefined {
    const { byPseudonym, isUnplaced } = this.#reading.cases;
    const found = byPseudonym.get(caseKey(pseudonym));
    if (!found && (pseudonym === '' || !isUnplaced(caseKey(pseudonym)))) {
      const why = () =>
        pseudonym === ''
          ? 'case is empty: every row needs the pseudonym of a case'
          : `case "${pseudonym.slice(0, 60)}" is not in ${this.#reading.casesFile}${didYouMean(
              pseudonym,
              [...byPseudonym.values()].map((one) => one.pseudonym),
            )}${spreadsheetTrace(pseudonym)}`;
      this.say(line, field, this.#once(`case ${pseudonym}`, why));
    }
    return found;
  }

  /** The question of a code that is asked of cases at the time, or undefined, and it is said why not. */
  findQuestion(
    code: string,
    line: number,
    field: number,
  ): { sheet: AnswerSheet; question: SheetQuestion } | undefined {
    const found = this.#questions.get(code);
    if (!found)
      this.say(
        line,
        field,
        this.#once(`question ${code}`, () => this.#explainCode(code)),
      );
    return found;
  }

  /** The question of a heading: its code, or the code and then its words, which is noticed once. */
  findHeading(
    heading: string,
    line: number,
    field: number,
  ): { sheet: AnswerSheet; question: SheetQuestion } | undefined {
    const [, code = ''] = heading.match(/^([\w.]*\w)[.:)]?\s+\S/) ?? [];
    const found = this.#questions.get(code);
    if (!found || this.#questions.has(heading)) return this.findQuestion(heading, line, field);
    if (!this.#hasWords) {
      const message = `a code with words after it is read as the code: "${heading.slice(0, 60)}" is ${code}`;
      this.#reading.notice(cellProblem(this.#csv, line, field, message));
    }
    this.#hasWords = true;
    return found;
  }

  /** Whether a text is a code of a question that is asked of cases. */
  isQuestion(code: string): boolean {
    return this.#questions.has(code);
  }

  /** Puts an answer of a case to a question; `field` is where it stands. Unless `isGrid`, it need not have been said. */
  put(
    one: ListedCase,
    { sheet, question }: { sheet: AnswerSheet; question: SheetQuestion },
    { word, line, field, isGrid }: { word: string; line: number; field: number; isGrid: boolean },
  ): void {
    const answer = words.get(word) ?? words.get(word.toLowerCase());
    if (one.sampleId !== sheet.sampleId) {
      // In a grid every case has a cell for every question, and those of other samples stay empty.
      if (!isGrid || (word !== '' && answer !== cell.notApplicable))
        this.say(line, field, this.#otherSample(one, question));
      return;
    }
    const at = question.row * sheet.cases.length + one.place;
    if (sheet.cells[at] !== cell.none) {
      const before = sheet.lines[at];
      this.say(
        line,
        field,
        `case "${one.pseudonym}" has an answer to ${question.code} already, in line ${before}: leave one`,
      );
      return;
    }
    sheet.lines[at] = line;
    if (!isAskedOf(question, one)) {
      sheet.cells[at] = cell.notApplicable;
      sheet.answers++;
      if (word !== '' && answer !== cell.notApplicable) {
        const only = [...(question.kinds ?? [])].join(', ');
        this.say(
          line,
          field,
          `question ${question.code} is asked only of ${only}, and case "${one.pseudonym}" is ${one.kind}: leave the answer out, or put na`,
        );
      }
      return;
    }
    const why = notAskedFor(question, one);
    if (why && word === '') {
      sheet.cells[at] = cell.notApplicable;
      sheet.answers++;
      return;
    }
    sheet.cells[at] = answer ?? cell.wrong;
    if (why && answer !== undefined && answer !== cell.notApplicable)
      this.#countNotAsked(question, why, line, field);
    if (answer !== undefined) sheet.answers++;
    else {
      this.say(
        line,
        field,
        word === ''
          ? `the answer of case "${one.pseudonym}" to ${question.code} is empty: ${allowed} (na where the question does not apply)`
          : `answer "${word.slice(0, 60)}"${nearestAnswer(word)}: ${allowedWords}`,
      );
    }
  }

  /** Marks the answers to a question as missing for a reason that was said. */
  give(sheet: AnswerSheet, question: SheetQuestion): void {
    const from = question.row * sheet.cases.length;
    sheet.cells.fill(cell.wrong, from, from + sheet.cases.length);
  }

  /** Fills what need not be said, and says, a case a problem, which answers are missing. */
  end(): void {
    for (const [code, { cases, line, field, attribute, value }] of this.#notAsked) {
      const message = `question ${code} is not asked where ${attribute} is ${value}, but ${cases} such ${cases === 1 ? 'case has' : 'cases have'} an answer: kept as it is`;
      this.#reading.notice(cellProblem(this.#csv, line, field, message));
    }
    for (const sheet of this.sheets.values()) {
      for (const one of sheet.cases) {
        const missing = [];
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
        const message = `case "${one.pseudonym}" has no answer${which} in ${this.#csv.file}`;
        this.#reading.say({ file: this.#reading.casesFile, line: one.line, column: 1, message });
      }
    }
  }

  #once(key: string, explain: () => string): string {
    const known = this.#strange.get(key);
    if (known !== undefined) return known;
    const message = explain();
    if (this.#strange.size < 1000) this.#strange.set(key, message);
    return message;
  }

  #explainCode(code: string): string {
    if (code === '') return 'question is empty: every row needs the code of a question';
    const { framework, fieldworkStart } = this.#reading;
    const question = framework.questions.get(code);
    if (question?.sampleId === null)
      return `question ${code} of standard ${question.standard} is judged, not answered for cases`;
    if (question) return `question ${code} was not asked in fieldwork of ${fieldworkStart}`;
    const ofCases = [...framework.questions].filter(([, { sampleId }]) => sampleId !== null);
    return `${unknownQuestion(code.slice(0, 60), framework, new Map(ofCases))}${spreadsheetTrace(code)}`;
  }

  /** An answer where the edition says that the question is not asked: it is kept, and said once a question. */
  #countNotAsked(
    question: SheetQuestion,
    why: { attribute: string; value: string },
    line: number,
    field: number,
  ): void {
    const of = this.#notAsked.get(question.code) ?? { cases: 0, line, field, ...why };
    this.#notAsked.set(question.code, { ...of, cases: of.cases + 1 });
  }

  #otherSample(one: ListedCase, { code, sample }: SheetQuestion): string {
    return `question ${code} is asked of ${sample} cases, and case "${one.pseudonym}" is in the ${one.sample} sample (${this.#reading.casesFile}, line ${one.line})`;
  }
}
