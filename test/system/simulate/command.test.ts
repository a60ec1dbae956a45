import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
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

test('writes a programme and says how much; the same whatever else is loaded, which goes in only where it is named', async () => {
  const asked = ['--inspections', '4', '--seed', '3', '--to'];
  const first = path.join(home, 'first');
  const { stdout, stderr } = await simulate(...asked, first);
  expect(stderr).toBe('');
  const counts = /^(.*): 4 inspections of 1 service, (\d+) cases, (\d+) answers; all invented\n$/.exec(
    stdout,
  );
  const [, to, cases, answers] = counts ?? [];
  expect(to).toBe(first);
  // It would be the newest of all.
  const rules = goodEdition.rules.replace('ratings:', 'reports_from: "2019-01-01"\nratings:');
  await load(database.db, [await files.folder(editionFiles({ ...goodEdition, rules }))]);
  const again = path.join(home, 'again');
  const told = { folder: again, inspections: 4, services: 1, cases: Number(cases), answers: Number(answers) };
  expect(JSON.parse((await simulate(...asked, again, '--json')).stdout)).toEqual(told);
  expect(await everyFile(again)).toEqual(await everyFile(first));
  const under = path.join(home, 'under');
  expect((await simulate(...asked, under, '--edition', 'Invented 1')).code).toBe(0);
  const inspections = Object.entries(await everyFile(under)).filter(([name]) => name.endsWith('.json'));
  expect(inspections.map(([, text]) => JSON.parse(text).edition)).toEqual(Array(4).fill('Invented 1'));
  expect(await simulate(...asked, path.join(home, 'nothing'), '--edition', '2012')).toEqual({
    code: 2,
    stdout: '',
    stderr: 'There is no edition "2012" (did you mean "2018"?): there are 2018, 2021, 2025, Invented 1.\n',
  });
});
