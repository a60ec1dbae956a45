import { type Framework, type FrameworkQuestion, isAskedOn } from '../../framework/framework.js';
import type { CaseList, ListedCase } from './cases.js';

/** What a cell of a sheet holds. A cell that was wrong is told apart, so that it is not reported as missing too. */
export const cell = { none: 0, wrong: 1, yes: 2, no: 3, notApplicable: 4 } as const;

/** A question that an inspection asks, and its row in a sheet. */
export interface SheetQuestion extends FrameworkQuestion {
  code: string;
  row: number;
}

/** The answers of one sample's cases: a row a question, in the edition's order, and a column a case, in the order of cases.csv. */
export interface AnswerSheet {
  sampleId: number;
  questions: SheetQuestion[];
  cases: ListedCase[];
  /** Cell of question row and case place: `row * cases.length + place`. */
  cells: Uint8Array;
  /** The line of the file that filled the cell; 0 for none. */
  lines: Uint32Array;
  /** Cells that hold an answer. */
  answers: number;
}

/**
 * Sheets for an inspection's samples: each with the questions that its edition asks at the time, of those cases. What is not asked
 * of a case is not applicable; of one whose kind was wrong it is not known whether a question for some kinds is asked.
 */
export const emptySheets = (framework: Framework, { samples }: CaseList, day: string): AnswerSheet[] =>
  [...samples].map(([sampleId, cases]) => {
    const questions = [...framework.questions]
      .filter(([, question]) => question.sampleId === sampleId && isAskedOn(question, day))
      .map(([code, question], row) => ({ ...question, code, row }));
    const size = questions.length * cases.length;
    const [cells, lines] = [new Uint8Array(size), new Uint32Array(size)];
    for (const question of questions)
      for (const one of cases) {
        const isNotAsked = isOfOtherKinds(question, one) || notAskedFor(question, one) !== undefined;
        const unfilled = question.kinds && one.kind === '' ? cell.wrong : cell.none;
        cells[question.row * cases.length + one.place] = isNotAsked ? cell.notApplicable : unfilled;
      }
    return { sampleId, questions, cases, cells, lines, answers: 0 };
  });

/** Whether a question is asked only of other kinds of case. Of one whose kind was wrong it may be asked. */
export const isOfOtherKinds = ({ kinds }: FrameworkQuestion, { kind }: ListedCase): boolean =>
  kinds !== null && kind !== null && kind !== '' && !kinds.has(kind);

/** The attribute by which a case is not asked a question; undefined when it is asked, as far as is known. */
export const notAskedFor = ({ notAsked }: FrameworkQuestion, { attributes }: ListedCase) =>
  notAsked.find(({ attribute, value }) => attributes[attribute] === value);
