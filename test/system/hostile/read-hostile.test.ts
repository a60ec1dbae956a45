import { execFileSync } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { folderName } from '../../../src/cli/read-paths.js';
import { command, temporaryFolders } from '../../support/command.js';
import { editionOf, smallReport } from '../../support/small-report.js';

const folder = temporaryFolders();
let report: string;

beforeAll(async () => {
  report = smallReport(await editionOf('2021'));
});

const read = (cwd: string, ...args: string[]) => command(['read', ...args], { options: { cwd } });

test('a folder is named as every file system takes it, never as a path, and no two are the same', () => {
  const named = (...files: string[]) => {
    const taken = new Set<string>();
    return files.map((file) => folderName(file, taken));
  };
  expect(named('...txt', 'x/..txt', '....pdf')).toEqual(['report', 'report-2', 'report-3']);
  expect(named('CON.txt', 'nul.a.txt', 'a\\..\\b.txt', 'a\u001b[2J.txt', 'a. .txt')).toEqual([
    'report-CON',
    'report-nul.a',
    'a-..-b',
    'a-[2J',
    'a',
  ]);
  expect(named('a/r.txt', 'r.pdf', 'b/r-2.txt', 'R.txt')).toEqual(['r', 'r-2', 'r-2-2', 'R-3']);
  expect(named(`${'é'.repeat(200)}.txt`)).toEqual(['é'.repeat(60)]);
});

test('a report that is named like a folder above, and given twice, is written once, and inside', async () => {
  const outer = await folder();
  const cwd = path.join(outer, 'inner');
  await mkdir(cwd);
  await writeFile(path.join(cwd, '...txt'), report);
  const { code, stdout } = await read(cwd, '...txt', './...txt', '--to', 'out');
  expect({ code, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
    code: 0,
    last: '  written to ./out/report',
  });
  expect(await readdir(outer)).toEqual(['inner']);
  expect(await readdir(path.join(cwd, 'out'))).toEqual(['report']);
});

test('the lines and the name of a report command no terminal', async () => {
  const cwd = await folder();
  const name = 'r\u001b[31m\u202e.txt';
  await writeFile(
    path.join(cwd, name),
    report.replace('1. write every plan', '1. write\u001b]0;x\u0007 every &#27;[2J\u202eplan'),
  );
  const shown = await read(cwd, name, '--show', 'recommendations');
  const written = await read(cwd, name);
  expect([shown.code, written.code]).toEqual([0, 0]);
  expect(shown.stdout).toContain('\\u{1b}]0;x');
  for (const { stdout } of [shown, written]) expect(stdout).not.toMatch(/(?![\n\t])\p{Cc}|\u202e/u);
});

test.each([
  [['r.txt', '--editions', 'nowhere'], 1, /^nowhere can't be read: there is no such file.*\n$/],
  [['r.txt', '--editions', 'r.txt'], 2, /^r\.txt is no folder: name an edition's folder .*\n$/],
  // A pipe is refused at once.
  [['pipe.txt'], 1, /^pipe\.txt is not a file\. Name a report, a PDF or a text\.\n$/],
])('%j ends in one message', async (args, code, message) => {
  const cwd = await folder();
  await writeFile(path.join(cwd, 'r.txt'), report);
  execFileSync('mkfifo', [path.join(cwd, 'pipe.txt')]);
  const ended = await read(cwd, ...args);
  expect(ended.code).toBe(code);
  expect(ended.stderr).toMatch(message);
});

test('a report that the program falls over is named, and the others are read', async () => {
  const cwd = await folder();
  for (const name of ['a', 'b', 'c'])
    await writeFile(path.join(cwd, `${name}.txt`), report.replace('1. write', `1. ${name}: write`));
  // A fault of the program: a value of one of the reports can't be written down.
  const { stringify } = JSON;
  const faulty = vi.spyOn(JSON, 'stringify').mockImplementation((...args) => {
    if (String(args[0]?.value).startsWith('b: write')) throw new TypeError('no cells\nand more');
    return stringify(...(args as Parameters<typeof stringify>));
  });
  const { code, stderr, stdout } = await read(cwd, '.', '--to', 'out');
  faulty.mockRestore();
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr:
      'b.txt could not be read: the program has a fault (TypeError: no cells). Please report it, and name this file; YOT_RATINGS_DEBUG=1 shows where it is.\n',
  });
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('2 reports read, 1 refused');
  expect((await readdir(path.join(cwd, 'out'))).sort()).toEqual(['a', 'c']);
});
