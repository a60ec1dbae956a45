import Papa from 'papaparse';
import { unknown } from '../import/bundle/case-codes.js';
import type { TemplateEdition } from './edition.js';

/** cases.csv: its heading. */
export const casesTable = (edition: TemplateEdition): string =>
  csv([['case', 'sample', ...kindColumn(edition), ...edition.attributes.map(({ name }) => name)]]);

/** The column of kinds of case, where the edition names any. */
const kindColumn = ({ samples, kindOfCase }: TemplateEdition): string[] =>
  [...samples.values()].some(({ kinds }) => kinds.size > 0) ? [kindOfCase] : [];

/** answers.csv: its heading. */
export const answersTable = ({ questions }: TemplateEdition): string =>
  csv([['case', ...questions.map(({ code }) => code)]]);

/** columns.csv, which explains each column of the two. */
export function columnsTable(edition: TemplateEdition): string {
  return csv([
    ['file', 'column', 'what', 'allowed', 'required'],
    ...casesColumns(edition).map((row) => ['cases.csv', ...row]),
    ...answersColumns(edition).map((row) => ['answers.csv', ...row]),
  ]);
}

type ColumnRow = [column: string, what: string, allowed: string, required: string];

const pseudonym =
  'a pseudonym, unique in the inspection; never a name or a number by which somebody can be found';

function casesColumns(edition: TemplateEdition): ColumnRow[] {
  const { samples, attributes } = edition;
  const kindsOf = [...samples.values()].map(
    ({ name, kinds }) => `${name}: ${[...kinds].map(named).join(', ')}`,
  );
  const drawn = [...samples.keys()].join(', ');
  return [
    ['case', pseudonym, 'any text of up to 100 characters', 'yes'],
    ['sample', 'the sample that the case was drawn for', drawn, 'yes'],
    ...kindColumn(edition).map(
      (column): ColumnRow => [column, `the kind of case: ${column}`, kindsOf.join('; '), 'yes'],
    ),
    ...attributes.map(({ name, about, values }): ColumnRow => {
      const allowed = [...values.map(({ value }) => value), unknown].join(', ');
      return [name, about ?? name, allowed, 'no: an empty cell, or no column, is "not known"'];
    }),
  ];
}

const named = ([kind, partOf]: [string, string | null]) => (partOf === null ? kind : `${kind} (a ${partOf})`);

function answersColumns({ questions }: TemplateEdition): ColumnRow[] {
  return [
    ['case', 'the pseudonym of a case of cases.csv', 'as in cases.csv', 'yes'],
    ...questions.map(({ code, level, sample, text, appliesWhen, kinds }): ColumnRow => {
      const when = appliesWhen === null ? '' : ` (${appliesWhen})`;
      const whose = kinds === null ? `for every ${sample} case` : `only ${[...kinds].join(', ')}`;
      return [
        code,
        `${level}, ${sample}: ${text}${when}`,
        'yes, no, na (not applicable)',
        `${whose}; empty for others`,
      ];
    }),
  ];
}

// The mark at the beginning is what tells Excel that a file is UTF-8.
const csv = (rows: string[][]): string => `\uFEFF${Papa.unparse(rows, { newline: '\r\n' })}\r\n`;
