import type { Framework } from '../../framework/framework.js';
import { didYouMean, listed } from '../../nearest.js';
import type { Problem } from '../../problem.js';
import { type CsvFile, cellProblem } from '../files/csv/csv-file.js';
import { caseKey, once, plain, quoted, unknown, unknownWords } from './case-codes.js';
import { kindNamed, sampleNamed } from './sample-entries.js';

/** A case of cases.csv. */
export interface ListedCase {
  pseudonym: string;
  sample: string;
  sampleId: number;
  /** Null where the edition names no kinds of case in the sample. */
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
  /** By the sample's key. */
  samples: Map<number, ListedCase[]>;
  /** Data rows of the file. */
  rows: number;
}

const mostCases = 32_000;

/**
 * Reads cases.csv against an edition; everything that is wrong goes to `say`. Undefined where something is: until that is put right, what
 * is told of cases elsewhere would follow from it.
 */
export function readCases(
  csv: CsvFile,
  framework: Framework,
  say: (problem: Problem) => void,
): CaseList | undefined {
  let isWrong = false;
  const problem: Say = (line, field, message) => {
    isWrong = true;
    say(cellProblem(csv, line, field, message));
  };
  const fields = fieldsOf(csv, framework, problem);
  if (!fields) return undefined;
  const read = caseReader(framework, fields, problem);
  const byPseudonym = new Map<string, ListedCase>();
  let rows = 0;
  for (const { cells, line } of csv.rows()) {
    rows++;
    const one = read(cells, line);
    if (!one) continue;
    const key = caseKey(one.pseudonym);
    const twin = byPseudonym.get(key);
    if (twin) {
      const why = "neither letter case nor what can't be seen tells cases apart";
      const there = `in line ${twin.line}, as "${twin.pseudonym}" of the ${twin.sample} sample`;
      problem(line, fields.get('case'), `case "${one.pseudonym}" is there already, ${there}: ${why}`);
    } else byPseudonym.set(key, one);
  }
  const found = [...byPseudonym.values()];
  if (rows === 0) problem(csv.headerLine, undefined, 'no case is listed below the heading');
  if (found.length > mostCases)
    problem(csv.headerLine, undefined, `${found.length} cases: an inspection may have up to ${mostCases}`);
  if (isWrong) return undefined;
  const samples = new Map<number, ListedCase[]>();
  const cases: ListedCase[] = [];
  for (const { id } of framework.samples.values()) {
    const inSample = found.filter(({ sampleId }) => sampleId === id);
    samples.set(id, inSample);
    for (const [place, one] of inSample.entries())
      cases.push(Object.assign(one, { place, number: cases.length + 1 }));
  }
  return { file: csv.file, cases, byPseudonym, samples, rows };
}

type Say = (line: number, field: number | undefined, message: string) => void;

/** The field of each column, from 1; a column that is not known is refused by its name. Undefined when one is missing. */
function fieldsOf(csv: CsvFile, framework: Framework, say: Say): Map<string, number> | undefined {
  const { kindOfCase, samples, attributes } = framework;
  const hasKinds = [...samples.values()].some(({ kinds }) => kinds.size > 0);
  const required = ['case', 'sample', ...(hasKinds ? [kindOfCase] : [])];
  const columns = [...required, ...attributes.map(({ name }) => name)];
  const fields = new Map<string, number>();
  for (const [at, heading] of csv.header.entries()) {
    const written = plain(heading).replaceAll(' ', '_');
    const name = written === 'kind' && hasKinds ? kindOfCase : written;
    if (columns.includes(name)) fields.set(name, at + 1);
    else {
      const known = `${didYouMean(name, columns)}: allowed are ${columns.join(', ')}`;
      say(csv.headerLine, at + 1, `unknown column "${heading}"${known}`);
    }
  }
  const missing = required.filter((name) => !fields.has(name));
  for (const name of missing) {
    const found = listed(csv.header);
    const message = `column "${name}" is missing: needed are ${required.join(', ')}; found are ${found}`;
    say(csv.headerLine, undefined, message);
  }
  return missing.length > 0 ? undefined : fields;
}

/** How a row is read: as a case, undefined when something is wrong with it. */
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
    let isWrong = false;
    const wrong = (column: string, message: string) => {
      isWrong = true;
      say(line, fields.get(column), message);
    };
    /** Says that a cell is none of what is allowed: `what` comes before the nearest of that. */
    const none = (column: string, what: string, allowed: string[]) => {
      const near = didYouMean(cell(column), allowed);
      wrong(column, `${column} ${quoted(cell(column))} ${what}${near}: allowed are ${listed(allowed)}`);
    };
    const pseudonym = cell('case');
    if (pseudonym === '') wrong('case', 'case is empty: every row needs the pseudonym of a case');
    if (pseudonym.length > 100) wrong('case', 'the pseudonym is longer than 100 characters');
    const sample = sampleOf(cell('sample'));
    if (!sample) none('sample', `is not in edition ${code}`, [...samples.keys()]);
    const kind = sample && sample.kinds.size > 0 ? kindNamed(sample, cell(kindOfCase)) : null;
    if (sample && kind === undefined)
      none(kindOfCase, `is none of the ${sample.name} sample`, [...sample.kinds.keys()]);
    const coded: Record<string, string> = {};
    for (const { name, byPlain, allowed } of attributes) {
      const value = byPlain.get(plain(cell(name)));
      if (value === undefined) none(name, 'is no coded value', allowed);
      else if (value !== unknown) coded[name] = value;
    }
    if (isWrong || !sample || kind === undefined) return undefined;
    return {
      ...{ pseudonym, sample: sample.name, sampleId: sample.id, kind },
      ...{ attributes: coded, place: 0, number: 0, line },
    };
  };
}
