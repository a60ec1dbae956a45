import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { good2021, testFolder } from '../support/bundles.js';
import { command, testCommands } from '../support/command.js';
import { everyFile } from '../support/every-file.js';
import { leaveFewServices } from '../support/few-services.js';

// Commands that write files into a folder.

const { database, folder, run, printed } = testCommands();
const files = testFolder();
let home: string;
beforeAll(async () => {
  home = await folder();
  await leaveFewServices(database.db);
  await printed('load', await files.bundle(good2021));
});

test('export writes every public view, and says which files and how many rows', async () => {
  const to = path.join(home, 'all');
  const stdout = await printed('export', to);
  const lines = stdout.split('\n');
  expect(lines[0]).toMatch(/^view +rows +files$/);
  expect(stdout).toMatch(/^standard_rating +62 {2}standard_rating\.csv, standard_rating\.parquet$/m);
  expect(stdout).not.toContain('subgroup_count');
  expect(lines.at(-3)).toMatch(/\/all: \d+ views, described by datapackage\.json and csv-metadata\.json$/);
  expect(lines.at(-2)).toBe('1 invented inspection left out: --synthetic includes them');
  const views = lines.slice(2, lines.indexOf('')).length;
  expect(await readdir(to)).toHaveLength(2 * views + 2);
  // Again, some of it, in the place of all.
  const chosen = ['--only', 'inspection', 'finding', 'inspection', '--format', 'csv', '--synthetic'];
  const again = await printed('export', to, ...chosen, '--force', '--spreadsheet-safe', '--json');
  const files = ['finding.csv', 'inspection.csv', 'datapackage.json', 'csv-metadata.json'];
  const { views: written, ...rest } = JSON.parse(again);
  expect(rest).toEqual({ folder: to, files, left_out: 0 });
  const file = {
    file: 'inspection.csv',
    format: 'csv',
    bytes: (await stat(path.join(to, 'inspection.csv'))).size,
  };
  expect(written[1]).toMatchObject({ view: 'inspection', rows: 6, files: [file] });
  expect((await readdir(to)).sort()).toEqual(files.sort());
  const description = await readFile(path.join(to, 'datapackage.json'), 'utf8');
  expect(description).toContain('an apostrophe stands before');
});

test('book writes pages, of invented inspections with --synthetic alone, and says how many, how large and where they open', async () => {
  const to = path.join(home, 'invented');
  const stdout = await printed('book', to, '--synthetic');
  expect(await readdir(path.join(to, 'inspections'))).toHaveLength(1);
  const again = JSON.parse(await printed('book', to, '--synthetic', '--force', '--json'));
  const sizes = Object.values(await everyFile(to)).map(({ length }) => length);
  expect(again).toMatchObject({
    address: pathToFileURL(path.join(to, 'index.html')).href,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    files: { length: sizes.length },
  });
  expect(again.pages).toBeGreaterThan(20);
  const size = `${again.pages} pages, ${sizes.length} files, ${(again.bytes / 1e6).toFixed(1)} MB`;
  expect(stdout).toBe(`${to}: ${size}; all invented\nOpen it in a browser: ${again.address}\n`);
});

test.each(['export', 'book', 'connect', 'simulate --to'])(
  '%s refuses a folder that is not empty, before it asks a server',
  async (name) => {
    const to = path.join(await folder(), 'mine');
    await mkdir(to);
    await writeFile(path.join(to, 'mine.txt'), 'mine');
    const nowhere = { env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' } };
    const { code, stdout, stderr } = await command([...name.split(' '), to], nowhere);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(
      /^\S+ is not empty: name another folder(, or add --force, .*)?\. Nothing was written\.\n$/,
    );
    expect(await readdir(to)).toEqual(['mine.txt']);
  },
);

test('template writes into a folder named after the edition, and says what is next', async () => {
  const cwd = await folder();
  const written = ['inspection.yaml', 'cases.csv', 'answers.csv', 'columns.csv'];
  expect(await run(['template', '--edition', '2021'], { cwd })).toEqual({
    code: 0,
    stdout: [
      `./inspection-2021: ${written.join(', ')}`,
      'Fill in inspection.yaml, cases.csv and answers.csv; columns.csv explains the columns. Then load it:',
      '  npx yot-ratings load ./inspection-2021',
      '',
    ].join('\n'),
    stderr: '',
  });
});
