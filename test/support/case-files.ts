import type { InspectionFile, ResultEntry } from '../../src/import/bundle/inspection-file.js';

/** A question that is asked of cases. */
export interface AskedQuestion {
  code: string;
  sample: 'court' | 'out of court';
  /** The only disposals that it is asked of. */
  disposals?: readonly string[];
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
    for (const { code, sample: askedOf, disposals: only } of questions) {
      if (askedOf !== sample) continue;
      const { relevant_cases: relevant = 0, yes = 0 } = published[code] ?? {};
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
export const asCsv = (rows: string[][], { delimiter = ',', lineEnd = '\n' } = {}): string =>
  rows.map((row) => row.join(delimiter) + lineEnd).join('');
