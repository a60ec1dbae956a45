import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect } from 'vitest';
import type { DB } from '../../src/database/schema.js';
import { type LoadOptions, load } from '../../src/import/load.js';
import { formatProblem, UserError } from '../../src/problem.js';

/** An invented inspection's file: what a test says of it, and of the rest no more than has to be there. JSON is YAML. */
export const invented = (said: object): string => {
  const least = {
    service: 'Westminster Youth Offending Team',
    report: { fieldwork_from: '2019-05-13' },
    edition: '2018',
  };
  return `${JSON.stringify({ synthetic: true, ...least, ...said }, null, 1)}\n`;
};

/** Figures of key questions of a standard in their order: yes of relevant cases, or what stands in the file instead. */
export const figuresOf = (standard: string, ...all: ([yes: number, relevant: number] | object)[]) =>
  Object.fromEntries(
    all.map((one, at) => [
      `${standard}.${at + 1}`,
      Array.isArray(one) ? { yes: one[0], relevant_cases: one[1] } : one,
    ]),
  );

/** An invented inspection with such figures, among twelve court cases. */
export const withCounts = (
  service: string | object,
  month: string,
  edition: string,
  key_questions: object,
): string =>
  invented({
    ...{ service, edition, key_questions },
    ...{ report: { fieldwork_month: month }, sample: { court_disposals: { cases: 12 } } },
  });

/** An invented inspection under the 2018 edition, with something of everything that a bundle may hold. */
export const good2018 = readFileSync(path.join(import.meta.dirname, 'good-2018.yaml'), 'utf8');

/** An invented inspection under the 2021 edition, in the shortest forms: the service as text, a month, a year. */
export const good2021 = readFileSync(path.join(import.meta.dirname, 'good-2021.yaml'), 'utf8');

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
