import { type AnswerSheet, cell } from '../bundle/answer-sheet.js';
import { attributes } from '../bundle/case-codes.js';
import type { ListedCase } from '../bundle/cases.js';
import type { Kept } from './result-rows.js';

/** By question that has answers: a bit for each case of its sample, in the order of case numbers, 1 where it is yes; and no. */
export function answerBits(sheets: readonly AnswerSheet[]): Map<number, { yes: string; no: string }> {
  const bits = new Map<number, { yes: string; no: string }>();
  for (const { questions, cases, cells } of sheets) {
    if (cases.length === 0) continue;
    for (const { id, row } of questions) {
      const answers = cells.subarray(row * cases.length, (row + 1) * cases.length);
      bits.set(id, { yes: bitsOf(answers, cell.yes), no: bitsOf(answers, cell.no) });
    }
  }
  return bits;
}

function bitsOf(answers: Uint8Array, wanted: number): string {
  let bits = '';
  for (const answer of answers) bits += answer === wanted ? '1' : '0';
  return bits;
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
        cases: values.map((other) => (other === value ? '1' : '0')).join(''),
      }));
    }),
  );
}

const valueIn = (one: ListedCase, attribute: string): string =>
  attribute === 'disposal' ? one.disposal : one.attributes[attribute as keyof ListedCase['attributes']];
