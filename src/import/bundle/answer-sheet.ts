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

/** Empty sheets for an inspection's samples: each with the questions that its edition asks at the time, of those cases. */
export const emptySheets = (framework: Framework, { samples }: CaseList, day: string): AnswerSheet[] =>
  [...samples].map(([sampleId, cases]) => {
    const questions = [...framework.questions]
      .filter(([, question]) => question.sampleId === sampleId && isAskedOn(question, day))
      .map(([code, question], row) => ({ ...question, code, row }));
    const size = questions.length * cases.length;
    const [cells, lines] = [new Uint8Array(size), new Uint32Array(size)];
    return { sampleId, questions, cases, cells, lines, answers: 0 };
  });

/** Whether a question is asked of a case's kind. Of one whose kind was wrong it may be. */
export const mayBeAskedOf = ({ kinds }: FrameworkQuestion, { kind }: ListedCase): boolean =>
  !kinds || !kind || kinds.has(kind);

/** The attribute by which a case is not asked a question; undefined when it is asked, as far as is known. */
export const notAskedFor = ({ notAsked }: FrameworkQuestion, { attributes }: ListedCase) =>
  notAsked.find(({ attribute, value }) => attributes[attribute] === value);
