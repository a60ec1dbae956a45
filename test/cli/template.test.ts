import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { command, temporaryFolders } from '../support/command.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();
const folder = temporaryFolders();
let home: string;

beforeAll(async () => {
  home = await folder();
});

const template = (args: string[], cwd = home) =>
  command(['template', ...args], {
    env: { DATABASE_URL: database.url, YOT_RATINGS_HOME: home },
    options: { cwd },
  });

test('writes into a folder named after the edition, says what is next, and refuses to do it again', async () => {
  const cwd = await folder();
  expect(await template(['--edition', '2021'], cwd)).toEqual({
    code: 0,
    stdout: [
      './inspection-2021: inspection.yaml, cases.csv, answers.csv, columns.csv',
      'Fill in inspection.yaml, cases.csv and answers.csv; columns.csv explains the columns. Then load it:',
      '  npx yot-ratings load ./inspection-2021',
      '',
    ].join('\n'),
    stderr: '',
  });
  const files = await readdir(path.join(cwd, 'inspection-2021'));
  expect(files.sort()).toEqual(['answers.csv', 'cases.csv', 'columns.csv', 'inspection.yaml']);
  expect(await template(['--edition', '2021'], cwd)).toEqual({
    code: 2,
    stdout: '',
    stderr:
      './inspection-2021 has inspection.yaml, cases.csv, answers.csv, columns.csv already, and nothing was written: name another folder with --to.\n',
  });
});

test('writes the long form into the folder that is named', async () => {
  const to = path.join(await folder(), 'new', 'folder');
  const { code, stderr } = await template(['--edition', '2018', '--long', '--to', to]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(await readFile(path.join(to, 'answers.csv'), 'utf8')).toBe('\uFEFFcase,question,answer\r\n');
});

test.each([
  [['--edition', '2028'], 'There is no edition "2028" (did you mean "2018"?): there are 2018, 2021, 2025.\n'],
  [
    ['--edition', '2021', '--fieldwork', '14/02/2022'],
    '--fieldwork is "14/02/2022": it has to be a day, like 2022-02-14.\n',
  ],
])('a call that is wrong: %j', async (args, stderr) => {
  const cwd = await folder();
  expect(await template(args, cwd)).toEqual({ code: 2, stdout: '', stderr });
  expect(await readdir(cwd)).toEqual([]);
});
