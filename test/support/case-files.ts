import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { parse } from 'yaml';
import type { Connection } from '../../src/database/connect.js';
import { dbPath } from '../../src/disk/paths.js';
import type { InspectionFile, ResultEntry } from '../../src/import/bundle/inspection-file.js';

/** A question that is asked of cases. */
export interface AskedQuestion {
  code: string;
  sample: 'court' | 'out of court';
  /** The only kinds of case that it is asked of. */
  kinds?: readonly string[];
}

/** The tables of a bundle, as rows of cells with the heading first. */
export interface CaseTables {
  cases: string[][];
  /** Long: case, question, answer. */
  answers: string[][];
}

const samples = [
  ['court_disposals', 'court', 'C'],
  ['out_of_court_disposals', 'out of court', 'O'],
] as const;

/**
 * Cases and answers that realise every count an inspection publishes: as many cases of each disposal as it says, and for
 * each question its yes, then its no, then not applicable, to the cases that it is asked of. A lost cell is filled with na.
 */
export function caseTables(inspection: InspectionFile, questions: readonly AskedQuestion[]): CaseTables {
  const cases = [['case', 'sample', 'disposal']];
  const answers = [['case', 'question', 'answer']];
  const published: Record<string, ResultEntry> = { ...inspection.key_questions, ...inspection.prompts };
  for (const [key, sample, letter] of samples) {
    const entry = inspection.sample?.[key] ?? {};
    const total = entry.cases ?? 0;
    const disposals = Object.entries(entry)
      .filter(([name]) => !['cases', 'case_manager_interviews', 'place', 'community_sentence'].includes(name))
      .flatMap(([name, count]) => Array<string>(Number(count)).fill(name));
    const rest = sample === 'court' ? 'community_sentence' : 'other';
    const inSample = Array.from({ length: total }, (_, at) => ({
      pseudonym: `${letter}${at + 1}`,
      disposal: disposals[at] ?? rest,
    }));
    for (const one of inSample) cases.push([one.pseudonym, sample, one.disposal]);
    for (const { code, sample: askedOf, kinds: only } of questions) {
      if (askedOf !== sample) continue;
      const { relevant_cases, yes: counted, lost } = published[code] ?? {};
      const [relevant = 0, yes = 0] = lost ? [] : [relevant_cases, counted];
      const asked = inSample.filter(({ disposal }) => only === undefined || only.includes(disposal));
      for (const [at, { pseudonym }] of asked.entries())
        answers.push([pseudonym, code, at < yes ? 'yes' : at < relevant ? 'no' : 'na']);
    }
  }
  return { cases, answers };
}

/** Long answers as a wide table: a row a case, a column a question. */
export function wide([, ...rows]: string[][]): string[][] {
  const codes = [...new Set(rows.map(([, code]) => code as string))];
  const cells = new Map<string, Map<string, string>>();
  for (const [one, code, answer] of rows as [string, string, string][]) {
    if (!cells.has(one)) cells.set(one, new Map());
    cells.get(one)?.set(code, answer);
  }
  return [
    ['case', ...codes],
    ...[...cells].map(([one, answers]) => [one, ...codes.map((code) => answers.get(code) ?? '')]),
  ];
}

/** A table as the text of a file. */
export const asCsv = (rows: readonly string[][], { delimiter = ',', lineEnd = '\n' } = {}): string =>
  rows.map((row) => row.join(delimiter) + lineEnd).join('');

interface Outline {
  domains: {
    sample?: AskedQuestion['sample'];
    standards: { key_questions?: (Asked & { prompts?: Asked[] })[] }[];
  }[];
}
type Asked = { code: string; applies_to_kinds?: string[] };

/** The questions that an edition of the package asks of cases, as its file has them. */
export function askedQuestions(edition: string): AskedQuestion[] {
  const { domains }: Outline = parse(readFileSync(dbPath('editions', edition, 'questions.yaml'), 'utf8'));
  return domains.flatMap(({ sample, standards }) => {
    if (sample === undefined) return [];
    return standards
      .flatMap(({ key_questions = [] }) => key_questions)
      .flatMap(({ code, applies_to_kinds: kinds, prompts = [] }) =>
        [{ code }, ...prompts].map((one) => ({ code: one.code, sample, ...(kinds && { kinds }) })),
      );
  });
}

/** The files of a bundle with case answers, as they are before they are text. */
export interface CaseBundle extends CaseTables {
  yaml: string;
}

/**
 * An invented inspection under the 2018 edition: court cases C1 (referral order) and C2 (custody), out-of-court cases O1
 * (youth conditional caution) and O2 (youth caution); further referral orders are court cases before the last. Questions that have no counts here are na in every case.
 */
export function smallBundle({ day = '2019-05-13', yes222 = 0, referralOrders = 1 } = {}): CaseBundle {
  const yaml = `synthetic: true
service: Westminster Youth Offending Team
report: {fieldwork_from: "${day}"}
edition: "2018"
sample:
  court_disposals: {cases: ${1 + referralOrders}, referral_order: ${referralOrders}, custodial_sentence: 1}
  out_of_court_disposals: {cases: 2, youth_conditional_caution: 1, youth_caution: 1}
`;
  const key_questions = {
    '2.1.1': { relevant_cases: 2, yes: 2 },
    '2.1.2': { relevant_cases: 2, yes: 1 },
    '2.1.3': { relevant_cases: 1, yes: 1 },
    '2.2.1': { relevant_cases: 2, yes: 2 },
    '2.2.2': { relevant_cases: 2, yes: yes222 },
    '3.4.1': { relevant_cases: 2, yes: 2 },
    '3.4.2': { relevant_cases: 1, yes: 1 },
  };
  const tables = caseTables({ ...parse(yaml), key_questions }, askedQuestions('2018'));
  return { yaml, ...tables };
}

/** A bundle's files by name. */
export const bundleFiles = ({ yaml, cases, answers }: CaseBundle): Record<string, string> => ({
  'inspection.yaml': yaml,
  'cases.csv': asCsv(cases),
  'answers.csv': asCsv(answers),
});

/** A copy of a table with another cell in a row (its line, heading 1) and a column (by heading). */
export function withCell(table: string[][], line: number, heading: string, to: string): string[][] {
  const column = table[0]?.indexOf(heading) ?? -1;
  if (column < 0 || !table[line - 1]) throw new Error(`no line ${line} or no column "${heading}"`);
  return table.map((row, at) => (at === line - 1 ? row.with(column, to) : row));
}

/** The line of a case's answer to a question in a long table. */
export function lineOf(answers: string[][], one: string, question: string): number {
  const at = answers.findIndex(([inCase, code]) => inCase === one && code === question);
  if (at < 0) throw new Error(`no answer of ${one} to ${question}`);
  return at + 1;
}

/** The answers that an invented inspection has in the database: `case question` -> answer. */
export async function storedAnswers(
  db: Connection,
  { day = '2019-05-13' } = {},
): Promise<Map<string, string>> {
  const { rows } = await sql<{ key: string; answer: string }>`
    select pseudonym || ' ' || question_code as key, answer
    from core.answer
    join core.inspected_case using (inspection_id, case_no)
    join core.question using (question_id)
    join core.inspection using (inspection_id)
    where is_synthetic and fieldwork_start = ${day}::text::date
    order by 1`.execute(db);
  return new Map(rows.map(({ key, answer }) => [key, answer]));
}

/** A problem as a line of text, with files as they are called in the bundle's folder. */
export const inFolder = (folder: string, text: string): string => text.replaceAll(`${folder}${path.sep}`, '');
