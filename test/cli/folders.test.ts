import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { good2021, testFolder } from '../support/bundles.js';
import { command, testCommands } from '../support/command.js';
import { leaveFewServices } from '../support/few-services.js';

// Commands that write files into a folder.

const { database, folder, run } = testCommands();
const files = testFolder();
let home: string;
beforeAll(async () => {
  home = await folder();
  await leaveFewServices(database.db);
  expect((await run(['load', await files.bundle(good2021)])).code).toBe(0);
});

describe('export', () => {
  test('writes every public view, and says which files and how many rows', async () => {
    const to = path.join(home, 'all');
    const { code, stdout, stderr } = await run(['export', to]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^view +rows +files$/);
    expect(stdout).toMatch(/^inspection +5 {2}inspection\.csv, inspection\.parquet$/m);
    expect(stdout).toMatch(/^standard_rating +62 {2}standard_rating\.csv, standard_rating\.parquet$/m);
    expect(stdout).not.toContain('subgroup_count');
    expect(lines.at(-3)).toMatch(/\/all: \d+ views, described by datapackage\.json and csv-metadata\.json$/);
    expect(lines.at(-2)).toBe('1 invented inspection left out: --synthetic includes them');
    const views = lines.slice(2, lines.indexOf('')).length;
    expect(await readdir(to)).toHaveLength(2 * views + 2);
  });

  test('--json prints the same as data; --format, --only and --synthetic choose', async () => {
    const to = path.join(home, 'chosen');
    const { stdout } = await run([
      'export',
      to,
      '--only',
      'inspection',
      'finding',
      '--format',
      'csv',
      '--synthetic',
      '--json',
    ]);
    const names = ['finding.csv', 'inspection.csv', 'datapackage.json', 'csv-metadata.json'];
    const file = { file: 'inspection.csv', format: 'csv', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) };
    const { length: bytes } = await readFile(path.join(to, 'inspection.csv'));
    expect(JSON.parse(stdout)).toEqual({
      folder: to,
      views: [
        expect.objectContaining({ view: 'finding' }),
        { view: 'inspection', rows: 6, files: [{ ...file, bytes }] },
      ],
      files: names,
      left_out: 0,
    });
    expect((await readdir(to)).sort()).toEqual(names.sort());
  });

  test('replaces an earlier export with --force; --spreadsheet-safe is said in the description', async () => {
    const to = path.join(home, 'twice');
    expect((await run(['export', to, '--only', 'finding', '--format', 'parquet'])).stdout).toMatch(
      /\/twice: 1 view, described by datapackage\.json\n/,
    );
    const again = await run(['export', to, '--only', 'inspection', '--force', '--spreadsheet-safe']);
    expect(again.code).toBe(0);
    const made = ['csv-metadata.json', 'datapackage.json', 'inspection.csv', 'inspection.parquet'];
    expect((await readdir(to)).sort()).toEqual(made);
    const description = await readFile(path.join(to, 'datapackage.json'), 'utf8');
    expect(description).toContain('an apostrophe stands before');
  });
});

describe('book', () => {
  test('writes pages, of invented inspections with --synthetic alone, and says how many, how large and where they open', async () => {
    const to = path.join(home, 'invented');
    const { code, stdout, stderr } = await run(['book', to, '--synthetic']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const there = (await readdir(to, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
    const pages = there.filter(({ name }) => name.endsWith('.html')).length;
    expect(pages).toBeGreaterThan(20);
    expect(await readdir(path.join(to, 'inspections'))).toHaveLength(1);
    const sizes = await Promise.all(
      there.map(async ({ parentPath, name }) => (await stat(path.join(parentPath, name))).size),
    );
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    const address = pathToFileURL(path.join(to, 'index.html')).href;
    expect(stdout).toBe(
      `${to}: ${pages} pages, ${there.length} files, ${(bytes / 1e6).toFixed(1)} MB; all invented\nOpen it in a browser: ${address}\n`,
    );
    const again = JSON.parse((await run(['book', to, '--synthetic', '--force', '--json'])).stdout);
    expect(again).toMatchObject({ address, bytes, pages, files: { length: there.length } });
  });
});

test.each(['export', 'book', 'connect'])(
  '%s refuses a folder that is not empty, before it asks a server',
  async (name) => {
    const to = path.join(await folder(), 'mine');
    await mkdir(to);
    await writeFile(path.join(to, 'mine.txt'), 'mine');
    const nowhere = { env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' } };
    const { code, stdout, stderr } = await command([name, to], nowhere);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(
      /^\S+ is not empty: name another folder, or add --force, .* Nothing was written\.\n$/,
    );
    expect(await readdir(to)).toEqual(['mine.txt']);
  },
);

describe('template', () => {
  test('writes into a folder named after the edition, says what is next, and refuses to do it again', async () => {
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
    expect((await readdir(path.join(cwd, 'inspection-2021'))).sort()).toEqual(written.sort());
    expect(await run(['template', '--edition', '2021'], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/ already, and nothing was written: name another folder with --to\.\n$/),
    });
  });
});
