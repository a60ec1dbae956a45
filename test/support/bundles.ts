import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect } from 'vitest';
import type { DB } from '../../src/database/schema.js';
import { type LoadOptions, load } from '../../src/import/load.js';
import { formatProblem, UserError } from '../../src/problem.js';

/** An invented inspection with counts of key questions, among twelve court cases. */
export const withCounts = (
  service: string,
  month: string,
  edition: string,
  questions: string,
): string => `synthetic: true
service: ${service}
report: {fieldwork_month: "${month}"}
edition: "${edition}"
sample: {court_disposals: {cases: 12}}
key_questions: {${questions}}
`;

/** An invented inspection under the 2018 edition, with something of everything that a bundle may hold. */
export const good2018 = `about: Invented for a test; no such inspection took place.
synthetic: true
service: {name: Barset Youth Justice Service, area: Barset, region: East Midlands, kind: YJS}
report:
  title: An invented inspection
  published: "2019-08"
  isbn: "978-0-00-000000-0"
  lead_inspector: Nobody
  fieldwork_from: "2019-05-13"
  fieldwork_to: "2019-05-17"
edition: "2018"
sample:
  court_disposals: {cases: 9, community_sentence: 7, referral_order: 4, custodial_sentence: 2, case_manager_interviews: 8, eligible_cases: 12, place: page 9}
  out_of_court_disposals: {cases: 6, youth_caution: 2, community_resolution: 3}
overall: {rating: Good, score: 24, out_of: 36, place: 3}
standard_ratings:
  "1.1": Good
  "1.2": {rating: Outstanding, place: page 3}
  "1.3": Good
  "1.4": {lost: [rating]}
  "2.1": Good
  "2.2": Outstanding
  "3.1": Requires improvement
judgements:
  "1.4": Requires improvement
professional_discretion:
  - {standard: "2.2", from: Good, to: Outstanding, reason: The one case was a late referral., place: 12}
key_questions:
  "2.1.1": {relevant_cases: 9, yes: 7}
  "2.1.2": {relevant_cases: 8, yes: 6, place: page 14}
  "2.1.3": {percent_yes: 67}
  "2.2.1": {relevant_cases: 9, yes: 9}
  "2.2.2": {relevant_cases: 4, yes: 3}
  "2.2.3": {not_applicable: true}
  "3.1.1": {yes: 4, lost: [relevant_cases]}
prompts:
  "2.1.1.a": {relevant_cases: 9, yes: 8}
  "2.1.1.b": {relevant_cases: 0, yes: 0}
  "2.1.1.c": {lost: [relevant_cases, yes], place: 40}
prose_counts:
  "2.1.3": {yes: 6, of: 9, place: line 20}
context:
  - {measure: total population, value: 41000, unit: people, year: 2019, source: Invented}
  - {measure: caseload, breakdown: gender, category: Female, value: 3, percent: 18, national_percent: 15, period: 2018 to 2019}
  - {measure: reoffending, percent: 30.5, comparator: neighbours, comparator_percent: 33, as_at: "2019-03-31"}
  - {measure: budget, lost: [value], unit: pounds, standard: "1.2", domain: "1"}
recommendations:
  - {addressed_to: The management board, summary: Review the plan., domain: "1", place: 5}
  - {number: 4, addressed_to: The service, summary: Write assessments in time.}
findings:
  - {kind: strength, standard: "1.1", summary: Leaders know the children.}
  - {kind: area for improvement, summary: Reviews come late., place: 7}
`;

/** An invented inspection under the 2021 edition, in the shortest forms: the service as text, a month, a year. */
export const good2021 = `synthetic: true
service: Westminster Youth Offending Team
report: {published: 2022, fieldwork_month: "2022-03"}
edition: 2021
sample:
  court_disposals: {cases: 11}
  out_of_court_disposals: {cases: 8, triage: 1}
  resettlement: {cases: 2, custodial_sentence: 2}
standard_ratings: {"3.4": Requires improvement, "4.1": Good}
key_questions:
  "2.1.1": {percent_yes: 91}
  "2.1.2": {relevant_cases: 10, yes: 8}
prompts:
  "2.1.1.a": {percent_yes: 45}
recommendations: 5
`;

/** A text, and the place in it where something is wrong; lines and columns count from 1. */
export interface Wrong {
  text: string;
  line: number;
  column: number;
}

/**
 * A text with one thing in it changed. A '▸' in what is put there marks where the problem is to be reported, and goes.
 * Throws when the thing is not there just once: a change that changes nothing would test nothing.
 */
export function changed(text: string, from: string, to: string): Wrong {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`"${from}" is there ${parts.length - 1} times`);
  const marked = parts.join(to);
  const before = marked.slice(0, Math.max(marked.indexOf('▸'), 0)).split('\n');
  return {
    text: marked.replace('▸', ''),
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
  };
}

/** Text as it comes by a pipe. */
export const piped = (name: string, text: string) => ({
  name,
  chunks: (async function* () {
    yield Buffer.from(text);
  })(),
});

/** A folder of the test file's own. */
export interface TestFolder {
  /** Writes files, by name with their content, into a new folder below it; returns that folder. */
  folder(files: Record<string, string | Uint8Array>): Promise<string>;
  /** Writes a bundle's inspection.yaml into a new folder; returns the file. */
  bundle(text: string | Uint8Array): Promise<string>;
}

/** Gives the test file a folder, made before its tests and removed after. */
export function testFolder(): TestFolder {
  let home = '';
  let made = 0;
  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'yot-ratings-bundles-'));
  });
  afterAll(() => rm(home, { recursive: true, force: true }));
  const folder: TestFolder['folder'] = async (files) => {
    const into = path.join(home, `bundle-${++made}`);
    for (const [name, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(into, name)), { recursive: true });
      await writeFile(path.join(into, name), content);
    }
    return into;
  };
  return {
    folder,
    bundle: async (text) => path.join(await folder({ 'inspection.yaml': text }), 'inspection.yaml'),
  };
}

/** Every base table of a schema with its number of rows and a digest of them: equal when nothing at all has changed. */
export async function contents(db: Kysely<DB>, schema = 'core'): Promise<Record<string, string>> {
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = ${schema} order by 1`.execute(db);
  const parts = tables.map(
    ({ name }) =>
      `select '${name}' as name, count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as rows from ${schema}.${name} as t`,
  );
  const { rows } = await sql.raw<{ name: string; rows: string }>(parts.join(' union all ')).execute(db);
  return Object.fromEntries(rows.map(({ name, rows }) => [name, rows]));
}

/** What no user may ever read: words of the database or of the program itself. */
const inner =
  /violates|constraint|relation "|core\.|syntax error|TypeError|undefined|call stack|\[object|\n\s+at /;

/** Expects that a user error says what is wrong in a user's words, and with the exit code for wrong data. */
export function expectPlainWords({ message, problems, exit }: UserError): void {
  const said = [message, ...problems.map(formatProblem)].join('\n');
  expect(said).not.toMatch(inner);
  expect(said).toMatch(/\w{3}/);
  expect(exit).toBe(1);
}

/** Loads what has to be refused. Expects a user error, and that nothing whatever has changed; returns the error. */
export async function refused(db: Kysely<DB>, paths: string[], options?: LoadOptions): Promise<UserError> {
  const before = await contents(db);
  const error = await load(db, paths, options).then(
    () => new Error('it was loaded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw error;
  expectPlainWords(error);
  expect(await contents(db)).toEqual(before);
  return error;
}
