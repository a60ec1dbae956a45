import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import type { DB } from '../../../src/database/schema.js';
import { load } from '../../../src/import/load.js';
import { queueFor } from '../../../src/import/record.js';
import { contents, refused, testFolder } from '../../support/bundles.js';
import {
  asCsv,
  bundleFiles,
  lineOf,
  smallBundle,
  storedAnswers,
  withCell,
} from '../../support/case-files.js';
import { rolledBack, testDatabase } from '../../support/database.js';
import { forgetUsersLoads } from '../../support/forget-loads.js';
import { waitsForLock } from '../../support/waiting.js';

const database = testDatabase();
const files = testFolder();
let db: Kysely<DB>;

/** Every test begins with the bundled inspections alone. */
beforeEach(async () => {
  db = database.db;
  await db.deleteFrom('core.inspection').where('is_synthetic', '=', true).execute();
  await forgetUsersLoads(db);
});

const first = smallBundle();
/** 2.2.2 is yes in both court cases. */
const second = smallBundle({ yes222: 2 });
/** A court case more. */
const larger = smallBundle({ referralOrders: 2 });

const outcomes = async (...paths: string[]) => (await load(db, paths)).map(({ outcome }) => outcome);

const records = () =>
  db
    .selectFrom('core.load')
    .selectAll()
    .where('program', 'not like', '%bundled%')
    .where('kind', '=', 'inspection')
    .orderBy('load_id')
    .execute();

const filesOf = async (loadId: number) => {
  const rows = await db
    .selectFrom('core.load_file')
    .select(['file', 'rows', 'encoding', 'bytes', 'sha256'])
    .where('load_id', '=', loadId)
    .orderBy('file')
    .execute();
  return rows.map((row) => Object.values(row));
};

const inspections = () =>
  db
    .selectFrom('core.inspection')
    .select(['inspection_id', 'fieldwork_start'])
    .where('is_synthetic', '=', true)
    .orderBy('fieldwork_start')
    .execute();

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

// 2.1: 2.1.2 is yes in 1 of 2, 50%. 2.2: 2.2.2 is yes in 0 of 2. 3.4: all that is relevant is yes. Else nothing is
// relevant, and no judgement of domain 1 is given: nine standards are not rated, and so the whole is not, and the
// points of the three are no score.
const ratingsOfFirst = [
  ...['1.1', '1.2', '1.3', '1.4'].map((code) => ({ code, rating: null, score: null })),
  { code: '2.1', rating: 'Requires improvement', score: 1 },
  { code: '2.2', rating: 'Inadequate', score: 0 },
  ...['2.3', '2.4', '3.1', '3.2', '3.3'].map((code) => ({ code, rating: null, score: null })),
  { code: '3.4', rating: 'Outstanding', score: 3 },
  { code: 'overall', rating: null, score: null },
];
const ratingsOfSecond = ratingsOfFirst.map((one) => {
  return one.code === '2.2' ? { ...one, rating: 'Outstanding', score: 3 } : one;
});

describe('the record of a load', () => {
  test('has each file with its digest, and rows and encoding of the tables', async () => {
    const content = {
      ...bundleFiles(first),
      // a totals row and blank rows are no data rows
      'cases.csv': `${asCsv(first.cases)},,\nTotal,4,\n`,
      'answers.csv': Buffer.from(asCsv(first.answers).replaceAll('C2,', 'Zoë,'), 'latin1'),
    };
    content['cases.csv'] = content['cases.csv'].replace('C2,', 'Zoë,');
    expect(await outcomes(await files.folder(content))).toEqual(['loaded']);
    const [record, ...others] = await records();
    expect(others).toEqual([]);
    const [inspection] = await inspections();
    expect(record).toMatchObject({ kind: 'inspection', inspection_id: inspection?.inspection_id });
    const { rows } = await sql<{ who: string }>`select session_user as who`.execute(db);
    expect(record?.loaded_by).toBe(rows[0]?.who);
    const bytes = (text: string) => Buffer.byteLength(text);
    expect(await filesOf(record?.load_id as number)).toEqual([
      // 63 answers of each court case, 53 of the conditional caution, 50 of the caution
      ['answers.csv', 229, 'Windows-1252', content['answers.csv'].length, sha256(content['answers.csv'])],
      ['cases.csv', 4, 'UTF-8', bytes(content['cases.csv']), sha256(content['cases.csv'])],
      ['inspection.yaml', null, null, bytes(first.yaml), sha256(first.yaml)],
    ]);
    const before = await db.selectFrom('core.replaced_rating').selectAll().execute();
    expect(before).toEqual([]);
  });

  test('of changed answers says what the ratings were; the inspection keeps its key', async () => {
    await load(db, [await files.folder(bundleFiles(first))]);
    const before = await inspections();
    expect((await storedAnswers(db)).get('C1 2.2.2')).toBe('no');
    expect(await outcomes(await files.folder(bundleFiles(second)))).toEqual(['replaced']);
    expect(await inspections()).toEqual(before);
    const answers = await storedAnswers(db);
    expect([answers.size, answers.get('C1 2.2.2'), answers.get('C2 2.2.2')]).toEqual([232, 'yes', 'yes']);
    const [, record] = await records();
    const replaced = await db
      .selectFrom('core.replaced_rating')
      .select(['load_id', 'code', 'rating', 'score'])
      .orderBy('code')
      .execute();
    expect(replaced).toEqual(ratingsOfFirst.map((one) => ({ load_id: record?.load_id, ...one })));
  });

  test('an inspection that had published counts only gets case answers, and loses them again', async () => {
    const bare = await files.folder({ 'inspection.yaml': first.yaml });
    const full = await files.folder(bundleFiles(first));
    expect(await outcomes(bare)).toEqual(['loaded']);
    expect((await storedAnswers(db)).size).toBe(0);
    expect(await outcomes(full)).toEqual(['replaced']);
    expect((await storedAnswers(db)).size).toBe(232);
    const [again] = await load(db, [bare], { dropAnswers: true });
    expect(again).toMatchObject({
      outcome: 'replaced',
      notices: [{ message: expect.stringContaining('the 232 case answers that were loaded') }],
    });
    expect((await storedAnswers(db)).size).toBe(0);
    expect(await db.selectFrom('core.inspected_case').selectAll().execute()).toEqual([]);
  });
});

describe('whole or nothing', () => {
  const wrong = () => {
    const line = lineOf(second.answers, 'C2', '2.4.1');
    return files.folder(
      bundleFiles({ ...second, answers: withCell(second.answers, line, 'answer', 'maybe') }),
    );
  };

  test('a wrong bundle among several leaves them all', async () => {
    const other = await files.folder(bundleFiles(smallBundle({ day: '2019-06-10' })));
    await refused(db, [other, await wrong()]);
    expect(await inspections()).toEqual([]);
  });

  test('a server that fails after the answers were written leaves what there was', async () => {
    await load(db, [await files.folder(bundleFiles(first))]);
    const before = await contents(db);
    await sql`create function public.fail() returns trigger language plpgsql as $$ begin raise 'no'; end $$`.execute(
      db,
    );
    await sql`create trigger fail before insert on core.replaced_rating execute function public.fail()`.execute(
      db,
    );
    try {
      await expect(load(db, [await files.folder(bundleFiles(second))])).rejects.toThrow('no');
    } finally {
      await sql`drop function public.fail cascade`.execute(db);
    }
    expect(await contents(db)).toEqual(before);
  });
});

describe('a dry run', () => {
  const dry = async (...paths: string[]) => load(db, paths, { dryRun: true });

  test('tells the ratings before and after, and changes nothing', async () => {
    await load(db, [await files.folder(bundleFiles(first))]);
    const before = await contents(db);
    const changed = await files.folder(bundleFiles(second));
    expect(await dry(changed)).toMatchObject([
      { outcome: 'replaced', answers: 232, ratings: { before: ratingsOfFirst, after: ratingsOfSecond } },
    ]);
    expect(await contents(db)).toEqual(before);
    // it can be loaded in earnest after it
    expect(await outcomes(changed)).toEqual(['replaced']);
  });

  test('of a new inspection has none before; of one that is loaded already, nothing', async () => {
    const loaded = await files.folder(bundleFiles(first));
    await load(db, [loaded]);
    const before = await contents(db);
    const other = await files.folder(bundleFiles(smallBundle({ day: '2019-06-10' })));
    expect(await dry(other, loaded)).toEqual([
      expect.objectContaining({ outcome: 'loaded', ratings: { before: [], after: ratingsOfFirst } }),
      expect.not.objectContaining({ ratings: expect.anything() }),
    ]);
    expect(await contents(db)).toEqual(before);
  });

  test('in a transaction that goes on changes nothing there', async () => {
    const folder = await files.folder(bundleFiles(first));
    await rolledBack(db, async (trx) => {
      const before = await contents(trx);
      expect(await load(trx, [folder], { dryRun: true })).toMatchObject([{ outcome: 'loaded' }]);
      expect(await contents(trx)).toEqual(before);
      expect(await load(trx, [folder])).toMatchObject([{ outcome: 'loaded' }]);
    });
  });
});

describe('at the same time', () => {
  test('two loaders of one changed bundle: one replaces, the other finds it there', async () => {
    await load(db, [await files.folder(bundleFiles(first))]);
    const changed = await files.folder(bundleFiles(second));
    const [one, other] = [connect(database.url), connect(database.url)];
    try {
      const done = (await Promise.all([load(one, [changed]), load(other, [changed])])).flat();
      expect(done.map(({ outcome }) => outcome).sort()).toEqual(['replaced', 'unchanged']);
    } finally {
      await Promise.all([one.destroy(), other.destroy()]);
    }
    expect(await records()).toHaveLength(2);
    expect((await storedAnswers(db)).size).toBe(232);
  });

  test('loaders of different inspections do not wait for each other', async () => {
    await load(db, [await files.folder(bundleFiles(first))]);
    const [{ subject }] = (await records()) as unknown as [{ subject: string }];
    const changed = await files.folder(bundleFiles(second));
    const other = await files.folder(bundleFiles(smallBundle({ day: '2019-06-10' })));
    let isDone = false;
    // Should it wait all the same, it is to fail, and not for ever.
    const impatient = connect(`${database.url}?lock_timeout=5000`);
    const waiting = await db.transaction().execute(async (trx) => {
      await queueFor(trx, 'inspection', subject);
      const queued = load(db, [changed]).finally(() => {
        isDone = true;
      });
      await waitsForLock(db, queued);
      expect(await load(impatient, [other]).finally(() => impatient.destroy())).toMatchObject([
        { outcome: 'loaded' },
      ]);
      expect(isDone).toBe(false);
      expect((await storedAnswers(db)).get('C1 2.2.2')).toBe('no');
      return [queued];
    });
    expect(await waiting[0]).toMatchObject([{ outcome: 'replaced' }]);
    expect((await storedAnswers(db)).get('C1 2.2.2')).toBe('yes');
  });

  const seen = async (reader: Kysely<DB>) => {
    const { rows } = await sql<{ cases: number; answers: number }>`
      select
        (select count(*) from core.inspected_case where inspection_id = inspection.inspection_id) as cases,
        (select count(*) from core.answer where inspection_id = inspection.inspection_id) as answers
      from core.inspection
      where is_synthetic`.execute(reader);
    return JSON.stringify(rows);
  };
  const [allOld, allNew] = ['[{"cases":4,"answers":232}]', '[{"cases":5,"answers":295}]'];

  test('a reader who looks again and again sees all of one state or all of another', async () => {
    const folders = [await files.folder(bundleFiles(first)), await files.folder(bundleFiles(larger))];
    await load(db, folders.slice(0, 1));
    const states = new Set<string>();
    const reader = connect(database.url, { max: 1 });
    let isLoading = true;
    const reading = (async () => {
      while (isLoading) states.add(await seen(reader));
    })();
    try {
      for (let round = 1; round <= 6; round++) await load(db, [folders[round % 2] as string]);
    } finally {
      isLoading = false;
      await reading;
      await reader.destroy();
    }
    expect([...states].filter((state) => state !== allOld && state !== allNew)).toEqual([]);
    expect(states.size).toBeGreaterThan(0);
  });
});
