import { readFile } from 'node:fs/promises';
import { type Kysely, sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DB } from '../../src/database/schema.js';
import { dbPath } from '../../src/disk/paths.js';
import { load } from '../../src/import/load.js';
import { overallRating, ratingVersion, standardRating } from '../../src/queries/of-inspections.js';
import { figuresOf, testFolder, withCounts } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';
import { forgetUsersLoads } from '../support/forget-loads.js';
import { whole2021 } from '../support/whole-inspections.js';

const database = testDatabase();
const files = testFolder();
let db: Kysely<DB>;

beforeAll(() => {
  db = database.db;
});

/** Every test begins with the bundled inspections alone, and with what they were rated first. */
beforeEach(async () => {
  await db.deleteFrom('core.inspection').where('is_synthetic', '=', true).execute();
  await forgetUsersLoads(db);
});

/** Loads an invented inspection of Barset in which so many of the relevant cases were yes. Returns its key. */
async function barset(yes: number, relevant = 10): Promise<number> {
  const service = { name: 'Barset Youth Justice Service', area: 'Barset' };
  const figures = figuresOf('2.1', ...Array(3).fill([yes, relevant]));
  const bundle = await files.bundle(withCounts(service, '2019-05', '2018', figures));
  return (await load(db, [bundle]))[0]?.inspectionId as number;
}

const ofStandard = (inspectionId: number, asOf?: Date) =>
  ratingVersion(db, { inspectionId, standard: '2.1', asOf });

/** Versions without their times: what was rated, why, and whether that is a revision. */
const inShort = (rows: Awaited<ReturnType<typeof ofStandard>>) =>
  rows.map(({ version, rating, why, marker }) => `${version} ${rating}, ${why} ${marker ?? ''}`.trim());

describe('an inspection that is loaded and replaced twice', () => {
  test('has a version for each rating that it had, one after the other, and stands at each moment as it stood then', async () => {
    const moments: Date[] = [];
    const now = async () => {
      const { rows } = await sql<{ now: string }>`
        select (clock_timestamp() + interval '1 ms')::text as now, pg_sleep(0.003)`.execute(db);
      moments.push(new Date(rows[0]?.now as string));
    };
    let key = 0;
    await now();
    for (const yes of [7, 5, 9]) {
      key = await barset(yes);
      await now();
    }
    const rows = await ofStandard(key);
    expect(inShort(rows)).toEqual([
      '1 Good, loaded',
      '2 Requires improvement, replaced [r]',
      '3 Outstanding, replaced [r]',
    ]);
    expect(rows.map((row) => row.recorded_until)).toEqual([
      ...rows.slice(1).map((row) => row.recorded_from),
      null,
    ]);
    expect(new Set(rows.map(({ load_id }) => load_id)).size).toBe(3);
    const stood = await Promise.all(moments.map((asOf) => ofStandard(key, asOf)));
    expect(stood.map((at) => at.map(({ rating }) => rating))).toEqual([
      ...[[], ['Good'], ['Requires improvement'], ['Outstanding']],
    ]);
  });

  test('has one row still, marked as revised beside the ratings that were, and one version of those that were not', async () => {
    // 36, 34 and 33 of 36, with 1.1 Outstanding, Requires improvement and Inadequate
    for (const rating of ['Outstanding', 'Requires improvement', 'Inadequate'])
      await load(db, [await files.bundle(whole2021({ judged: { '1.1': rating } }))]);
    const overall = await overallRating(db, { synthetic: 'both' });
    const invented = overall.filter((row) => row.is_synthetic);
    expect(invented.map(({ score, marker }) => [score, marker])).toEqual([[33, '[r]']]);
    expect(overall.filter(({ marker }) => marker === '[r]')).toEqual(invented);
    const standards = (await standardRating(db, { synthetic: 'both' })).filter(
      ({ marker }) => marker === '[r]',
    );
    expect(standards.map((row) => [row.is_synthetic, row.standard, row.rating])).toEqual([
      [true, '1.1', 'Inadequate'],
    ]);
    const versions = (await ratingVersion(db, { synthetic: true })).filter(
      ({ standard, rating }) => ['1.1', '1.2'].includes(standard) && rating !== null,
    );
    expect(versions.map(({ standard, version }) => `${standard} version ${version}`)).toEqual([
      ...['1.1 version 1', '1.1 version 2', '1.1 version 3', '1.2 version 1'],
    ]);
  });
});

test('an amended edition rates inspections otherwise without a load of theirs, and back again', async () => {
  const read = (name: string) => readFile(dbPath('editions', '2018', name), 'utf8');
  const [rules, questions] = [await read('rules.yaml'), await read('questions.yaml')];
  expect(rules.split('from_percent: 65')).toHaveLength(2);
  const key = await barset(7);
  for (const percent of [71, 65]) {
    const amended = rules.replace('from_percent: 65', `from_percent: ${percent}`);
    await load(db, [await files.folder({ 'rules.yaml': amended, 'questions.yaml': questions })]);
  }
  const rows = await ofStandard(key);
  expect(inShort(rows)).toEqual([
    '1 Good, loaded',
    '2 Requires improvement, rules changed [r]',
    '3 Good, rules changed [r]',
  ]);
  const { rows: loads } = await sql<{ kind: string }>`
    select kind from core.load where load_id = ${rows[1]?.load_id}`.execute(db);
  expect(loads).toEqual([{ kind: 'edition' }]);
});

describe('an inspection that is removed past the loader', () => {
  test('keeps its versions, which end then, under the name that it had', async () => {
    await barset(7);
    const inspectionId = await barset(5);
    await db.deleteFrom('core.inspection').where('inspection_id', '=', inspectionId).execute();
    const rows = await ofStandard(inspectionId);
    expect(inShort(rows)).toEqual(['1 Good, loaded', '2 Requires improvement, replaced [r]']);
    expect(rows.map(({ service }) => service)).toEqual(Array(2).fill('Barset Youth Justice Service'));
    expect(rows[1]?.recorded_until).not.toBeNull();
    expect(await ratingVersion(db, { inspectionId, asOf: new Date('2999-01-01') })).toEqual([]);
  });

  test('with all others at once (truncate) is recorded as well', async () => {
    const key = await barset(7);
    const rows = await rolledBack(db, async (trx) => {
      await sql`truncate core.inspection cascade`.execute(trx);
      return ratingVersion(trx, { synthetic: 'both' });
    });
    expect(rows.length).toBeGreaterThan(60);
    expect(rows.filter(({ recorded_until }) => recorded_until === null)).toEqual([]);
    expect((await ofStandard(key))[0]?.recorded_until).toBeNull();
  });
});

test('a clock that was set back does not turn the order round', async () => {
  await barset(7);
  const key = await barset(5);
  // As if the second had been recorded by a clock an hour slow, and a third by one that is right again.
  await sql.raw('alter table core.rating_record disable trigger user').execute(db);
  await sql`
    update core.rating_record set recorded_at = recorded_at - interval '1 hour'
    where inspection_id = ${key} and why = 'replaced'`.execute(db);
  await sql.raw('alter table core.rating_record enable trigger user').execute(db);
  await barset(9);
  const rows = await ofStandard(key);
  expect(inShort(rows)).toEqual([
    '1 Good, loaded',
    '2 Requires improvement, replaced [r]',
    '3 Outstanding, replaced [r]',
  ]);
  const [first, second, third] = rows;
  expect(second?.recorded_from).toBe(first?.recorded_from);
  expect(first?.recorded_until).toBe(first?.recorded_from);
  expect(second?.recorded_until).toBe(third?.recorded_from);
  // An empty span stood at no moment.
  const at = await ofStandard(key, new Date(Date.parse(second?.recorded_from as string) + 1));
  expect(at.map(({ rating }) => rating)).toEqual(['Requires improvement']);
});

test.each([
  ['load', "subject = ''", " where kind = 'inspection'"],
  ['load_file', 'load_id = 1'],
  ['load_remark', 'load_id = 1'],
  ['replaced_rating', 'load_id = 1'],
  ['rating_record', 'load_id = 1'],
  ['recorded_rating', 'rating = null'],
])('what was done stays on record: core.%s is only ever added to', async (name, change, which = '') => {
  for (const yes of [7, 5]) await barset(yes);
  await sql`insert into core.load_remark select max(load_id), 1, 'some.yaml', 1, 'why' from core.load`.execute(
    db,
  );
  for (const statement of [
    `update core.${name} set ${change}`,
    `delete from core.${name}${which}`,
    `truncate core.${name} cascade`,
  ])
    await expect(sql.raw(statement).execute(db), statement).rejects.toThrow(
      /^core\.\w+ is a record of what was done: rows are only ever added to it$/,
    );
});
