import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Relation, relations } from '../../../src/database/catalogue.js';
import { asReader } from '../../../src/database/roles.js';
import { analystsOnly } from '../../../src/database/views.js';
import { type Ended, running } from '../../support/command.js';
import { type TestDatabase, testDatabase } from '../../support/database.js';
import { refusedStatements } from './refused-statements.js';

/** How one of the small programs of this folder is run, or what is missing on this machine that it needs. */
type Program = { command: string; args: string[] } | { missing: string };

/** A program of this folder. */
const programFile = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Runs a command to its end, with lines for its standard input; undefined where there is no such command. */
async function run(command: string, args: string[], lines: string[] = []): Promise<Ended | undefined> {
  // Messages of drivers in English, text in UTF-8
  const env = { ...process.env, LC_ALL: 'C.UTF-8', PYTHONIOENCODING: 'utf-8' };
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env });
  // a program that ends early is known by its exit code
  child.stdin.on('error', () => {});
  child.stdin.end(lines.map((line) => `${line}\n`).join(''));
  return running(child).ended.catch(() => undefined);
}

/** A Python that has a module: that of the variable PYTHON, the usual one, or the system's own. */
async function pythonWith(condition: string): Promise<string | undefined> {
  for (const python of [process.env.PYTHON, 'python3', '/usr/bin/python3', 'python']) {
    if (python && (await run(python, ['-c', condition]))?.code === 0) return python;
  }
  return undefined;
}

/** What a program tells of schema analytics. */
interface Told {
  driver: string;
  /** View -> comment. */
  views: Record<string, string>;
  /** view.column -> comment. */
  columns: Record<string, string>;
  /** view.column -> what the driver makes of its values, in the language's words. */
  values: Record<string, string>;
  /** View -> number of rows read. */
  rows: Record<string, number>;
  /** Statement -> SQLSTATE or message that it was refused with, or 'done'. */
  statements: Record<string, string>;
}

function read(output: string): Told {
  const told: Told = { driver: '', views: {}, columns: {}, values: {}, rows: {}, statements: {} };
  for (const line of output.split(/\r?\n/).filter(Boolean)) {
    const [kind, ...fields] = line.split('\t') as [string, string, string, string, string];
    if (kind === 'driver') told.driver = fields.join(' ');
    else if (kind === 'view') told.views[fields[0]] = fields[1];
    else if (kind === 'column') told.columns[`${fields[0]}.${fields[1]}`] = fields[3] ?? '';
    else if (kind === 'value') told.values[`${fields[0]}.${fields[1]}`] = fields[2];
    else if (kind === 'rows') told.rows[fields[0]] = Number(fields[1]);
    else if (kind === 'refused') told.statements[fields[1]] = fields[0];
    else if (kind === 'done') told.statements[fields[0]] = 'done';
    else throw new Error(`a line that no program should print: ${line}`);
  }
  return told;
}

/** What is particular to a driver. */
interface Expected {
  /** Whether its list of views has those too that the reader may not read: it asks pg_catalog, not information_schema. */
  listsAll: boolean;
  /** How a refusal reads: SQLSTATE, or a message where the driver gives no more. */
  refusal: RegExp;
  /** What the driver makes of a date, a boolean, a whole number and a text. */
  kinds: { date: string; boolean: string; integer: string; text: string };
}

/** insufficient privilege; a view that nobody could write through; what is no table */
const refusalStates = /^(42501|55000|42809)$/;

/** Tests of schema analytics through a driver, as the read-only role; skipped, saying what is missing, where it is not there. */
function describeDriver(name: string, program: Program, expected: Expected): void {
  const isMissing = 'missing' in program;
  describe.skipIf(isMissing)(isMissing ? `${name} (not here: ${program.missing})` : name, () => {
    const database = testDatabase();
    let told: Told;
    let views: Relation[];
    let refused: string[];

    beforeAll(async () => {
      if ('missing' in program) return;
      views = await relations(database.db, ['analytics']);
      refused = await refusedStatements(database.db);
      const url = asReader(database.url, process.env.YOT_RATINGS_READER_PASSWORD as string);
      const ended = await run(program.command, [...program.args, url], refused);
      if (ended?.code !== 0) throw new Error(`${name} failed: ${ended?.stderr}`);
      told = read(ended.stdout);
    });

    const isReadable = (view: Relation) => !analystsOnly.includes(`analytics.${view.name}`);
    const listed = () => views.filter((view) => expected.listsAll || isReadable(view));

    test('lists every view and every column with its comment', () => {
      expect(told.views).toEqual(Object.fromEntries(listed().map(({ name, comment }) => [name, comment])));
      expect(Object.keys(told.views).length).toBeGreaterThan(15);
      expect(told.columns).toEqual(
        Object.fromEntries(
          listed().flatMap((view) =>
            view.columns.map((column) => [`${view.name}.${column.name}`, column.comment]),
          ),
        ),
      );
    });

    test('reads every view to its last row', async () => {
      expect(told.rows).toEqual(await rowsByView(database, views.filter(isReadable)));
      expect(told.rows).toMatchObject({ inspection: 5, standard_rating: 62 });
    });

    test('takes dates, booleans, whole numbers and texts for what they are', () => {
      const { date, boolean, integer, text } = expected.kinds;
      expect(told.values).toMatchObject({
        'inspection.fieldwork_start': date,
        'inspection.is_synthetic': boolean,
        'inspection.court_cases': integer,
        'overall_rating.rating': text,
        'overall_rating.rating_rank': integer,
        'recommendation.addressed_to': text,
      });
    });

    test('is refused everything else', () => {
      expect(refused.length).toBeGreaterThan(150);
      for (const statement of refused)
        expect(told.statements[statement], statement).toMatch(expected.refusal);
    });
  });
}

/** How many rows the owner counts in each view. */
async function rowsByView({ db }: TestDatabase, views: Relation[]): Promise<Record<string, number>> {
  const counts = views.map(({ name }) => `select '${name}' as view, count(*) from analytics.${name}`);
  const { rows } = await sql.raw<{ view: string; count: number }>(counts.join(' union all ')).execute(db);
  return Object.fromEntries(rows.map(({ view, count }) => [view, count]));
}

async function jdbc(): Promise<Program> {
  const jar = [process.env.PGJDBC, '/usr/share/java/postgresql.jar'].find((file) => file && existsSync(file));
  if (!jar) return { missing: 'the JDBC driver; the variable PGJDBC names its jar' };
  // a runtime alone does not run a source file
  const modules = await run('java', ['--list-modules']);
  if (!modules?.stdout.includes('jdk.compiler')) return { missing: 'a Java development kit, 11 or later' };
  return { command: 'java', args: ['-cp', jar, programFile('Jdbc.java')] };
}

async function odbc(): Promise<Program> {
  const python = await pythonWith(
    'import pyodbc; assert any("PostgreSQL" in name for name in pyodbc.drivers())',
  );
  if (!python) return { missing: 'Python with pyodbc, and psqlODBC in odbcinst.ini' };
  return { command: python, args: [programFile('odbc.py')] };
}

async function python(): Promise<Program> {
  const found = (await pythonWith('import psycopg')) ?? (await pythonWith('import psycopg2'));
  if (!found) return { missing: 'Python with psycopg or psycopg2' };
  return { command: found, args: [programFile('libpq.py')] };
}

async function r(): Promise<Program> {
  const has = async (name: string) => (await run('Rscript', ['-e', `library(${name})`]))?.code === 0;
  if (!(await has('RPostgres')) && !(await has('RPostgreSQL')))
    return { missing: 'Rscript with RPostgres or RPostgreSQL' };
  return { command: 'Rscript', args: [programFile('libpq.R')] };
}

describeDriver('JDBC', await jdbc(), {
  listsAll: true,
  refusal: refusalStates,
  kinds: {
    date: 'java.sql.Date',
    boolean: 'java.lang.Boolean',
    integer: 'java.lang.Integer',
    text: 'java.lang.String',
  },
});
describeDriver('psqlODBC', await odbc(), {
  listsAll: true,
  refusal: refusalStates,
  // psqlODBC gives booleans as texts, unless told otherwise in the data source
  kinds: { date: 'date', boolean: 'str', integer: 'int', text: 'str' },
});
describeDriver('Python', await python(), {
  listsAll: false,
  refusal: refusalStates,
  kinds: { date: 'date', boolean: 'bool', integer: 'int', text: 'str' },
});
describeDriver('R', await r(), {
  listsAll: false,
  // RPostgreSQL says no more than that it could not
  refusal:
    /permission denied|must be|cannot (insert|update|delete|\w+ view)|not a table|could not create execute/i,
  kinds: { date: 'Date', boolean: 'logical', integer: 'integer', text: 'character' },
});
