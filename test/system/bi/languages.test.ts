import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Relation, relations } from '../../../src/database/catalogue.js';
import { analystsOnly } from '../../../src/database/views.js';
import { groupBy } from '../../../src/group-by.js';
import { valuesOf } from '../../support/asked.js';
import { type Ended, running } from '../../support/command.js';
import { testDatabase, urlOf } from '../../support/database.js';

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

/** What a program tells of schema analytics, a line each: its kind, and fields between tabs. */
const linesOf = (output: string) =>
  groupBy(
    output.split(/\r?\n/).filter(Boolean),
    (line) => line.split('\t')[0] as 'view' | 'column' | 'value' | 'rows' | 'refused' | 'done' | 'driver',
  );

/** Statements of each kind that the read-only role is refused: test/system/roles tries them all. */
const refused = [
  'select * from core.answer',
  ...analystsOnly.map((name) => `select * from ${name}`),
  'insert into analytics.inspection default values',
  'update analytics.standard_rating set standard = null',
  'drop view analytics.inspection',
  'create table analytics.mine (a integer)',
  'set role yot_ratings_analyst',
];

/** What is particular to a driver. */
interface Expected {
  /** Whether its list of views has those too that the reader may not read: it asks pg_catalog, not information_schema. */
  listsAll: boolean;
  /** What the driver makes of a date, a boolean, a whole number and a text. */
  kinds: { date: string; boolean: string; integer: string; text: string };
}

/** Tests of schema analytics through a driver, as the read-only role; skipped, saying what is missing, where it is not there. */
function describeDriver(name: string, program: Program, { listsAll, kinds }: Expected): void {
  const isMissing = 'missing' in program;
  describe.skipIf(isMissing)(isMissing ? `${name} (not here: ${program.missing})` : name, () => {
    const database = testDatabase();
    let told: ReturnType<typeof linesOf>;
    let views: Relation[];
    const fieldsOf = (kind: 'view' | 'column' | 'value' | 'rows' | 'refused') =>
      (told.get(kind) ?? []).map((line) => line.split('\t').slice(1));

    beforeAll(async () => {
      if ('missing' in program) return;
      views = await relations(database.db, ['analytics']);
      const ended = await run(program.command, [...program.args, urlOf(database, 'reader')], refused);
      if (ended?.code !== 0) throw new Error(`${name} failed: ${ended?.stderr}`);
      told = linesOf(ended.stdout);
    });
    const isReadable = (view: Relation) => !analystsOnly.includes(`analytics.${view.name}`);

    test('lists every view and every column with its comment', () => {
      const listed = views.filter((view) => listsAll || isReadable(view));
      const byName = (rows: (string | null)[][]) => rows.map((row) => row.join(': ')).sort();
      expect(byName(fieldsOf('view'))).toEqual(byName(listed.map((view) => [view.name, view.comment])));
      const columns = listed.flatMap(({ name, columns }) =>
        columns.map((column) => [`${name}.${column.name}`, column.comment]),
      );
      const found = fieldsOf('column').map(([view, column, , comment = '']) => [
        `${view}.${column}`,
        comment,
      ]);
      expect(byName(found)).toEqual(byName(columns));
    });

    test('reads every view to its last row, and takes values for what they are', async () => {
      const counts = views
        .filter(isReadable)
        .map(({ name }) => `select '${name}' as view, count(*)::text from analytics.${name}`);
      expect(fieldsOf('rows').sort()).toEqual(
        (await valuesOf(database.db, counts.join(' union all '))).sort(),
      );
      const found = Object.fromEntries(
        fieldsOf('value').map(([view, column, kind]) => [`${view}.${column}`, kind]),
      );
      expect(found).toMatchObject({
        'inspection.fieldwork_start': kinds.date,
        'inspection.is_synthetic': kinds.boolean,
        'inspection.court_cases': kinds.integer,
        'overall_rating.rating': kinds.text,
      });
    });

    test('is refused everything else', () => {
      const statements = fieldsOf('refused').map(([, statement]) => statement);
      expect(statements).toEqual(expect.arrayContaining(refused));
      expect(told.get('done')).toBeUndefined();
    });
  });
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
  kinds: {
    date: 'java.sql.Date',
    boolean: 'java.lang.Boolean',
    integer: 'java.lang.Integer',
    text: 'java.lang.String',
  },
});
describeDriver('psqlODBC', await odbc(), {
  listsAll: true,
  // psqlODBC gives booleans as texts, unless told otherwise in the data source
  kinds: { date: 'date', boolean: 'str', integer: 'int', text: 'str' },
});
describeDriver('Python', await python(), {
  listsAll: false,
  kinds: { date: 'date', boolean: 'bool', integer: 'int', text: 'str' },
});
describeDriver('R', await r(), {
  listsAll: false,
  kinds: { date: 'Date', boolean: 'logical', integer: 'integer', text: 'character' },
});
