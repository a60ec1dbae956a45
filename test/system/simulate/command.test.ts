import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { load } from '../../../src/import/load.js';
import { testFolder } from '../../support/bundles.js';
import { command, temporaryFolders } from '../../support/command.js';
import { testDatabase } from '../../support/database.js';
import { editionFiles, goodEdition } from '../../support/editions.js';

const database = testDatabase();
const files = testFolder();
const folder = temporaryFolders();
let home: string;
beforeAll(async () => {
  home = await folder();
});
const simulate = (...args: string[]) =>
  command(['simulate', ...args], { env: { DATABASE_URL: database.url, YOT_RATINGS_HOME: home } });

describe('simulate', () => {
  test('writes a programme and says how much; the same seed writes the same', async () => {
    const [first, again, other] = ['first', 'again', 'other'].map((name) => path.join(home, name)) as [
      string,
      string,
      string,
    ];
    const { code, stdout, stderr } = await simulate('--inspections', '6', '--seed', '5', '--to', first);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const said = stdout.match(
      /^(.*): 6 inspections of 2 services, (\d+) cases, (\d+) answers; all invented\n$/,
    ) as RegExpMatchArray;
    expect(said[1]).toBe(first);

    const json = await simulate('--inspections', '6', '--seed', '5', '--to', again, '--json');
    expect(JSON.parse(json.stdout)).toEqual({
      folder: again,
      inspections: 6,
      services: 2,
      cases: Number(said[2]),
      answers: Number(said[3]),
    });
    expect(await contents(again)).toEqual(await contents(first));

    const wide = await simulate(
      ...['--inspections', '6', '--seed', '5', '--to', other, '--wide', '--first-year', '2023'],
    );
    expect(wide.code).toBe(0);
    const files = await contents(other);
    expect(Object.keys(files)).toHaveLength(18);
    for (const [name, text] of Object.entries(files)) {
      expect(Number(name.match(/-(\d{4})-\d\d-\d\d/)?.[1])).toBeGreaterThanOrEqual(2023);
      if (name.endsWith('answers.csv')) expect(text).toMatch(/^case,2\.1\.1,2\.1\.1\.a,/);
    }
  });

  test('writes the same whatever other edition is loaded, which goes in only where it is named', async () => {
    const [without, beside, under] = ['without', 'beside', 'under'].map((name) => path.join(home, name)) as [
      string,
      string,
      string,
    ];
    const asked = ['--inspections', '4', '--seed', '3', '--to'];
    await simulate(...asked, without);
    // it would be the newest of all
    const edition = await files.folder(
      editionFiles({
        ...goodEdition,
        rules: goodEdition.rules.replace('ratings:', 'reports_from: "2019-01-01"\nratings:'),
      }),
    );
    await load(database.db, [edition]);
    await simulate(...asked, beside);
    expect(await contents(beside)).toEqual(await contents(without));

    expect((await simulate(...asked, under, '--edition', 'Invented 1')).code).toBe(0);
    const written = Object.entries(await contents(under)).filter(([name]) =>
      name.endsWith('inspection.json'),
    );
    expect(written.map(([, text]) => JSON.parse(text).edition)).toEqual(Array(4).fill('Invented 1'));

    expect(await simulate(...asked, path.join(home, 'nothing'), '--edition', '2012')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'edition 2012 is not known (did you mean "2018"?): 2018, 2021, 2025, Invented 1.\n',
    });
  });

  test('refuses a folder that is not empty, with 2', async () => {
    const full = await folder();
    expect((await simulate('--inspections', '1', '--to', path.join(full, 'new'))).code).toBe(0);
    const { code, stdout, stderr } = await simulate('--inspections', '1', '--to', full);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(
      /is not empty: empty it, or name another folder with --to\. Nothing was written\.\n$/,
    );
    expect(await readdir(full)).toEqual(['new']);
  });
});

describe('a wrong option ends with 2 and says what is allowed, before any database is looked for', () => {
  test.each([
    ['--inspections', '0', 'from 1 to 20000'],
    ['--inspections', '20001', 'from 1 to 20000'],
    ['--inspections', '12.5', 'from 1 to 20000'],
    ['--inspections', 'many', 'from 1 to 20000'],
    ['--seed', '1.5', 'from -9007199254740991 to 9007199254740991'],
    ['--seed', '', 'from -9007199254740991 to 9007199254740991'],
    ['--first-year', '18', 'from 2000 to 2100'],
  ])('%s %s', async (option, value, allowed) => {
    const nowhere = { env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' } };
    expect(await command(['simulate', option, value], nowhere)).toEqual({
      code: 2,
      stdout: '',
      stderr: `${option} is "${value}": it has to be a whole number ${allowed}.\n`,
    });
  });
});

/** The files below a folder, by path. */
async function contents(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const texts = files.sort().map(async (file) => [path.relative(folder, file), await readFile(file, 'utf8')]);
  return Object.fromEntries(await Promise.all(texts));
}
