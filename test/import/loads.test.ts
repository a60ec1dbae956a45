import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/database/connect.js';
import type { DB } from '../../src/database/schema.js';
import { load, loadBundled } from '../../src/import/load.js';
import { dbPath } from '../../src/paths.js';
import { changed, contents, good2018, good2021, refused, testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';
import { forgetUsersLoads } from '../support/forget-loads.js';

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

const synthetic = () =>
  db
    .selectFrom('core.inspection')
    .selectAll()
    .where('is_synthetic', '=', true)
    .orderBy('fieldwork_start')
    .execute();

const records = () =>
  db
    .selectFrom('core.load')
    .leftJoin('core.load_file', 'core.load_file.load_id', 'core.load.load_id')
    .select(['kind', 'subject', 'core.load.load_id', 'file', 'sha256', 'bytes', 'loaded_by', 'program'])
    .where('kind', '=', 'inspection')
    .where('program', 'not like', '%bundled%')
    .orderBy('core.load.load_id')
    .execute();

const outcomes = async (...paths: string[]) => (await load(db, paths)).map(({ outcome }) => outcome);

describe('loading again', () => {
  test('the same file changes nothing at all, and says unchanged', async () => {
    const file = await files.bundle(good2018);
    expect(await outcomes(file)).toEqual(['loaded']);
    const before = await contents(db);
    expect(await outcomes(file)).toEqual(['unchanged']);
    expect(await contents(db)).toEqual(before);
  });

  test('the same content from another place is the same', async () => {
    expect(await outcomes(await files.bundle(good2018))).toEqual(['loaded']);
    const elsewhere = await files.folder({ 'inspection.yaml': good2018 });
    expect(await outcomes(elsewhere, elsewhere)).toEqual(['unchanged', 'unchanged']);
    expect(await synthetic()).toHaveLength(1);
  });

  test('a changed file replaces the inspection whole and keeps its key', async () => {
    await load(db, [await files.bundle(good2018)]);
    const [before] = await synthetic();
    const least = `synthetic: true
service: Barset Youth Justice Service
report: {fieldwork_from: "2019-05-13"}
edition: "2018"
key_questions: {"2.1.1": {relevant_cases: 9, yes: 8}}
`;
    expect(await outcomes(await files.bundle(least))).toEqual(['replaced']);
    const after = await synthetic();
    expect(after).toHaveLength(1);
    expect(after).toMatchObject([
      {
        inspection_id: before?.inspection_id,
        inspection_code: 'barset-2019-05-13',
        title: null,
        published: null,
      },
    ]);
    const id = before?.inspection_id as number;
    // all that the first file said of it is gone
    for (const table of [
      'core.sample_kind',
      'core.prose_count',
      'core.published_standard_rating',
      'core.qualitative_rating',
      'core.judged_question',
      'core.published_overall',
      'core.panel_decision',
      'core.context_fact',
      'core.recommendation',
      'core.finding',
    ] as const) {
      const rows = await db.selectFrom(table).selectAll().where('inspection_id', '=', id).execute();
      expect(rows, table).toEqual([]);
    }
    const results = await db
      .selectFrom('core.published_result')
      .selectAll()
      .where('inspection_id', '=', id)
      .execute();
    expect(results).toMatchObject([{ relevant: 9, yes: 8 }]);
  });

  test('one that was deleted past the loader is loaded anew, alone or with others', async () => {
    const file = await files.bundle(good2018);
    const remove = () => db.deleteFrom('core.inspection').where('is_synthetic', '=', true).execute();
    expect(await outcomes(file)).toEqual(['loaded']);
    await remove();
    expect(await outcomes(file)).toEqual(['loaded']);
    expect(await synthetic()).toHaveLength(1);
    expect(await outcomes(file)).toEqual(['unchanged']);
    await remove();
    expect(await outcomes(file, dbPath('inspections', 'wigan-2021-08'))).toEqual(['loaded', 'unchanged']);
    expect(await synthetic()).toHaveLength(1);
  });

  test('another day of fieldwork is another inspection of the service', async () => {
    const { text } = changed(good2018, '2019-05-13', '2019-05-14');
    expect(await outcomes(await files.bundle(good2018), await files.bundle(text))).toEqual([
      'loaded',
      'loaded',
    ]);
    expect((await synthetic()).map((row) => row.inspection_code)).toEqual([
      'barset-2019-05-13',
      'barset-2019-05-14',
    ]);
  });

  test('another edition for the same inspection replaces it under that edition', async () => {
    const one =
      'synthetic: true\nservice: Westminster Youth Offending Team\nreport: {fieldwork_month: "2021-03"}\n';
    await load(db, [await files.bundle(`${one}edition: 2018\n`)]);
    const [before] = await synthetic();
    expect(await outcomes(await files.bundle(`${one}edition: 2021\n`))).toEqual(['replaced']);
    expect(await synthetic()).toMatchObject([{ inspection_id: before?.inspection_id, edition_code: '2021' }]);
  });
});

describe('all or nothing', () => {
  test('what is wrong with each of several bundles is told at once', async () => {
    const shape = await files.bundle(changed(good2018, 'percent_yes: 67', 'percent_yes: 101').text);
    const gone = `${await files.folder({ a: '' })}/gone.yaml`;
    const first = await refused(db, [shape, gone]);
    expect(first.message).toBe('2 bundles have problems; nothing was loaded.');
    expect(first.problems).toEqual([
      expect.objectContaining({ file: shape }),
      {
        file: gone,
        message: `${gone} can't be read: there is no such file: correct the path or put the file there.`,
      },
    ]);

    const score = await files.bundle(changed(good2018, 'score: 24', 'score: 37').text);
    const code = await files.bundle(changed(good2021, '"2.1.1":', '"2.1.9":').text);
    const second = await refused(db, [score, code]);
    expect(second.problems.map(({ file }) => file)).toEqual([score, code]);
  });

  test('two bundles of one call that say different things of one inspection are refused', async () => {
    const one = await files.bundle(good2018);
    const other = await files.bundle(changed(good2018, 'yes: 7', 'yes: 8').text);
    const { problems } = await refused(db, [one, other]);
    expect(problems).toMatchObject([{ file: other }]);
    expect(problems[0]?.message).toMatch(/^is about the same inspection as .*bundle-\d+.inspection.yaml/);
  });
});

describe('the record of loads', () => {
  test('a load is kept with the digest and size of the file, byte for byte', async () => {
    const bytes = Buffer.from(`\uFEFF${good2018}# Ynys Môn\r\n`);
    await load(db, [await files.bundle(bytes)]);
    expect(await records()).toMatchObject([
      {
        subject: expect.stringMatching(/^service \d+, 2019-05-13$/),
        file: 'inspection.yaml',
        sha256: createHash('sha256').update(bytes).digest('hex'),
        // the byte order mark is three bytes, ô is two
        bytes: 3 + good2018.length + 13,
        loaded_by: expect.stringMatching(/./),
        program: expect.stringMatching(/^yot-ratings \d/),
      },
    ]);
  });

  test('a load that changed nothing and one that was refused are not kept; one that replaced is', async () => {
    const file = await files.bundle(good2018);
    await load(db, [file]);
    await load(db, [file]);
    await refused(db, [await files.bundle(changed(good2018, 'score: 24', 'score: 37').text)]);
    const changedFile = await files.bundle(changed(good2018, 'yes: 7', 'yes: 8').text);
    await load(db, [changedFile]);
    const kept = await records();
    expect(kept).toHaveLength(2);
    expect(kept[0]?.subject).toBe(kept[1]?.subject);
    expect(kept[0]?.sha256).not.toBe(kept[1]?.sha256);
  });

  test('the editions and registers that come with the package are kept with their files', async () => {
    const rows = await db
      .selectFrom('core.load')
      .innerJoin('core.load_file', 'core.load_file.load_id', 'core.load.load_id')
      .select(['kind', 'subject', 'file'])
      .where('kind', '<>', 'inspection')
      .orderBy('kind')
      .orderBy('subject')
      .orderBy('file')
      .execute();
    expect(rows.map((row) => Object.values(row).join(' '))).toEqual([
      'edition 2018 pairs.yaml',
      'edition 2018 questions.yaml',
      'edition 2018 rules.yaml',
      'edition 2021 crosswalk.yaml',
      'edition 2021 pairs.yaml',
      'edition 2021 questions.yaml',
      'edition 2021 rules.yaml',
      'edition 2025 questions.yaml',
      'edition 2025 rules.yaml',
      'published totals totals totals.yaml',
      'ratings table published ratings ratings.csv',
      'register local-authorities local-authorities.yaml',
      'register services services.yaml',
    ]);
  });
});

describe('what comes with the package', () => {
  test('is there already: loading it again changes nothing', async () => {
    const before = await contents(db);
    const loaded = await loadBundled(db);
    expect(new Set(loaded.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
    expect(loaded).toHaveLength(11);
    expect(await contents(db)).toEqual(before);
  });

  test('waits for no loader where it is there already: whoever only asks goes on during a load', async () => {
    const impatient = connect(`${database.url}?lock_timeout=3000`);
    try {
      await db.transaction().execute(async (loader) => {
        await sql`select from core.load_queue where queue in (7, 1024) for update`.execute(loader);
        const loaded = await loadBundled(impatient);
        expect(new Set(loaded.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
      });
    } finally {
      await impatient.destroy();
    }
  });

  test('does not replace what a user has loaded in its stead', async () => {
    const own = `service: Wigan YOT
report: {fieldwork_from: "2021-04-26"}
edition: "2018"
about: My own figures.
`;
    expect(await outcomes(await files.bundle(own))).toEqual(['replaced']);
    const before = await contents(db);
    await loadBundled(db);
    expect(await contents(db)).toEqual(before);
    // and is back when a user asks for it
    expect(await outcomes(dbPath('inspections', 'wigan-2021-08'))).toEqual(['replaced']);
    const wigan = await db
      .selectFrom('core.inspection')
      .select('about')
      .where('inspection_code', '=', 'wigan-2021-04-26')
      .executeTakeFirst();
    expect(wigan?.about).toMatch(/^Facts read by hand/);
  });
});

describe('loaders at the same time', () => {
  test('that add the same new service both succeed, and one finds it unchanged', async () => {
    const file = await files.bundle(good2018);
    const done = await Promise.all([outcomes(file), outcomes(file), outcomes(file)]);
    expect(done.flat().sort()).toEqual(['loaded', 'unchanged', 'unchanged']);
    expect(await synthetic()).toHaveLength(1);
  });
});
