import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Papa from 'papaparse';
import { beforeEach, describe, expect, test } from 'vitest';
import { contents, invented } from '../support/bundles.js';
import { asCsv, bundleFiles, lineOf, smallBundle, storedAnswers, withCell } from '../support/case-files.js';
import { testCommands } from '../support/command.js';
import { forgetUsersLoads } from '../support/forget-loads.js';

const { database, folder, run } = testCommands();
const small = smallBundle();
const changed = smallBundle({ yes222: 2 });
const wrongAnswer = (from: number, until: number, answer: string) => ({
  ...small,
  answers: small.answers.map((row, at) => (at >= from && at <= until ? row.with(2, answer) : row)),
});

/** Every test begins without an invented inspection. */
beforeEach(async () => {
  const { db } = database;
  await db.deleteFrom('core.inspection').where('is_synthetic', '=', true).execute();
  await forgetUsersLoads(db);
});

const load = (...args: string[]) => run(['load', ...args]);

/** Writes files into a folder of their own, which may be named. */
async function written(content: Record<string, string | Buffer>, name = 'bundle'): Promise<string> {
  const into = path.join(await folder(), name);
  for (const [file, text] of Object.entries(content)) {
    await mkdir(path.dirname(path.join(into, file)), { recursive: true });
    await writeFile(path.join(into, file), text);
  }
  return into;
}

const answersAre = async (answer: string) =>
  expect((await storedAnswers(database.db)).get('C1 2.2.2')).toBe(answer);

test('says what became of each bundle: loaded, replaced, or loaded already; as JSON too', async () => {
  const [one, other] = [await written(bundleFiles(small)), await written(bundleFiles(changed))];
  expect(await load(one)).toEqual({ code: 0, stdout: `${one}: loaded, 232 case answers\n`, stderr: '' });
  expect((await load(other)).stdout).toBe(`${other}: replaced, 232 case answers\n`);
  expect((await load(other)).stdout).toBe(`${other}: loaded already, nothing changed\n`);
  expect(JSON.parse((await load(other, '--json')).stdout)).toEqual([
    { kind: 'inspection', name: other, outcome: 'unchanged' },
  ]);
  await answersAre('yes');
});

describe('problems', () => {
  /** The rows of a file of --errors. */
  const rowsOf = async (file: string) =>
    Papa.parse<string[]>(await readFile(file, 'utf8'), { skipEmptyLines: true }).data;

  test('are all counted; the first 50 are printed, and all are in the file of --errors', async () => {
    const quoted = wrongAnswer(1, 120, 'ja, "ja\u202e"').answers.map((row, at) =>
      row.map((cell) => `"${cell.replace('"ja', `"ja ${at}`).replaceAll('"', '""')}"`),
    );
    const bundle = await written(bundleFiles({ ...small, answers: quoted }));
    const errors = path.join(await folder(), 'errors.csv');
    const { code, stdout, stderr } = await load(bundle, '--errors', errors);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    const message = (at: number) =>
      `answer "ja, "ja ${at + 1}\\u{202e}"": allowed are yes, no, na (or n/a, not applicable)`;
    expect(stderr.trimEnd().split('\n')).toEqual([
      `120 problems written to ${errors}.`,
      `${bundle}: 120 problems; nothing was loaded.`,
      ...Array.from({ length: 50 }, (_, at) => `  ${bundle}/answers.csv:${at + 2}:3: ${message(at)}`),
      '  … and 70 more',
    ]);
    expect(await rowsOf(errors)).toEqual([
      ['file', 'line', 'column', 'message'],
      ...Array.from({ length: 120 }, (_, at) => [`${bundle}/answers.csv`, `${at + 2}`, '3', message(at)]),
    ]);
  });

  test('that are the same of many lines are printed once, and all are in the file of --errors', async () => {
    const cases = small.cases.map((row, at) => (at === 1 || at === 2 ? row.with(2, 'Oct-14') : row));
    const bundle = await written(bundleFiles({ ...wrongAnswer(1, 120, 'ja'), cases }));
    const errors = path.join(await folder(), 'errors.csv');
    const { stderr } = await load(bundle, '--errors', errors);
    const lines = stderr.trimEnd().split('\n').slice(2);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(
      /cases\.csv:2:3: disposal "Oct-14" is .*: format the column as text \(and line 3: 2 rows\)$/,
    );
    expect(lines[1]).toMatch(
      /answers\.csv:2:3: answer "ja" .* \(and line 3, 4, 5, 6, 7, 8, 9, 10, 11, …: 120 rows\)$/,
    );
    expect(await rowsOf(errors)).toHaveLength(1 + 2 + 120);
  });

  test('are no formulas to a spreadsheet that opens the file of --errors', async () => {
    const line = lineOf(small.answers, 'C1', '2.1.1');
    const answers = withCell(small.answers, line, 'answer', '=1+1');
    const bundle = await written(bundleFiles({ ...small, answers }), '=HYPERLINK(1)');
    const cwd = path.dirname(bundle);
    expect((await run(['load', '=HYPERLINK(1)', '--errors', 'errors.csv'], { cwd })).code).toBe(1);
    expect((await readFile(path.join(cwd, 'errors.csv'), 'utf8')).split('\r\n')[1]).toBe(
      `"'=HYPERLINK(1)/answers.csv",${line},3,"answer ""=1+1"": allowed are yes, no, na (or n/a, not applicable)"`,
    );
  });

  test('of whole paths are in the file of --errors too, which is empty when there are none', async () => {
    const empty = await folder();
    const gone = path.join(empty, 'gone');
    const errors = path.join(await folder(), 'several.csv');
    const { code, stderr } = await load(empty, gone, '--errors', errors);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^2 problems written to .*\n2 bundles have problems; nothing was loaded\.\n/);
    for (const [at, row] of (await rowsOf(errors)).slice(1).entries()) {
      expect(row).toEqual([[empty, gone][at], '', '', expect.stringMatching(/holds no bundle|no such file/)]);
      expect(stderr).toContain(`\n  ${row[3]}\n`);
    }
    expect(await load(await written(bundleFiles(small)), '--errors', errors)).toMatchObject({ code: 0 });
    expect(await readFile(errors, 'utf8')).toBe('file,line,column,message\r\n');
  });
});

describe('--dry-run', () => {
  test('shows the ratings that would change, as text and as JSON, and changes nothing', async () => {
    await load(await written(bundleFiles(small)));
    const before = await contents(database.db);
    const bundle = await written(bundleFiles(changed));
    // 2.2.2 was yes in 0 of 2, and is in 2 of 2; overall is rated neither before nor after
    expect(await load(bundle, '--dry-run')).toEqual({
      code: 0,
      stdout: `${bundle}: would be replaced, 232 case answers
  2.2: Inadequate -> Outstanding
Nothing was changed: this was a dry run.
`,
      stderr: '',
    });
    const [{ ratings, outcome }] = JSON.parse((await load(bundle, '--dry-run', '--json')).stdout);
    expect(outcome).toBe('replaced');
    expect(ratings.before).toContainEqual({ code: '2.2', rating: 'Inadequate', score: 0 });
    expect(ratings.after).toContainEqual({ code: '2.2', rating: 'Outstanding', score: 3 });
    expect(await contents(database.db)).toEqual(before);
  });
});

describe('standard input', () => {
  const piped = (stdin: string | Uint8Array, ...args: string[]) => run(['load', ...args], { stdin });

  test('may be the inspection file, with tables that are named', async () => {
    const tables = await written(bundleFiles(small));
    const named = ['--cases', path.join(tables, 'cases.csv'), '--answers', path.join(tables, 'answers.csv')];
    expect(await piped(small.yaml, '-', ...named)).toEqual({
      code: 0,
      stdout: 'standard input: loaded, 232 case answers\n',
      stderr: '',
    });
    await answersAre('no');
  });

  test('may be either table', async () => {
    const bundle = await written(bundleFiles(small));
    const loaded = await piped(asCsv(changed.answers), bundle, '--answers', '-');
    expect(loaded.stdout).toBe(`${bundle}: loaded, 232 case answers\n`);
    await answersAre('yes');
    const cases = asCsv(withCell(small.cases, 2, 'disposal', 'referal_order'));
    expect(await piped(cases, bundle, '--cases', '-')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('\n  standard input:2:3: disposal "referal_order" is none of'),
    });
    await answersAre('yes');
  });
});

test('tables that are named by themselves go with one bundle', async () => {
  const one = await written(bundleFiles(small));
  expect(await load(one, one, '--cases', path.join(one, 'cases.csv'))).toEqual({
    code: 2,
    stdout: '',
    stderr: 'Tables that are named by themselves go with one bundle: name one.\n',
  });
});

test('of many bundles it is said in lines how far it is, and in one what became of them', async () => {
  const of = (at: number) => ({ fieldwork_from: `2019-0${at < 20 ? 1 : 2}-${(at % 20) + 10}` });
  const content = Array.from({ length: 30 }, (_, at) => [`${at}.yaml`, invented({ report: of(at) })]);
  const programme = await written(Object.fromEntries(content));
  expect(await load(programme)).toEqual({
    code: 0,
    stdout: '30 bundles: 30 loaded\n',
    stderr: Array.from({ length: 10 }, (_, at) => `${3 * at + 3} of 30 bundles\n`).join(''),
  });
});
