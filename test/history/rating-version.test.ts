import { readFile } from 'node:fs/promises';
import { type Kysely, sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DB } from '../../src/database/schema.js';
import { load } from '../../src/import/load.js';
import { dbPath } from '../../src/paths.js';
import { overallRating, ratingVersion, standardRating } from '../../src/queries/of-inspections.js';
import { testFolder, withCounts } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';
import { forgetUsersLoads } from '../support/forget-loads.js';

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

/** An invented inspection of Barset in which so many of the relevant cases were yes. */
const bundle = (yes: number, relevant = 10) =>
  files.bundle(
    withCounts(
      '{name: Barset Youth Justice Service, area: Barset}',
      '2019-05',
      '2018',
      ['2.1.1', '2.1.2', '2.1.3']
        .map((code) => `"${code}": {relevant_cases: ${relevant}, yes: ${yes}}`)
        .join(', '),
    ),
  );

async function key(): Promise<number> {
  const rows = await db
    .selectFrom('core.inspection')
    .select('inspection_id')
    .where('is_synthetic', '=', true)
    .execute();
  return rows[0]?.inspection_id as number;
}

const ofStandard = (inspectionId: number) => ratingVersion(db, { inspectionId, standard: '2.1' });

/** Versions without their times: what was rated, why, and whether that is a revision. */
const inShort = (rows: Awaited<ReturnType<typeof ofStandard>>) =>
  rows.map(({ version, rating, why, marker }) => [version, rating, why, marker]);

/** The same rules, but that Good begins at another percentage. */
async function amendedEdition(fromPercent: number): Promise<string> {
  const rules = await readFile(dbPath('editions', '2018', 'rules.yaml'), 'utf8');
  const parts = rules.split('from_percent: 65');
  expect(parts).toHaveLength(2);
  return files.folder({
    'rules.yaml': parts.join(`from_percent: ${fromPercent}`),
    'questions.yaml': await readFile(dbPath('editions', '2018', 'questions.yaml')),
  });
}

describe('an inspection that is loaded and replaced twice', () => {
  test('has a version for each rating that it had, one after the other', async () => {
    for (const yes of [7, 5, 9]) await load(db, [await bundle(yes)]);
    const rows = await ofStandard(await key());
    expect(inShort(rows)).toEqual([
      [1, 'Good', 'loaded', null],
      [2, 'Requires improvement', 'replaced', '[r]'],
      [3, 'Outstanding', 'replaced', '[r]'],
    ]);
    expect(rows[0]?.recorded_until).toBe(rows[1]?.recorded_from);
    expect(rows[1]?.recorded_until).toBe(rows[2]?.recorded_from);
    expect(rows[2]?.recorded_until).toBeNull();
    expect(new Set(rows.map(({ load_id }) => load_id)).size).toBe(3);
  });

  test('stands at each moment as it stood then', async () => {
    const moments: Date[] = [];
    const now = async () => {
      const { rows } = await sql<{ now: string }>`
        select (clock_timestamp() + interval '1 ms')::text as now, pg_sleep(0.003)`.execute(db);
      moments.push(new Date(rows[0]?.now as string));
    };
    await now();
    for (const yes of [7, 5, 9]) {
      await load(db, [await bundle(yes)]);
      await now();
    }
    const inspectionId = await key();
    const stood = await Promise.all(
      moments.map(async (asOf) =>
        (await ratingVersion(db, { inspectionId, standard: '2.1', asOf })).map(({ rating }) => rating),
      ),
    );
    expect(stood).toEqual([[], ['Good'], ['Requires improvement'], ['Outstanding']]);
  });

  test('with figures that change no rating has no version more', async () => {
    const outcomes: unknown[] = [];
    for (const [yes, relevant] of [
      [7, 10],
      [6, 8],
      [5, 7],
    ] as const)
      outcomes.push((await load(db, [await bundle(yes, relevant)]))[0]?.outcome);
    expect(outcomes).toEqual(['loaded', 'replaced', 'replaced']);
    expect(inShort(await ofStandard(await key()))).toEqual([[1, 'Good', 'loaded', null]]);
  });

  test('is marked as revised beside its ratings, and others are not', async () => {
    for (const yes of [7, 5]) await load(db, [await bundle(yes)]);
    const inspectionId = await key();
    const marked = (await standardRating(db, { synthetic: 'both' })).filter(({ marker }) => marker === '[r]');
    expect(marked.map((row) => [row.inspection_id, row.standard, row.marker])).toEqual([
      [inspectionId, '2.1', '[r]'],
    ]);
    // Its other standards are not known: overall was not rated before, and is not.
    expect((await overallRating(db, { synthetic: 'both' })).filter(({ marker }) => marker === '[r]')).toEqual(
      [],
    );
  });
});

test('an amended edition rates inspections otherwise without a load of theirs, and back again', async () => {
  await load(db, [await bundle(7)]);
  const inspectionId = await key();
  await load(db, [await amendedEdition(71)]);
  await load(db, [await amendedEdition(65)]);
  const rows = await ofStandard(inspectionId);
  expect(inShort(rows)).toEqual([
    [1, 'Good', 'loaded', null],
    [2, 'Requires improvement', 'rules changed', '[r]'],
    [3, 'Good', 'rules changed', '[r]'],
  ]);
  const { rows: loads } = await sql<{ kind: string }>`
    select kind from core.load where load_id = ${rows[1]?.load_id}`.execute(db);
  expect(loads).toEqual([{ kind: 'edition' }]);
});

describe('an inspection that is removed past the loader', () => {
  test('keeps its versions, which end then, under the name that it had', async () => {
    for (const yes of [7, 5]) await load(db, [await bundle(yes)]);
    const inspectionId = await key();
    await db.deleteFrom('core.inspection').where('inspection_id', '=', inspectionId).execute();
    const rows = await ofStandard(inspectionId);
    expect(inShort(rows)).toEqual([
      [1, 'Good', 'loaded', null],
      [2, 'Requires improvement', 'replaced', '[r]'],
    ]);
    expect(rows.map(({ service }) => service)).toEqual(Array(2).fill('Barset Youth Justice Service'));
    expect(rows[1]?.recorded_until).not.toBeNull();
    expect(await ratingVersion(db, { inspectionId, asOf: new Date('2999-01-01') })).toEqual([]);
  });

  test('with all others at once (truncate) is recorded as well', async () => {
    await load(db, [await bundle(7)]);
    const inspectionId = await key();
    let until: (string | null)[] = [];
    await db
      .transaction()
      .execute(async (trx) => {
        await sql`truncate core.inspection cascade`.execute(trx);
        until = (await ratingVersion(trx, { synthetic: 'both' })).map(({ recorded_until }) => recorded_until);
        throw new Error('taken back');
      })
      .catch(() => {});
    expect(until.length).toBeGreaterThan(60);
    expect(until.filter((one) => one === null)).toEqual([]);
    expect((await ofStandard(inspectionId))[0]?.recorded_until).toBeNull();
  });
});

test('a clock that was set back does not turn the order round', async () => {
  await load(db, [await bundle(7)]);
  const inspectionId = await key();
  await load(db, [await bundle(5)]);
  // As if the second had been recorded by a clock an hour slow, and a third by one that is right again.
  await sql.raw('alter table core.rating_record disable trigger user').execute(db);
  await sql`
    update core.rating_record set recorded_at = recorded_at - interval '1 hour'
    where inspection_id = ${inspectionId} and why = 'replaced'`.execute(db);
  await sql.raw('alter table core.rating_record enable trigger user').execute(db);
  await load(db, [await bundle(9)]);
  const rows = await ofStandard(inspectionId);
  expect(inShort(rows)).toEqual([
    [1, 'Good', 'loaded', null],
    [2, 'Requires improvement', 'replaced', '[r]'],
    [3, 'Outstanding', 'replaced', '[r]'],
  ]);
  const [first, second, third] = rows;
  expect(second?.recorded_from).toBe(first?.recorded_from);
  expect(first?.recorded_until).toBe(first?.recorded_from);
  expect(second?.recorded_until).toBe(third?.recorded_from);
  // An empty span stood at no moment.
  const at = await ratingVersion(db, {
    inspectionId,
    standard: '2.1',
    asOf: new Date(Date.parse(second?.recorded_from as string) + 1),
  });
  expect(at.map(({ rating }) => rating)).toEqual(['Requires improvement']);
});

describe('what was done stays on record, whoever asks otherwise:', () => {
  test.each(['load', 'load_file', 'load_remark', 'replaced_rating', 'rating_record', 'recorded_rating'])(
    'core.%s is only ever added to',
    async (name) => {
      for (const yes of [7, 5]) await load(db, [await bundle(yes)]);
      await sql`insert into core.load_remark select max(load_id), 1, 'some.yaml', 1, 'why' from core.load`.execute(
        db,
      );
      for (const statement of [
        `update core.${name} set ${name === 'load' ? "subject = ''" : name === 'recorded_rating' ? 'rating = null' : 'load_id = 1'}`,
        `delete from core.${name}${name === 'load' ? " where kind = 'inspection'" : ''}`,
        `truncate core.${name} cascade`,
      ]) {
        const error = await sql
          .raw(statement)
          .execute(db)
          .then(
            () => ({ message: `done: ${statement}` }),
            (reason: Error) => reason,
          );
        expect(error.message, statement).toMatch(
          /^core\.\w+ is a record of what was done: rows are only ever added to it$/,
        );
      }
    },
  );
});
