import { type AnswerSheet, cell } from '../bundle/answer-sheet.js';
import { attributes } from '../bundle/case-codes.js';
import type { ListedCase } from '../bundle/cases.js';
import type { Kept } from './result-rows.js';

/** Key questions that have answers: a bit for each case of the sample, in the order of case numbers, 1 where it is yes; and no. */
export function answerBits(sheets: readonly AnswerSheet[]): Kept['answerBits'] {
  return sheets
    .filter(({ cases }) => cases.length > 0)
    .flatMap(({ questionnaire: questionnaire_id, questions, cases, cells }) =>
      questions
        .filter(({ level }) => level === 'key question')
        .map(({ id: question_id, row }) => {
          const answers = cells.subarray(row * cases.length, (row + 1) * cases.length);
          return {
            question_id,
            questionnaire_id,
            yes_cases: bits(answers, (answer) => answer === cell.yes),
            no_cases: bits(answers, (answer) => answer === cell.no),
          };
        }),
    );
}

/** 1 for each that is, 0 for each that is not. */
function bits<T>(of: ArrayLike<T>, is: (one: T) => boolean): string {
  return Buffer.from(Uint8Array.from(of, (one) => (is(one) ? 49 : 48))).toString('latin1');
}

/** The cases of each sample that share a value of a characteristic; the disposal is one too. */
export function caseGroups(listedCases: readonly ListedCase[]): Kept['caseGroups'] {
  const bySample = new Map<number, ListedCase[]>();
  for (const one of listedCases) {
    if (!bySample.has(one.questionnaire)) bySample.set(one.questionnaire, []);
    bySample.get(one.questionnaire)?.push(one);
  }
  return [...bySample].flatMap(([questionnaire_id, cases]) =>
    ['disposal', ...attributes].flatMap((attribute) => {
      const values = cases.map((one) => valueIn(one, attribute));
      return [...new Set(values)].map((value) => ({
        questionnaire_id,
        attribute,
        value,
        cases: bits(values, (other) => other === value),
      }));
    }),
  );
}

const valueIn = (one: ListedCase, attribute: string): string =>
  attribute === 'disposal' ? one.disposal : one.attributes[attribute as keyof ListedCase['attributes']];
