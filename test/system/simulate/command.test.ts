import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { load } from '../../../src/import/load.js';
import { testFolder } from '../../support/bundles.js';
import { command, temporaryFolders } from '../../support/command.js';
import { testDatabase } from '../../support/database.js';
import { editionFiles, goodEdition } from '../../support/editions.js';
import { everyFile } from '../../support/every-file.js';

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
    const written = await everyFile(first);
    const lines = (name: string) =>
      Object.keys(written)
        .filter((file) => file.endsWith(name))
        .reduce((sum, file) => sum + (written[file] as string).split('\n').length - 2, 0);
    const [cases, answers] = [lines('cases.csv'), lines('answers.csv')];
    expect(stdout).toBe(
      `${first}: 6 inspections of 2 services, ${cases} cases, ${answers} answers; all invented\n`,
    );
    const json = await simulate('--inspections', '6', '--seed', '5', '--to', again, '--json');
    expect(JSON.parse(json.stdout)).toEqual({ folder: again, inspections: 6, services: 2, cases, answers });
    expect(await everyFile(again)).toEqual(written);

    const options = ['--inspections', '6', '--to', other, '--wide', '--first-year', '2023'];
    expect((await simulate(...options)).code).toBe(0);
    const wide = await everyFile(other);
    expect(Object.keys(wide)).toHaveLength(18);
    for (const [name, text] of Object.entries(wide)) {
      expect(Number(/^[a-z-]+-(\d{4})-\d\d-\d\d\/\w+\.(?:csv|json)$/.exec(name)?.[1])).toBeGreaterThanOrEqual(
        2023,
      );
      if (name.endsWith('answers.csv')) expect(text).toMatch(/^case,2\.1\.1,2\.1\.1\.a,/);
    }
  });

  test('writes the same whatever other edition is loaded, which goes in only where it is named', async () => {
    const asked = ['--inspections', '4', '--seed', '3', '--to'];
    const made = async (name: string, ...more: string[]) => {
      const written = await simulate(...asked, path.join(home, name), ...more);
      expect(written.code).toBe(0);
      return everyFile(path.join(home, name));
    };
    const without = await made('without');
    // It would be the newest of all.
    const rules = goodEdition.rules.replace('ratings:', 'reports_from: "2019-01-01"\nratings:');
    await load(database.db, [await files.folder(editionFiles({ ...goodEdition, rules }))]);
    expect(await made('beside')).toEqual(without);
    const inspections = Object.entries(await made('under', '--edition', 'Invented 1'))
      .filter(([name]) => name.endsWith('inspection.json'))
      .map(([, text]) => JSON.parse(text).edition);
    expect(inspections).toEqual(Array(4).fill('Invented 1'));
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
    expect(stderr).toMatch(/is not empty: name another folder\. Nothing was written\.\n$/);
    expect(await readdir(full)).toEqual(['new']);
  });
});

test.each([
  ['--inspections', '20001', 'from 1 to 20000'],
  ['--inspections', '12.5', 'from 1 to 20000'],
  ['--seed', '', 'from -9007199254740991 to 9007199254740991'],
  ['--first-year', '18', 'from 2000 to 2100'],
])(
  '%s %s ends with 2 and says what is allowed, before any database is looked for',
  async (option, value, allowed) => {
    const nowhere = { env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' } };
    expect(await command(['simulate', option, value], nowhere)).toEqual({
      code: 2,
      stdout: '',
      stderr: `${option} is "${value}": it has to be a whole number ${allowed}.\n`,
    });
  },
);
