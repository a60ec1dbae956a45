import type { InspectionEvidence } from '../../ratings/inspection.js';
import type { QuestionEvidence } from '../../ratings/question.js';
import { type AnswerSheet, cell, isAsked } from '../bundle/answer-sheet.js';
import type { ExaminedBundle } from '../bundle/examine.js';
import type { InspectionRows } from '../inspection/rows.js';

/** What a bundle says of its inspection, as the ratings computation takes it. Pure; the same as read back from the tables. */
export function evidenceOf(bundle: ExaminedBundle, rows: InspectionRows): InspectionEvidence {
  const { framework, dates, inspection: file } = bundle;
  const inspected = new Map(
    rows['core.inspection_sample'].map(({ sample, cases }) => [sample, cases ?? null]),
  );
  const answers = countedAnswers(bundle.sheets);
  const published = new Map(rows['core.published_result'].map((row) => [row.question_id, row]));
  const [keyQuestions, prompts] = [new Map<string, QuestionEvidence>(), new Map<string, QuestionEvidence>()];
  for (const [code, question] of framework.questions) {
    if (question.questionnaire === null || !isAsked(question, dates.asOf)) continue;
    const printed = published.get(question.id);
    (question.level === 'prompt' ? prompts : keyQuestions).set(code, {
      inspected: inspected.get(question.sample as string) ?? null,
      answers: answers.get(question.id),
      published: printed && {
        relevant: printed.relevant ?? null,
        yes: printed.yes ?? null,
        percent: printed.percent ?? null,
        noRelevantCase: printed.no_relevant_case ?? false,
        percentLost: printed.percent_lost ?? false,
      },
    });
  }
  return {
    fieldworkStart: dates.asOf,
    keyQuestions,
    prompts,
    judged: new Map(rows['core.qualitative_rating'].map((row) => [row.standard_code, row.rating])),
    decisions: new Map(
      rows['core.panel_decision'].map((row) => [
        row.standard_code,
        { from: row.from_rating, to: row.to_rating, reason: row.reason },
      ]),
    ),
    publishedStandards: new Map(
      rows['core.published_standard_rating'].flatMap((row) =>
        row.rating ? [[row.standard_code, row.rating] as const] : [],
      ),
    ),
    publishedOverall: file.overall?.rating ?? null,
  };
}

/** By question: answers counted; nothing for a question without any. */
function countedAnswers(
  sheets: readonly AnswerSheet[],
): Map<number, { yes: number; no: number; notApplicable: number }> {
  const counted = new Map<number, { yes: number; no: number; notApplicable: number }>();
  for (const { questions, cases, cells } of sheets) {
    for (const { id, row } of questions) {
      const counts = { yes: 0, no: 0, notApplicable: 0 };
      for (let at = row * cases.length; at < (row + 1) * cases.length; at++) {
        if (cells[at] === cell.yes) counts.yes++;
        else if (cells[at] === cell.no) counts.no++;
        else if (cells[at] === cell.notApplicable) counts.notApplicable++;
      }
      if (counts.yes + counts.no + counts.notApplicable > 0) counted.set(id, counts);
    }
  }
  return counted;
}
