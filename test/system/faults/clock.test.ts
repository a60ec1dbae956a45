import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../src/database/open.js';
import { load } from '../../../src/import/load.js';
import { good2018, testFolder } from '../../support/bundles.js';
import { testDatabase } from '../../support/database.js';
import { rewriteLoads } from '../../support/rewrite-loads.js';

// A clock that steps back: what was recorded before seems to come later. What is newest is told by its number.

const database = testDatabase();
const files = testFolder();

test.each([
  ['all that was recorded is of a hundred years from now', "now() + interval '100 years'"],
  ['what came later was recorded earlier', "now() - load_id * interval '1 hour'"],
])('%s', async (_, time) => {
  const { db } = database;
  const bundle = await files.bundle(good2018);
  const changed = await files.bundle(good2018.replace('score: 24', 'score: 23'));
  const outcome = async (file: string) => {
    await rewriteLoads(db, sql`loaded_at = ${sql.raw(time)}`);
    return (await load(db, [file]))[0]?.outcome;
  };
  await outcome(bundle);
  expect(await outcome(bundle)).toBe('unchanged');
  expect(await outcome(changed)).toBe('replaced');
  expect(await outcome(changed)).toBe('unchanged');
  expect(await outcome(bundle)).toBe('replaced');
  // Views made last are those that count as made, too: not those of another program, that were made before.
  const viewsMade = async () => {
    const opened = await openDatabase(database.url);
    await opened.close();
    return opened.views;
  };
  await db.deleteFrom('core.load').where('kind', '=', 'views').execute();
  await db
    .insertInto('core.load')
    .values({ kind: 'views', subject: 'analytics', content_hash: 'f'.repeat(64), program: 'another' })
    .execute();
  expect(await viewsMade()).toBeGreaterThan(40);
  await rewriteLoads(db, sql`loaded_at = ${sql.raw(time)}`);
  expect(await viewsMade()).toBe(0);
});
