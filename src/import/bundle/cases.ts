import type { Framework, Sample } from '../../framework/framework.js';
import { didYouMean, listed } from '../../nearest.js';
import type { Problem } from '../../problem.js';
import { type CsvFile, cellProblem, isTotalsRow } from '../files/csv/csv-file.js';
import { type CaseCodes, caseKey, plain, unknown } from './case-codes.js';
import { kindNamed } from './sample-entries.js';
import { spreadsheetTrace } from './spreadsheet-traces.js';

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
  cases: ListedCase[];
  /** By caseKey. */
  byPseudonym: Map<string, ListedCase>;
  /** Whether nothing more can be said of a pseudonym: its sample was wrong, or the heading of the table. */
  isUnplaced: (key: string) => boolean;
  hasUnplaced: boolean;
  /** By the sample's key. */
  samples: Map<number, ListedCase[]>;
  /** Data rows of the file. */
  rows: number;
}

const mostCases = 32_000;

/** What cases are read against. */
interface Reading {
  framework: Framework;
  codes: CaseCodes;
  say: (problem: Problem) => void;
  notice: (problem: Problem) => void;
}

/** Reads cases.csv against an edition; what is wrong goes to `say`, and the rest is read on. */
export function readCases(csv: CsvFile, reading: Reading): CaseList {
  const { framework, say, notice } = reading;
  const fieldOf = columnsOf(csv, reading);
  const found: ListedCase[] = [];
  const byPseudonym = new Map<string, ListedCase>();
  const unplaced = new Set<string>();
  const isHeaded = requiredColumns(framework).every((name) => fieldOf.has(name));
  let rows = 0;
  let totals: { line: number } | undefined;
  for (const { cells: row, line } of csv.rows()) {
    if (totals) say(cellProblem(csv, totals.line, 1, 'a totals row has to be the last one'));
    totals = isTotalsRow(row) ? { line } : undefined;
    if (totals) continue;
    rows++;
    const one = readCase(csv, { row, line, fieldOf }, reading);
    if (!one) {
      unplaced.add(caseKey(row[(fieldOf.get('case') ?? 0) - 1] ?? ''));
      continue;
    }
    const twin = byPseudonym.get(caseKey(one.pseudonym));
    if (!twin) {
      byPseudonym.set(caseKey(one.pseudonym), one);
      found.push(one);
    } else {
      const message =
        twin.sample === one.sample
          ? `case "${one.pseudonym}" is there already, in line ${twin.line}${twin.pseudonym === one.pseudonym ? '' : `, as "${twin.pseudonym}"`}: neither letter case nor what can't be seen tells cases apart${spreadsheetTrace(one.pseudonym)}`
          : `case "${one.pseudonym}" is in two samples: ${twin.sample} (line ${twin.line}) and ${one.sample}`;
      say(cellProblem(csv, line, fieldOf.get('case'), message));
    }
  }
  if (rows === 0) say(cellProblem(csv, csv.headerLine, undefined, 'no case is listed below the heading'));
  if (found.length > mostCases) {
    const message = `${found.length} cases: an inspection may have up to ${mostCases}`;
    say(cellProblem(csv, csv.headerLine, undefined, message));
  }
  const samples = new Map([...framework.samples.values()].map(({ id }) => [id, [] as ListedCase[]]));
  for (const one of found) samples.get(one.sampleId)?.push(one);
  const cases = [...samples.values()].flat();
  for (const [at, one] of cases.entries()) one.number = at + 1;
  for (const inSample of samples.values()) for (const [at, one] of inSample.entries()) one.place = at;
  const odd = found.find(({ pseudonym }) => spreadsheetTrace(pseudonym) !== '');
  if (odd)
    notice(
      cellProblem(
        csv,
        odd.line,
        fieldOf.get('case'),
        `case "${odd.pseudonym}" is taken as it stands${spreadsheetTrace(odd.pseudonym)}`,
      ),
    );
  return {
    ...{ cases, byPseudonym, samples, rows },
    isUnplaced: (key) => !isHeaded || unplaced.has(key),
    hasUnplaced: !isHeaded || unplaced.size > 0,
  };
}

/** Whether the edition names kinds of case in any of its samples. */
const hasKinds = ({ samples }: Framework) => [...samples.values()].some(({ kinds }) => kinds.size > 0);

/** The columns that a file of cases needs. */
const requiredColumns = (framework: Framework): string[] => [
  'case',
  'sample',
  ...(hasKinds(framework) ? [framework.kindOfCase] : []),
];

/** The field of each column, from 1; a column that is not known is refused by its name. */
function columnsOf(csv: CsvFile, { framework, codes, say, notice }: Reading): Map<string, number> {
  const { kindOfCase } = framework;
  const required = requiredColumns(framework);
  const columns = [...required, ...codes.keys()];
  const fieldOf = new Map<string, number>();
  for (const [at, heading] of csv.header.entries()) {
    const name = plain(heading).replaceAll(' ', '_');
    // above empty cells alone
    if (heading === '') continue;
    if (columns.includes(name)) fieldOf.set(name, at + 1);
    else if (name === 'kind' && hasKinds(framework)) fieldOf.set(kindOfCase, at + 1);
    else if (name === kindOfCase || name === 'kind') {
      const message = `edition ${framework.code} names no kinds of case: column "${heading}" is not kept`;
      notice(cellProblem(csv, csv.headerLine, at + 1, message));
    } else {
      const message = `unknown column "${heading}"${didYouMean(name, columns)}: allowed are ${columns.join(', ')}`;
      say(cellProblem(csv, csv.headerLine, at + 1, message));
    }
  }
  for (const name of required) {
    if (!fieldOf.has(name))
      say(
        cellProblem(
          csv,
          csv.headerLine,
          undefined,
          `column "${name}" is missing: needed are ${required.join(', ')}; found are ${listed(csv.header.filter(Boolean))}`,
        ),
      );
  }
  return fieldOf;
}

function readCase(
  csv: CsvFile,
  { row, line, fieldOf }: { row: string[]; line: number; fieldOf: Map<string, number> },
  { framework, codes, say }: Reading,
): ListedCase | undefined {
  const { kindOfCase } = framework;
  if (requiredColumns(framework).some((name) => !fieldOf.has(name))) return undefined;
  const cell = (name: string) => row[(fieldOf.get(name) ?? 0) - 1] ?? '';
  const wrong = (name: string, message: string) => say(cellProblem(csv, line, fieldOf.get(name), message));
  const pseudonym = cell('case');
  if (pseudonym === '') wrong('case', 'case is empty: every row needs the pseudonym of a case');
  else if (pseudonym.length > 100) wrong('case', 'the pseudonym is longer than 100 characters');

  const samples = [...framework.samples.keys()];
  const sample = framework.samples.get(
    samples.find((name) => plain(name) === plain(cell('sample')).replaceAll('-', ' ')) ?? '',
  );
  if (!sample) {
    wrong(
      'sample',
      `sample ${quoted(cell('sample'))} is not in edition ${framework.code}${didYouMean(cell('sample'), samples)}: allowed are ${samples.join(', ')}`,
    );
  }
  const kind = sample && kindIn(sample, cell(kindOfCase));
  if (sample && kind === undefined) {
    const kinds = [...sample.kinds.keys()];
    wrong(
      kindOfCase,
      `${kindOfCase} ${quoted(cell(kindOfCase))} is none of the ${sample.name} sample${didYouMean(cell(kindOfCase), kinds)}: allowed are ${listed(kinds)}`,
    );
  }
  const coded: Record<string, string> = {};
  for (const [attribute, { values, find }] of codes) {
    const written = fieldOf.has(attribute) ? cell(attribute) : unknown;
    const value = find(written);
    if (value === undefined)
      wrong(
        attribute,
        `${attribute} ${quoted(written)} is no coded value${didYouMean(written, values)}: allowed are ${values.join(', ')}${spreadsheetTrace(written)}`,
      );
    else if (value !== unknown) coded[attribute] = value;
  }
  // The case is kept though a characteristic of it is wrong: its answers are not unknown for that.
  if (pseudonym === '' || !sample) return undefined;
  return {
    pseudonym,
    sample: sample.name,
    sampleId: sample.id,
    kind: kind === undefined ? '' : kind,
    attributes: coded,
    place: 0,
    number: 0,
    line,
  };
}

/** The kind of case that a cell names; null where the edition names none in the sample, undefined where it names another. */
const kindIn = (sample: Sample, written: string): string | null | undefined =>
  sample.kinds.size === 0 ? null : kindNamed(sample, written);

const quoted = (text: string) => (text === '' ? '(empty)' : `"${text.slice(0, 60)}"`);
