import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Connection } from '../../src/database/connect.js';
import { exportViews } from '../../src/export/export.js';
import { countDaysTo } from '../../src/export/present-day.js';
import { dbPath } from '../../src/paths.js';
import { daysLater } from '../support/another-day.js';
import { testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';
import { everyFile } from '../support/every-file.js';
import { csvRows, readPackage } from './read-back.js';

const database = testDatabase();
const files = testFolder();

const barnet = (db: Connection = database.db) =>
  db
    .selectFrom('analytics.service')
    .select(['days_since', 'is_current'])
    .where('service_code', '=', 'barnet')
    .executeTakeFirstOrThrow();

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

test('today is the clock’s, and another day for a transaction that has set one, and for no other', async () => {
  const { days_since: now } = await barnet();
  expect((await daysLater(database.db, 400, barnet)).days_since).toBe((now as number) + 400);
  const until2023 = await database.db.transaction().execute(async (trx) => {
    await countDaysTo(trx, '2023-02-01');
    return barnet(trx);
  });
  expect(until2023).toEqual({ days_since: 365, is_current: true });
  expect((await barnet()).days_since).toBe(now);
});

test('today is in an export the day of the newest load, so that another day gives the same bytes', async () => {
  const home = await files.folder({ 'a.txt': '' });
  const [first, second] = [path.join(home, 'first'), path.join(home, 'second')];
  // Those that say how long ago something was, or who is there today.
  const only = ['inspection', 'service', 'service_history', 'service_name', 'league_table'];
  await exportViews(database.db, first, { only });
  await daysLater(database.db, 400, () => exportViews(database.db, second, { only }));
  expect(await everyFile(second)).toEqual(await everyFile(first));
  const { created, description, resources } = await readPackage(first);
  const day = String(created).slice(0, 10);
  expect(description).toContain(`"Today" is ${day}, when something was last loaded`);
  const rows = await csvRows(
    first,
    resources.find((one) => one.path === 'inspection.csv'),
  );
  expect(rows.map(({ days_since }) => days_since)).toEqual(
    rows.map(({ as_of }) => (Date.parse(day) - Date.parse(String(as_of))) / 86_400_000),
  );
});
