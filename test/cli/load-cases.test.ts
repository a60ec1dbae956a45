import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Papa from 'papaparse';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { contents } from '../support/bundles.js';
import { asCsv, bundleFiles, lineOf, smallBundle, storedAnswers, withCell } from '../support/case-files.js';
import { command, temporaryFolders } from '../support/command.js';
import { testDatabase } from '../support/database.js';
import { forgetUsersLoads } from '../support/forget-loads.js';

const database = testDatabase();
const folder = temporaryFolders();
let home: string;
const small = smallBundle();
const changed = smallBundle({ yes222: 2 });

beforeAll(async () => {
  home = await folder();
});

/** Every test begins without an invented inspection. */
beforeEach(async () => {
  const { db } = database;
  await db.deleteFrom('core.inspection').where('is_synthetic', '=', true).execute();
  await forgetUsersLoads(db);
});

const env = () => ({ DATABASE_URL: database.url, YOT_RATINGS_HOME: home });
const load = (...args: string[]) => command(['load', ...args], { env: env() });

/** The same with a text on standard input. */
const loadPiped = (stdin: string | Uint8Array, ...args: string[]) =>
  command(['load', ...args], { env: env(), stdin });

/** Writes files into a folder of their own, which may be named. */
async function written(content: Record<string, string>, name = 'bundle'): Promise<string> {
  const into = path.join(await folder(), name);
  await mkdir(into);
  for (const [file, text] of Object.entries(content)) await writeFile(path.join(into, file), text);
  return into;
}

const answersAre = async (answer: string) =>
  expect((await storedAnswers(database.db)).get('C1 2.2.2')).toBe(answer);

describe('load', () => {
  test('says how many answers were loaded, were replaced, or are there already', async () => {
    const [one, other] = [await written(bundleFiles(small)), await written(bundleFiles(changed))];
    expect(await load(one)).toEqual({ code: 0, stdout: `${one}: loaded, 232 case answers\n`, stderr: '' });
    expect(await load(other)).toMatchObject({ code: 0, stdout: `${other}: replaced, 232 case answers\n` });
    expect(await load(other)).toMatchObject({
      code: 0,
      stdout: `${other}: loaded already, nothing changed\n`,
    });
    await answersAre('yes');
  });

  test('takes a folder of bundles, and says on standard error what is worth saying', async () => {
    const all = await folder();
    for (const [name, day] of [
      ['a', '2019-05-13'],
      ['b', '2019-06-10'],
    ] as const) {
      await mkdir(path.join(all, name));
      for (const [file, text] of Object.entries(bundleFiles(smallBundle({ day }))))
        await writeFile(path.join(all, name, file), text);
    }
    const cases = path.join(all, 'b', 'cases.csv');
    const answers = path.join(all, 'b', 'answers.csv');
    for (const file of [cases, answers]) {
      const text = await readFile(file, 'utf8');
      await writeFile(file, Buffer.from(text.replaceAll('C2,', 'Zoë,'), 'latin1'));
    }
    const said = 'not UTF-8: read as Windows-1252. Save it as CSV UTF-8 if accents come out wrong';
    expect(await load(all)).toEqual({
      code: 0,
      stdout: `${all}/a: loaded, 232 case answers\n${all}/b: loaded, 232 case answers\n`,
      stderr: `${cases}: ${said}\n${answers}: ${said}\n`,
    });
  });
});

describe('problems', () => {
  test('are all counted; the first 50 are printed, and all are in the file of --errors', async () => {
    const answers = small.answers.map((row, at) => (at > 0 && at <= 120 ? row.with(2, 'ja, "ja"') : row));
    const quoted = answers.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`));
    const bundle = await written(bundleFiles({ ...small, answers: quoted }));
    const errors = path.join(home, 'errors.csv');
    const { code, stdout, stderr } = await load(bundle, '--errors', errors);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    const lines = stderr.trimEnd().split('\n');
    const message = 'answer "ja, "ja"": allowed are yes, no, na (or n/a, not applicable)';
    expect(lines).toEqual([
      `120 problems written to ${errors}.`,
      `${bundle}: 120 problems; nothing was loaded.`,
      ...Array.from({ length: 50 }, (_, at) => `  ${bundle}/answers.csv:${at + 2}:3: ${message}`),
      '  … and 70 more',
    ]);
    const { data, errors: broken } = Papa.parse<string[]>(await readFile(errors, 'utf8'), {
      skipEmptyLines: true,
    });
    expect(broken).toEqual([]);
    expect(data).toEqual([
      ['file', 'line', 'column', 'message'],
      ...Array.from({ length: 120 }, (_, at) => [`${bundle}/answers.csv`, `${at + 2}`, '3', message]),
    ]);
  });

  test('are no formulas to a spreadsheet that opens the file of --errors', async () => {
    const line = lineOf(small.answers, 'C1', '2.1.1');
    const bundle = await written(
      bundleFiles({ ...small, answers: withCell(small.answers, line, 'answer', '=1+1') }),
      '=HYPERLINK(1)',
    );
    const cwd = path.dirname(bundle);
    const { code } = await command(['load', '=HYPERLINK(1)', '--errors', 'errors.csv'], {
      env: env(),
      options: { cwd },
    });
    expect(code).toBe(1);
    const [, row] = (await readFile(path.join(cwd, 'errors.csv'), 'utf8')).split('\r\n');
    expect(row).toBe(
      `"'=HYPERLINK(1)/answers.csv",${line},3,"answer ""=1+1"": allowed are yes, no, na (or n/a, not applicable)"`,
    );
  });

  test('of a whole path are in the file of --errors, too; it is empty when there are none', async () => {
    const { 'answers.csv': _, ...content } = bundleFiles(small);
    const bundle = await written(content);
    const errors = path.join(home, 'whole.csv');
    const message = `${bundle}: there is cases.csv without answers.csv: both are needed, or neither.`;
    expect(await load(bundle, '--errors', errors)).toEqual({
      code: 1,
      stdout: '',
      stderr: `1 problem written to ${errors}.\n${message}\n`,
    });
    expect(await readFile(errors, 'utf8')).toBe(`file,line,column,message\r\n${bundle},,,"${message}"\r\n`);
    const good = await written(bundleFiles(small));
    expect(await load(good, '--errors', errors)).toMatchObject({ code: 0, stderr: '' });
    expect(await readFile(errors, 'utf8')).toBe('file,line,column,message\r\n');
  });

  test('of whole paths among several bundles are on the screen once, and in the file of --errors', async () => {
    const empty = await folder();
    const gone = path.join(home, 'gone');
    const answers = small.answers.map((row, at) => (at === 1 ? row.with(2, 'perhaps') : row));
    const wrong = await written(bundleFiles({ ...small, answers }));
    const errors = path.join(home, 'several.csv');
    const told = [
      `${empty} holds no bundle: a bundle is a folder with inspection.yaml (or inspection.json).`,
      `${gone} can't be read: there is no such file: correct the path or put the file there.`,
      'answer "perhaps": allowed are yes, no, na (or n/a, not applicable)',
    ];
    const { code, stderr } = await load(empty, gone, wrong, '--errors', errors);
    expect(code).toBe(1);
    expect(stderr.trimEnd().split('\n')).toEqual([
      `3 problems written to ${errors}.`,
      '3 bundles have problems; nothing was loaded.',
      `  ${told[0]}`,
      `  ${told[1]}`,
      `  ${wrong}/answers.csv:2:3: ${told[2]}`,
    ]);
    const { data } = Papa.parse<string[]>(await readFile(errors, 'utf8'), { skipEmptyLines: true });
    expect(data.slice(1)).toEqual([
      [empty, '', '', told[0]],
      [gone, '', '', told[1]],
      [`${wrong}/answers.csv`, '2', '3', told[2]],
    ]);
  });

  test('cannot be written where there is no folder: nothing is loaded', async () => {
    const before = await contents(database.db);
    const nowhere = path.join(home, 'nowhere', 'errors.csv');
    expect(await load(await written(bundleFiles(small)), '--errors', nowhere)).toEqual({
      code: 2,
      stdout: '',
      stderr: `${nowhere} can't be written: the folder that it would lie in is not there: make it, or correct the path.\n`,
    });
    expect(await contents(database.db)).toEqual(before);
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
    const { code, stdout } = await load(bundle, '--dry-run', '--json');
    expect(code).toBe(0);
    const [{ ratings, ...rest }, ...others] = JSON.parse(stdout);
    expect(others).toEqual([]);
    expect(rest).toEqual({ kind: 'inspection', name: bundle, outcome: 'replaced', answers: 232 });
    const of22 = (rows: { code: string }[]) => rows.find(({ code }) => code === '2.2');
    expect(of22(ratings.before)).toEqual({ code: '2.2', rating: 'Inadequate', score: 0 });
    expect(of22(ratings.after)).toEqual({ code: '2.2', rating: 'Outstanding', score: 3 });
    expect(await contents(database.db)).toEqual(before);
  });

  test('of a wrong bundle gives its errors', async () => {
    const cases = withCell(small.cases, 2, 'sample', 'curt');
    const bundle = await written(bundleFiles({ ...small, cases }));
    expect(await load(bundle, '--dry-run')).toEqual({
      code: 1,
      stdout: '',
      stderr: `${bundle}: 1 problem; nothing was loaded.
  ${bundle}/cases.csv:2:2: sample "curt" is not in edition 2018 (did you mean "court"?): allowed are court, out of court
`,
    });
  });
});

describe('standard input', () => {
  test('may be the inspection file, with tables that are named', async () => {
    const tables = await written(bundleFiles(small));
    const [cases, answers] = [path.join(tables, 'cases.csv'), path.join(tables, 'answers.csv')];
    expect(await loadPiped(small.yaml, '-', '--cases', cases, '--answers', answers)).toEqual({
      code: 0,
      stdout: 'standard input: loaded, 232 case answers\n',
      stderr: '',
    });
    await answersAre('no');
  });

  test('may be either table', async () => {
    const bundle = await written(bundleFiles(small));
    expect(await loadPiped(asCsv(changed.answers), bundle, '--answers', '-')).toMatchObject({
      code: 0,
      stdout: `${bundle}: loaded, 232 case answers\n`,
    });
    await answersAre('yes');
    const cases = asCsv(withCell(small.cases, 2, 'disposal', 'referal_order'));
    expect(await loadPiped(cases, bundle, '--cases', '-')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('\n  standard input:2:3: disposal "referal_order" is none of'),
    });
    await answersAre('yes');
  });

  test('that is empty is refused', async () => {
    expect(await loadPiped('', '-')).toMatchObject({
      code: 1,
      stderr: 'standard input is empty: an inspection file (YAML or JSON) was expected.\n',
    });
  });

  test('is only one of them', async () => {
    expect(await loadPiped(small.yaml, '-', '--cases', '-')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'Standard input (-) can be read only once: name it once.\n',
    });
  });
});

test('tables that are named by themselves go with one bundle', async () => {
  const [one, other] = [
    await written(bundleFiles(small)),
    await written(bundleFiles(smallBundle({ day: '2019-06-10' }))),
  ];
  expect(await load(one, other, '--cases', path.join(one, 'cases.csv'))).toEqual({
    code: 2,
    stdout: '',
    stderr: 'Tables that are named by themselves go with one bundle: name one.\n',
  });
});
