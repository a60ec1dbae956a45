import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/database/connect.js';
import type { DB } from '../../src/database/schema.js';
import { dbPath } from '../../src/disk/paths.js';
import { type LoadOptions, load, loadBundled } from '../../src/import/load.js';
import { queueFor } from '../../src/import/record.js';
import { valuesOf } from '../support/asked.js';
import { changed, contents, good2018, invented, refused, testFolder } from '../support/bundles.js';
import { asCsv, bundleFiles, smallBundle, storedAnswers } from '../support/case-files.js';
import { testDatabase } from '../support/database.js';
import { forgetUsersLoads } from '../support/forget-loads.js';
import { waitsForLock } from '../support/waiting.js';

const database = testDatabase();
const files = testFolder();
let db: Kysely<DB>;

/** Every test begins with the bundled inspections alone. */
beforeEach(async () => {
  db = database.db;
  await db.deleteFrom('core.inspection').where('is_synthetic', '=', true).execute();
  await forgetUsersLoads(db);
  await db.deleteFrom('core.service').where('area', '=', 'Barset').execute();
});

const first = smallBundle();
const folderOf = (options: Parameters<typeof smallBundle>[0] = {}) =>
  files.folder(bundleFiles(smallBundle(options)));
/** 2.2.2 is yes in both court cases. */
const changedFolder = () => folderOf({ yes222: 2 });

const outcomes = async (paths: string[], options: LoadOptions = {}) =>
  (await load(db, paths, options)).map(({ outcome }) => outcome);

const synthetic = () =>
  db
    .selectFrom('core.inspection')
    .selectAll()
    .where('is_synthetic', '=', true)
    .orderBy('fieldwork_start')
    .execute();

/** Loads of users, with their files. */
const records = async () => {
  const { rows } = await sql<{ load_id: number; subject: string; loaded_by: string; files: unknown[] }>`
    select load_id, subject, loaded_by, inspection_id, program,
      (select json_agg(json_build_array(file, rows, encoding, bytes, sha256) order by file)
        from core.load_file where load_file.load_id = load.load_id) as files
    from core.load
    where kind = 'inspection' and program not like '%bundled%'
    order by load_id`.execute(db);
  return rows;
};

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

// 2.1: 2.1.2 is yes in 1 of 2, 50%. 2.2: 2.2.2 is yes in 0 of 2. 3.4: all that is relevant is yes. Nothing else is rated.
const ratingsOfFirst = [
  { code: '2.1', rating: 'Requires improvement', score: 1 },
  { code: '2.2', rating: 'Inadequate', score: 0 },
  { code: '3.4', rating: 'Outstanding', score: 3 },
];

describe('loading again', () => {
  test('the same content, from wherever, changes nothing at all, and says unchanged', async () => {
    expect(await outcomes([await files.bundle(good2018)])).toEqual(['loaded']);
    const before = await contents(db);
    const elsewhere = await files.folder({ 'inspection.yaml': good2018 });
    expect(await outcomes([elsewhere, elsewhere])).toEqual(['unchanged', 'unchanged']);
    expect(await contents(db)).toEqual(before);
  });

  test('a changed file replaces the inspection whole and keeps its key', async () => {
    await load(db, [await files.bundle(good2018)]);
    const [before] = await synthetic();
    const key_questions = { '2.1.1': { relevant_cases: 9, yes: 8 } };
    const least = invented({ service: 'Barset Youth Justice Service', key_questions });
    expect(await outcomes([await files.bundle(least)])).toEqual(['replaced']);
    const after = await synthetic();
    const { inspection_id } = before as { inspection_id: number };
    expect(after).toMatchObject([
      { inspection_id, inspection_code: 'barset-2019-05-13', title: null, published: null },
    ]);
    // all that the first file said of it is gone
    const { rows: tables } = await sql<{ name: string }>`
      select table_name as name from information_schema.columns
      where table_schema = 'core' and column_name = 'inspection_id'
        and table_name not in ('inspection', 'inspection_sample', 'load', 'rating_record', 'recorded_rating')`.execute(
      db,
    );
    const kept: string[] = [];
    for (const { name } of tables) {
      const rows = sql`select from core.${sql.ref(name)} where inspection_id = ${inspection_id}`;
      if ((await rows.execute(db)).rows.length > 0) kept.push(name);
    }
    expect(kept).toEqual(['published_result']);
  });

  test('an inspection that had published counts only gets case answers, and loses them only where that is asked for', async () => {
    const bare = await files.folder({ 'inspection.yaml': first.yaml });
    expect(await outcomes([bare])).toEqual(['loaded']);
    expect(await outcomes([await folderOf()])).toEqual(['replaced']);
    expect((await storedAnswers(db)).size).toBe(232);
    const { message, problems } = await refused(db, [bare]);
    expect(`${message} ${problems[0]?.message}`).toContain('say --drop-answers if they are to go');
    expect(await load(db, [bare], { dropAnswers: true })).toMatchObject([
      {
        ...{ outcome: 'replaced', answers: 0 },
        notices: [{ message: expect.stringContaining('the 232 case answers that were loaded') }],
      },
    ]);
    expect((await storedAnswers(db)).size).toBe(0);
  });
});

describe('all or nothing', () => {
  test('what is wrong with each of several bundles is told at once, and nothing is loaded', async () => {
    const shape = await files.bundle(changed(good2018, 'percent_yes: 67', 'percent_yes: 101').text);
    const gone = `${await files.folder({ a: '' })}/gone.yaml`;
    const { message, problems } = await refused(db, [await folderOf(), shape, gone]);
    expect(message).toBe('2 bundles have problems; nothing was loaded.');
    expect(problems).toMatchObject([
      { file: shape },
      { file: gone, message: expect.stringContaining('there is no such file') },
    ]);
    expect(await synthetic()).toEqual([]);
  });

  test('two bundles of one call that say different things of one inspection are refused', async () => {
    const other = await files.bundle(changed(good2018, 'yes: 7', 'yes: 8').text);
    const { problems } = await refused(db, [await files.bundle(good2018), other]);
    expect(problems).toMatchObject([
      {
        file: other,
        message: expect.stringMatching(/^this is about the same inspection as .*inspection.yaml/),
      },
    ]);
  });
});

describe('the record of a load', () => {
  test('has each file with its digest, byte for byte, and rows and encoding of the tables', async () => {
    const yaml = Buffer.from(`\uFEFF${first.yaml}# Ynys Môn\r\n`);
    // blank rows are no data rows
    const cases = `${asCsv(first.cases)},,\n`.replace('C2,', 'Zoë,');
    const answers = Buffer.from(asCsv(first.answers).replaceAll('C2,', 'Zoë,'), 'latin1');
    const folder = await files.folder({
      'inspection.yaml': yaml,
      'cases.csv': cases,
      'answers.csv': answers,
    });
    expect(await outcomes([folder, folder])).toEqual(['loaded', 'unchanged']);
    const [inspection] = await synthetic();
    const { rows } = await sql<{ who: string }>`select session_user as who`.execute(db);
    expect(await records()).toMatchObject([
      {
        inspection_id: inspection?.inspection_id,
        subject: expect.stringMatching(/^service \d+, 2019-05-13$/),
        loaded_by: rows[0]?.who,
        program: expect.stringMatching(/^yot-ratings \d/),
        files: [
          // 63 answers of each court case, 53 of the conditional caution, 50 of the caution
          ['answers.csv', 229, 'Windows-1252', answers.length, sha256(answers)],
          ['cases.csv', 4, 'UTF-8', Buffer.byteLength(cases), sha256(cases)],
          ['inspection.yaml', null, null, yaml.length, sha256(yaml)],
        ],
      },
    ]);
  });

  test('of changed answers says what the ratings were; what changed nothing or was refused has none', async () => {
    await load(db, [await folderOf()]);
    const before = await synthetic();
    expect(await outcomes([await changedFolder()])).toEqual(['replaced']);
    expect(await outcomes([await changedFolder()])).toEqual(['unchanged']);
    await refused(db, [await files.bundle(changed(good2018, 'score: 24', 'score: 37').text)]);
    expect((await synthetic()).map((one) => one.inspection_id)).toEqual(
      before.map((one) => one.inspection_id),
    );
    const answers = await storedAnswers(db);
    expect([answers.size, answers.get('C1 2.2.2'), answers.get('C2 2.2.2')]).toEqual([232, 'yes', 'yes']);
    const [one, record, ...others] = await records();
    expect(others).toEqual([]);
    expect(record?.subject).toBe(one?.subject);
    const replaced = await db.selectFrom('core.replaced_rating').selectAll().orderBy('code').execute();
    expect(replaced).toEqual(ratingsOfFirst.map((of) => ({ load_id: record?.load_id, ...of })));
  });
});

describe('what comes with the package', () => {
  test('is there already: loading it again changes nothing, and waits for no loader', async () => {
    const before = await contents(db);
    const impatient = connect(`${database.url}?lock_timeout=3000`);
    try {
      await db.transaction().execute(async (loader) => {
        await sql`select from core.load_queue where queue in (7, 1024) for update`.execute(loader);
        const loaded = await loadBundled(impatient);
        expect(loaded.map(({ outcome }) => outcome)).toEqual(Array(10).fill('unchanged'));
      });
    } finally {
      await impatient.destroy();
    }
    expect(await contents(db)).toEqual(before);
  });

  test('does not replace what a user has loaded in its stead, until a user asks for it', async () => {
    const own = `service: Wigan YOT
report: {fieldwork_from: "2021-04-26"}
edition: "2018"
about: My own figures.
`;
    expect(await outcomes([await files.bundle(own)])).toEqual(['replaced']);
    const before = await contents(db);
    await loadBundled(db);
    expect(await contents(db)).toEqual(before);
    expect(await outcomes([dbPath('inspections', 'wigan-2021-08')])).toEqual(['replaced']);
    const about = await valuesOf(
      db,
      "select about from core.inspection where inspection_code = 'wigan-2021-04-26'",
    );
    expect(about.join()).toMatch(/^Facts read by hand/);
  });
});

describe('at the same time', () => {
  test('loaders of one inspection queue: one loads it, with its service, the others find it there', async () => {
    const file = await files.bundle(good2018);
    const done = await Promise.all([outcomes([file]), outcomes([file]), outcomes([file])]);
    expect(done.flat().sort()).toEqual(['loaded', 'unchanged', 'unchanged']);
    expect(await synthetic()).toHaveLength(1);
  });

  test('loaders of different inspections do not wait for each other', async () => {
    await load(db, [await folderOf()]);
    const subject = (await records())[0]?.subject as string;
    const [changedOne, other] = [await changedFolder(), await folderOf({ day: '2019-06-10' })];
    let isDone = false;
    // Should it wait all the same, it is to fail, and not for ever.
    const impatient = connect(`${database.url}?lock_timeout=5000`);
    const waiting = await db.transaction().execute(async (trx) => {
      await queueFor(trx, 'inspection', subject);
      const queued = load(db, [changedOne]).finally(() => {
        isDone = true;
      });
      await waitsForLock(db, queued);
      const alone = await load(impatient, [other]).finally(() => impatient.destroy());
      expect(alone).toMatchObject([{ outcome: 'loaded' }]);
      expect(isDone).toBe(false);
      expect((await storedAnswers(db)).get('C1 2.2.2')).toBe('no');
      return [queued];
    });
    expect(await waiting[0]).toMatchObject([{ outcome: 'replaced' }]);
    expect((await storedAnswers(db)).get('C1 2.2.2')).toBe('yes');
  });
});
