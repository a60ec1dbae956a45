import type { Framework } from '../../framework/framework.js';
import type { Problem } from '../../problem.js';
import { didYouMean, listed } from '../../words/nearest.js';
import { type CsvFile, cellProblem, withoutTotals } from '../files/csv/csv-file.js';
import { caseKey, once, plain, quoted, spreadsheetTrace, unknown, unknownWords } from './case-codes.js';
import { kindNamed, sampleNamed } from './sample-entries.js';

/** A case of cases.csv. */
export interface ListedCase {
  pseudonym: string;
  sample: string;
  sampleId: number;
  /** Null where the edition names no kinds of case in the sample; empty where it was wrong. */
  kind: string | null;
  /** Those that are known. */
  attributes: Record<string, string>;
  /** Its place among the cases of its sample, from 0, and its number in the inspection, from 1. */
  place: number;
  number: number;
  line: number;
}

/** The cases of an inspection: those of a sample lie together, in the order of the file. */
export interface CaseList {
  /** What the file is called. */
  file: string;
  cases: ListedCase[];
  /** By caseKey. */
  byPseudonym: Map<string, ListedCase>;
  /** Keys of cases of which nothing more can be said, because their sample was wrong. */
  unplaced: Set<string>;
  /** By the sample's key. */
  samples: Map<number, ListedCase[]>;
  /** Data rows of the file. */
  rows: number;
}

const mostCases = 32_000;

/** What cases are read against. */
interface Reading {
  framework: Framework;
  say: (problem: Problem) => void;
  notice: (problem: Problem) => void;
}

/**
 * Reads cases.csv against an edition; what is wrong goes to `say`, and the rest is read on. Undefined where columns are
 * missing: then nothing can be said of the rows.
 */
export function readCases(csv: CsvFile, { framework, say, notice }: Reading): CaseList | undefined {
  const problem: Say = (line, field, message) => say(cellProblem(csv, line, field, message));
  const fields = fieldsOf(csv, framework, problem, notice);
  if (!fields) return undefined;
  const field = fields.get('case') as number;
  const read = caseReader(framework, fields, problem);
  const byPseudonym = new Map<string, ListedCase>();
  const unplaced = new Set<string>();
  let rows = 0;
  for (const { cells, line } of withoutTotals(csv, say)) {
    rows++;
    const one = read(cells, line);
    const key = caseKey(cells[field - 1] as string);
    const twin = byPseudonym.get(key);
    if (!one) unplaced.add(key);
    else if (!twin) byPseudonym.set(key, one);
    else if (twin.sample !== one.sample) {
      const both = `${twin.sample} (line ${twin.line}) and ${one.sample}`;
      problem(line, field, `case "${one.pseudonym}" is in two samples: ${both}`);
    } else {
      const as = twin.pseudonym === one.pseudonym ? '' : `, as "${twin.pseudonym}"`;
      const why = `neither letter case nor what can't be seen tells cases apart${spreadsheetTrace(one.pseudonym)}`;
      problem(line, field, `case "${one.pseudonym}" is there already, in line ${twin.line}${as}: ${why}`);
    }
  }
  const found = [...byPseudonym.values()];
  if (rows === 0) problem(csv.headerLine, undefined, 'no case is listed below the heading');
  if (found.length > mostCases)
    problem(csv.headerLine, undefined, `${found.length} cases: an inspection may have up to ${mostCases}`);
  const odd = found.find(({ pseudonym }) => spreadsheetTrace(pseudonym) !== '');
  if (odd) {
    const message = `case "${odd.pseudonym}" is taken as it stands${spreadsheetTrace(odd.pseudonym)}`;
    notice(cellProblem(csv, odd.line, field, message));
  }
  const samples = new Map<number, ListedCase[]>();
  const cases: ListedCase[] = [];
  for (const { id } of framework.samples.values()) {
    const inSample = found.filter(({ sampleId }) => sampleId === id);
    samples.set(id, inSample);
    for (const [place, one] of inSample.entries())
      cases.push(Object.assign(one, { place, number: cases.length + 1 }));
  }
  return { file: csv.file, cases, byPseudonym, unplaced, samples, rows };
}

type Say = (line: number, field: number | undefined, message: string) => void;

/** The field of each column, from 1; a column that is not known is refused by its name. Undefined when one is missing. */
function fieldsOf(
  csv: CsvFile,
  framework: Framework,
  say: Say,
  notice: Reading['notice'],
): Map<string, number> | undefined {
  const { kindOfCase, samples, attributes } = framework;
  const hasKinds = [...samples.values()].some(({ kinds }) => kinds.size > 0);
  const required = ['case', 'sample', ...(hasKinds ? [kindOfCase] : [])];
  const columns = [...required, ...attributes.map(({ name }) => name)];
  const fields = new Map<string, number>();
  for (const [at, heading] of csv.header.entries()) {
    const written = plain(heading).replaceAll(' ', '_');
    const name = written === 'kind' ? kindOfCase : written;
    if (columns.includes(name)) fields.set(name, at + 1);
    else if (name === kindOfCase) {
      // every cases.csv may have the column, whatever its edition makes of it
      const message = `edition ${framework.code} names no kinds of case: column "${heading}" is not kept`;
      notice(cellProblem(csv, csv.headerLine, at + 1, message));
    } else if (heading !== '') {
      const known = `${didYouMean(name, columns)}: allowed are ${columns.join(', ')}`;
      say(csv.headerLine, at + 1, `unknown column "${heading}"${known}`);
    }
  }
  const missing = required.filter((name) => !fields.has(name));
  for (const name of missing) {
    const found = listed(csv.header.filter(Boolean));
    const message = `column "${name}" is missing: needed are ${required.join(', ')}; found are ${found}`;
    say(csv.headerLine, undefined, message);
  }
  return missing.length > 0 ? undefined : fields;
}

/** How a row is read: as a case, undefined when it has no pseudonym or no sample. */
function caseReader(framework: Framework, fields: Map<string, number>, say: Say) {
  const { kindOfCase, samples, code } = framework;
  const sampleOf = once((written) => sampleNamed(framework, written));
  const attributes = framework.attributes.map(({ name, values }) => {
    const byPlain = new Map(unknownWords.map((written) => [written, unknown]));
    for (const { value, alsoWritten } of values)
      for (const written of [value, ...alsoWritten]) byPlain.set(plain(written), value);
    return { name, byPlain, allowed: [...values.map(({ value }) => value), unknown] };
  });
  return (row: string[], line: number): ListedCase | undefined => {
    const cell = (column: string) => row[(fields.get(column) ?? 0) - 1] ?? '';
    /** Says that a cell is none of what is allowed: `what` comes before the nearest of that. */
    const wrong = (column: string, what: string, allowed: string[]) => {
      const near = didYouMean(cell(column), allowed);
      const trace = spreadsheetTrace(cell(column));
      const message = `${column} ${quoted(cell(column))} ${what}${near}: allowed are ${listed(allowed)}${trace}`;
      say(line, fields.get(column), message);
    };
    const pseudonym = cell('case');
    if (pseudonym === '')
      say(line, fields.get('case'), 'case is empty: every row needs the pseudonym of a case');
    else if (pseudonym.length > 100)
      say(line, fields.get('case'), 'the pseudonym is longer than 100 characters');
    const sample = sampleOf(cell('sample'));
    if (!sample) wrong('sample', `is not in edition ${code}`, [...samples.keys()]);
    const kind = sample && sample.kinds.size > 0 ? kindNamed(sample, cell(kindOfCase)) : null;
    if (sample && kind === undefined)
      wrong(kindOfCase, `is none of the ${sample.name} sample`, [...sample.kinds.keys()]);
    const coded: Record<string, string> = {};
    for (const { name, byPlain, allowed } of attributes) {
      const value = byPlain.get(plain(cell(name)));
      if (value === undefined) wrong(name, 'is no coded value', allowed);
      else if (value !== unknown) coded[name] = value;
    }
    // The case is kept though a characteristic of it is wrong: its answers are not unknown for that.
    if (pseudonym === '' || !sample) return undefined;
    return {
      ...{ pseudonym, sample: sample.name, sampleId: sample.id, kind: kind === undefined ? '' : kind },
      ...{ attributes: coded, place: 0, number: 0, line },
    };
  };
}
