import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Connection } from '../../src/database/connect.js';
import { dbPath } from '../../src/disk/paths.js';
import { countDaysTo } from '../../src/export/views.js';
import { daysLater } from '../support/another-day.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();

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
