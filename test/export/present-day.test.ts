import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { exportViews } from '../../src/export/export.js';
import { countDaysTo } from '../../src/export/present-day.js';
import { dbPath } from '../../src/paths.js';
import { daysLater } from '../support/another-day.js';
import { testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';
import { csvRows, type Resource, readPackage } from './read-back.js';

const database = testDatabase();
const files = testFolder();
let home: string;
beforeAll(async () => {
  home = await files.folder({ 'a.txt': '' });
});

const sinceBarnet = () =>
  database.db
    .selectFrom('analytics.service')
    .select('days_since')
    .where('service_code', '=', 'barnet')
    .executeTakeFirstOrThrow()
    .then(({ days_since }) => days_since as number);

test('no view asks the clock, but by the day that a session may set', async () => {
  const asking = [];
  for (const folder of ['functions', 'views'])
    for (const file of await readdir(dbPath(folder), { recursive: true })) {
      if (!file.endsWith('.sql')) continue;
      const code = (await readFile(dbPath(folder, file), 'utf8')).replaceAll(/--.*$/gm, '');
      if (/\b(current_date|current_time|localtime|now\(|\w*_timestamp\()/i.test(code)) asking.push(file);
    }
  expect(asking).toEqual(['present_day.sql']);
});

describe('today', () => {
  test('is the clock’s for who asks the views', async () => {
    const now = await sinceBarnet();
    expect(await daysLater(database.db, 400, sinceBarnet)).toBe(now + 400);
  });

  test('is another day for a transaction that has set one, and for no other', async () => {
    const now = await sinceBarnet();
    const until2023 = await database.db.transaction().execute(async (trx) => {
      await countDaysTo(trx, '2023-02-01');
      return trx
        .selectFrom('analytics.service')
        .select(['days_since', 'is_current'])
        .where('service_code', '=', 'barnet')
        .executeTakeFirst();
    });
    expect(until2023).toEqual({ days_since: 365, is_current: true });
    expect(await sinceBarnet()).toBe(now);
  });

  test('is in an export the day of the newest load, so that another day gives the same bytes', async () => {
    const [first, second] = [path.join(home, 'first'), path.join(home, 'second')];
    // those that say how long ago something was, or who is there today
    const only = ['inspection', 'service', 'service_history', 'service_name', 'league_table'];
    await exportViews(database.db, first, { only });
    await daysLater(database.db, 400, () => exportViews(database.db, second, { only }));
    for (const name of await readdir(first))
      expect(
        (await readFile(path.join(second, name))).equals(await readFile(path.join(first, name))),
        name,
      ).toBe(true);
    const { created, description, resources } = await readPackage(first);
    const day = (created as string).slice(0, 10);
    expect(description).toContain(`"Today" is ${day}, when something was last loaded`);
    const rows = await csvRows(first, resources.find((one) => one.path === 'inspection.csv') as Resource);
    expect(rows.map(({ days_since }) => days_since)).toEqual(
      rows.map(({ as_of }) => (Date.parse(day) - Date.parse(as_of as string)) / 86_400_000),
    );
  });
});
