import type { SimulatedInspection } from './programme.js';

/** Whether answers.csv has a row for each answer, or a row for each case with a column for each question. */
export type AnswersForm = 'long' | 'wide';

/** The files of an inspection's bundle: the folder's name, and by file name the text. */
export function bundleFiles(
  inspection: SimulatedInspection,
  form: AnswersForm = 'long',
): { name: string; files: Record<'inspection.json' | 'cases.csv' | 'answers.csv', string> } {
  return {
    name: inspection.name,
    files: {
      'inspection.json': `${JSON.stringify(inspection.file, null, 2)}\n`,
      'cases.csv': casesTable(inspection),
      'answers.csv': form === 'wide' ? wideAnswers(inspection) : longAnswers(inspection),
    },
  };
}

// Nothing that is written here has a comma, a quote or a line break in it, so that no cell needs quotes.

function casesTable({ cases, kindOfCase, attributes }: SimulatedInspection): string {
  let text = `${['case', 'sample', kindOfCase, ...attributes].join(',')}\n`;
  for (const { pseudonym, sample, kind, attributes: own } of cases)
    text += `${[pseudonym, sample, kind ?? '', ...attributes.map((attribute) => own[attribute])].join(',')}\n`;
  return text;
}

function longAnswers({ cases, questions, answers }: SimulatedInspection): string {
  let text = 'case,question,answer\n';
  for (const [at, { pseudonym }] of cases.entries()) {
    const ofCase = answers[at] ?? [];
    for (let question = 0; question < questions.length; question++) {
      const answer = ofCase[question];
      if (answer) text += `${pseudonym},${questions[question]?.code},${answer}\n`;
    }
  }
  return text;
}

/** A cell is empty where the question is not asked of the case; a case that is asked nothing has no row. */
function wideAnswers({ cases, questions, answers }: SimulatedInspection): string {
  let text = `case,${questions.map(({ code }) => code).join(',')}\n`;
  for (const [at, { pseudonym }] of cases.entries()) {
    const ofCase = answers[at] ?? [];
    if (ofCase.some(Boolean)) text += `${pseudonym},${ofCase.map((answer) => answer ?? '').join(',')}\n`;
  }
  return text;
}
