import Papa from 'papaparse';
import type { Framework, FrameworkQuestion } from '../framework/framework.js';
import { unknown } from '../import/bundle/case-codes.js';

/** An edition with the questions that it asks of cases at the time. */
export interface TemplateEdition extends Framework {
  asked: FrameworkQuestion[];
}

/** What is said of a column. */
type ColumnRow = [column: string, what: string, allowed: string, required: string];

const pseudonym =
  'a pseudonym, unique in the inspection; never a name or a number by which somebody can be found';

/** The columns of cases.csv; that of kinds of case where the edition names any. */
function casesColumns({ samples, attributes, kindOfCase }: TemplateEdition): ColumnRow[] {
  const all = [...samples.values()];
  const kindsOf = all.map(({ name, kinds }) => `${name}: ${[...kinds].map(named).join(', ')}`).join('; ');
  const hasKinds = all.some(({ kinds }) => kinds.size > 0);
  const drawn = [...samples.keys()].join(', ');
  return [
    ['case', pseudonym, 'any text of up to 100 characters', 'yes'],
    ['sample', 'the sample that the case was drawn for', drawn, 'yes'],
    ...(hasKinds
      ? [[kindOfCase, `the kind of case: ${kindOfCase}`, kindsOf, 'yes'] satisfies ColumnRow]
      : []),
    ...attributes.map(({ name, about, values }): ColumnRow => {
      const allowed = [...values.map(({ value }) => value), unknown].join(', ');
      return [name, about ?? name, allowed, 'no: an empty cell, or no column, is "not known"'];
    }),
  ];
}

const named = ([kind, partOf]: [string, string | null]) => (partOf === null ? kind : `${kind} (a ${partOf})`);

/** The columns of answers.csv. */
const answersColumns = ({ asked }: TemplateEdition): ColumnRow[] => [
  ['case', 'the pseudonym of a case of cases.csv', 'as in cases.csv', 'yes'],
  ...asked.map(({ code, level, sample, text, appliesWhen, kinds }): ColumnRow => {
    const when = appliesWhen === null ? '' : ` (${appliesWhen})`;
    const whose = kinds === null ? `for every ${sample} case` : `only ${[...kinds].join(', ')}`;
    const what = `${level}, ${sample}: ${text}${when}`;
    return [code, what, 'yes, no, na (not applicable)', `${whose}; empty for others`];
  }),
];

/** The tables by name: cases.csv and answers.csv with their headings, and columns.csv, which explains each column of the two. */
export function tables(edition: TemplateEdition) {
  const columns = { 'cases.csv': casesColumns(edition), 'answers.csv': answersColumns(edition) };
  const explained = Object.entries(columns).flatMap(([file, rows]) => rows.map((row) => [file, ...row]));
  const heading = (rows: ColumnRow[]) => csv([rows.map(([column]) => column)]);
  return {
    'cases.csv': heading(columns['cases.csv']),
    'answers.csv': heading(columns['answers.csv']),
    'columns.csv': csv([['file', 'column', 'what', 'allowed', 'required'], ...explained]),
  };
}

// The mark at the beginning is what tells Excel that a file is UTF-8.
const csv = (rows: string[][]): string => `\uFEFF${Papa.unparse(rows, { newline: '\r\n' })}\r\n`;
