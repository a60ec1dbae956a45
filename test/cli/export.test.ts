import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { good2021, testFolder } from '../support/bundles.js';
import { command, temporaryFolders } from '../support/command.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();
const folder = temporaryFolders();
const files = testFolder();
let home: string;
beforeAll(async () => {
  home = await folder();
});
const run = (...args: string[]) =>
  command(args, { env: { DATABASE_URL: database.url, YOT_RATINGS_HOME: home } });

describe('export', () => {
  test('writes every public view, and says which files and how many rows', async () => {
    const to = path.join(home, 'all');
    const { code, stdout, stderr } = await run('export', to);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^view +rows +files$/);
    expect(stdout).toMatch(/^inspection +5 {2}inspection\.csv, inspection\.parquet$/m);
    expect(stdout).toMatch(/^standard_rating +62 {2}standard_rating\.csv, standard_rating\.parquet$/m);
    expect(stdout).not.toContain('subgroup_count');
    expect(lines.at(-2)).toMatch(/\/all: \d+ views, described by datapackage\.json and csv-metadata\.json$/);
    const views = lines.slice(2, lines.indexOf('')).length;
    expect(await readdir(to)).toHaveLength(2 * views + 2);
  });

  test('leaves invented inspections out unless asked for them, and says so', async () => {
    expect((await run('load', await files.bundle(good2021))).code).toBe(0);
    const left = await run('export', path.join(home, 'real'), '--only', 'inspection');
    expect(left.stdout).toMatch(/^inspection +5 /m);
    expect(left.stdout).toMatch(/\n1 invented inspection left out: --synthetic includes them\n$/);
    const all = await run('export', path.join(home, 'synthetic'), '--only', 'inspection', '--synthetic');
    expect(all.stdout).toMatch(/^inspection +6 /m);
    expect(all.stdout).not.toContain('left out');
  });

  test('--json prints the same as data; --format and --only choose', async () => {
    const to = path.join(home, 'chosen');
    const { code, stdout } = await run(
      ...['export', to, '--only', 'inspection', 'finding', '--format', 'csv', '--json'],
    );
    expect(code).toBe(0);
    const { folder: where, views, files: names, left_out } = JSON.parse(stdout);
    expect({ where, names, left_out }).toEqual({
      where: to,
      names: ['finding.csv', 'inspection.csv', 'datapackage.json', 'csv-metadata.json'],
      left_out: 1,
    });
    expect(views).toEqual([
      expect.objectContaining({ view: 'finding' }),
      {
        view: 'inspection',
        rows: 5,
        files: [
          {
            file: 'inspection.csv',
            format: 'csv',
            bytes: (await readFile(path.join(to, 'inspection.csv'))).length,
            sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
          },
        ],
      },
    ]);
    expect((await readdir(to)).sort()).toEqual([...names].sort());
    const parquet = await run(
      'export',
      path.join(home, 'parquet'),
      '--only',
      'finding',
      '--format',
      'parquet',
    );
    expect(parquet.stdout).toMatch(/\/parquet: 1 view, described by datapackage\.json\n/);
  });

  test('--spreadsheet-safe is said in the description', async () => {
    const to = path.join(home, 'safe');
    expect((await run('export', to, '--only', 'finding', '--spreadsheet-safe')).code).toBe(0);
    expect(await readFile(path.join(to, 'datapackage.json'), 'utf8')).toContain(
      'an apostrophe stands before',
    );
  });

  test('refuses a folder that is not empty with 2, and replaces an earlier export with --force', async () => {
    const to = path.join(home, 'twice');
    expect((await run('export', to, '--only', 'finding')).code).toBe(0);
    const again = await run('export', to, '--only', 'inspection');
    expect(again).toEqual({
      code: 2,
      stdout: '',
      stderr: `${to} is not empty: name another folder, or add --force, which replaces what an earlier export put there and leaves everything else alone. Nothing was written.\n`,
    });
    expect((await run('export', to, '--only', 'inspection', '--force')).code).toBe(0);
    expect((await readdir(to)).sort()).toEqual([
      'csv-metadata.json',
      'datapackage.json',
      'inspection.csv',
      'inspection.parquet',
    ]);
  });
});

describe('a call that is wrong ends with 2 and one message', () => {
  test.each([
    [
      ['--only', 'inspections'],
      /^There is no view "inspections" \(did you mean "inspection"\?\): there are .*\.\n$/,
    ],
    [['--only', 'subgroup_count'], /^The view subgroup_count is for analysts only, .*\.\n$/],
    [
      ['--format', 'xlsx'],
      /^error: option '--format <format>' argument 'xlsx' is invalid\. Allowed choices are csv, parquet, all\./,
    ],
  ])('%j', async (args, says) => {
    const to = path.join(home, 'wrong');
    const { code, stdout, stderr } = await run('export', to, ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(says);
    expect(await readdir(home)).not.toContain('wrong');
  });
});
