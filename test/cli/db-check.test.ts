import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { command, temporaryFolders } from '../support/command.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();
const folder = temporaryFolders();
let home: string;
beforeAll(async () => {
  home = await folder();
});

const check = (...args: string[]) =>
  command(['db', 'check', ...args], { env: { DATABASE_URL: database.url, YOT_RATINGS_HOME: home } });

const agrees = {
  code: 0,
  stdout: 'What is kept of counts and ratings is what is computed from the evidence.\n',
  stderr: '',
};

test('db check says what is kept otherwise than computed, and makes it anew', async () => {
  expect(await check()).toEqual(agrees);
  await sql`
    update kept.standard_result set score = 3
    where standard_code = '2.2' and inspection_id = (select inspection_id from core.inspection where inspection_code like 'wigan%')`.execute(
    database.db,
  );
  const found = await check();
  expect(found.code).toBe(1);
  // Wigan 2.2 is Requires improvement: 1 point
  expect(found.stdout).toMatch(
    /^3 kept rows of 1 inspection not what is computed from the evidence .*:\n {2}inspection \d+, overall result overall: .*, not .* \(by its standards as they are kept\)\n {2}inspection \d+, recorded rating 2\.2: .*\n {2}inspection \d+, standard result 2\.2: is .*, 3, not .*, 1\n$/,
  );
  const repaired = await check('--repair');
  expect(repaired.code).toBe(0);
  expect(repaired.stdout).toMatch(/^3 kept rows of 1 inspection made anew:/);
  expect(await check()).toEqual(agrees);
});
