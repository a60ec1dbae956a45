import Papa from 'papaparse';
import type { TemplateEdition, TemplateQuestion } from './edition.js';

export type AnswersForm = 'wide' | 'long';

/** cases.csv: its heading. */
export const casesTable = ({ codes }: TemplateEdition): string =>
  csv([['case', 'sample', 'disposal', ...codes.keys()]]);

/** answers.csv: its heading. */
export const answersTable = ({ questions }: TemplateEdition, form: AnswersForm): string =>
  csv([form === 'long' ? ['case', 'question', 'answer'] : ['case', ...questions.map(({ code }) => code)]]);

/** columns.csv, which explains each column of the two; of the long form also each question code. */
export function columnsTable(edition: TemplateEdition, form: AnswersForm): string {
  return csv([
    ['file', 'column', 'what', 'allowed', 'required'],
    ...casesColumns(edition).map((row) => ['cases.csv', ...row]),
    ...answersColumns(edition, form).map((row) => ['answers.csv', ...row]),
  ]);
}

type ColumnRow = [column: string, what: string, allowed: string, required: string];

const what: Record<string, string> = {
  gender: "the child's gender",
  age_band: "the child's age in years at the start of the disposal",
  ethnicity: "the child's ethnicity",
  risk_of_serious_harm: "the case's classification of risk of serious harm to others",
  safety_and_wellbeing: "the case's classification of risk to the child's safety and wellbeing",
  looked_after: 'whether the child is looked after by a local authority',
};

function casesColumns({ disposals, codes }: TemplateEdition): ColumnRow[] {
  const ofSamples = [...disposals].map(([sample, types]) => `${sample}: ${[...types].map(named).join(', ')}`);
  return [
    [
      'case',
      'a pseudonym, unique in the inspection; never a name or a number by which a child can be found',
      'any text of up to 100 characters',
      'yes',
    ],
    ['sample', 'the sample that the case was drawn for', [...disposals.keys()].join(', '), 'yes'],
    ['disposal', 'the type of disposal', ofSamples.join('; '), 'yes'],
    ...[...codes].map(
      ([attribute, { values }]): ColumnRow => [
        attribute,
        what[attribute] ?? attribute,
        values.join(', '),
        'no: an empty cell, or no column, is "not known"',
      ],
    ),
  ];
}

const named = ([disposal, partOf]: [string, string | null]) =>
  partOf === null ? disposal : `${disposal} (a ${partOf})`;

const answers = 'yes, no, na (not applicable)';

function answersColumns({ questions }: TemplateEdition, form: AnswersForm): ColumnRow[] {
  const ofCase: ColumnRow = ['case', 'the pseudonym of a case of cases.csv', 'as in cases.csv', 'yes'];
  if (form === 'wide') {
    return [
      ofCase,
      ...questions.map((question): ColumnRow => [question.code, wording(question), answers, whose(question)]),
    ];
  }
  return [
    ofCase,
    [
      'question',
      'the code of a key question or prompt: a row for each that is asked of the case',
      'the codes below',
      'yes',
    ],
    [
      'answer',
      "the inspector's judgement; a key question's is its own, not derived from its prompts",
      answers,
      'yes',
    ],
    ...questions.map(
      (question): ColumnRow => [`question ${question.code}`, wording(question), answers, whose(question)],
    ),
  ];
}

/** `key question, court: Does … ? (where applicable)` */
const wording = ({ level, sample, text, appliesWhen }: TemplateQuestion): string =>
  `${level}, ${sample}: ${text}${appliesWhen === null ? '' : ` (${appliesWhen})`}`;

/** The cases that need an answer. */
const whose = ({ sample, disposals }: TemplateQuestion): string =>
  disposals === null
    ? `for every ${sample} case; empty for others`
    : `only ${disposals.join(', ')}; empty for others`;

// The mark at the beginning is what tells Excel that a file is UTF-8.
const csv = (rows: string[][]): string => `\uFEFF${Papa.unparse(rows, { newline: '\r\n' })}\r\n`;
