import type { Transaction } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { DB } from '../../../src/database/schema.js';
import type { Problem } from '../../../src/problem.js';
import {
  loadRatingsTable,
  type RatingsRow,
  type RatingsTableOptions,
} from '../../../src/ratings-table/index.js';
import { contents, testFolder } from '../../support/bundles.js';
import { rolledBack, testDatabase } from '../../support/database.js';

// One inspection whose publication date tables give more or less exactly, and tables of which a newer version comes.

const database = testDatabase();
const files = testFolder();

const loading = <T>(work: (trx: Transaction<DB>) => Promise<T>) => rolledBack(database.db, work);

/** Loads a table of these lines below a heading; rows are service, publication date, overall rating, score, 1.1, 2.1. */
async function load(
  trx: Transaction<DB>,
  lines: string[],
  { name = 'table.csv', ...options }: RatingsTableOptions & { name?: string } = {},
) {
  const heading = 'service,published,overall,score,1.1,2.1,fieldwork_start';
  const folder = await files.folder({ [name]: `${[heading, ...lines].join('\n')}\n` });
  const notices: Problem[] = [];
  const rows = await loadRatingsTable(trx, `${folder}/${name}`, {
    ...options,
    edition: '2018',
    notice: (notice) => notices.push(notice),
  });
  return {
    outcomes: rows.map(({ outcome }) => outcome),
    ids: rows.map(({ inspectionId }) => inspectionId),
    remarks: rows.map(({ remarks }) => remarks.map(({ message }) => message)),
    notices: notices.map(({ message }) => message),
  };
}

/** What is there of Leeds: code, overall rating, score, ratings. */
async function leeds(trx: Transaction<DB>) {
  const rows = await trx
    .selectFrom('core.inspection as inspection')
    .leftJoin('core.published_overall as overall', 'overall.inspection_id', 'inspection.inspection_id')
    .select([
      'inspection.inspection_id',
      'inspection_code',
      'published',
      'fieldwork_start',
      'rating',
      'score',
    ])
    .where('inspection_code', 'like', 'leeds%')
    .orderBy('inspection_code')
    .execute();
  const ratings = await trx
    .selectFrom('core.published_standard_rating')
    .select(['inspection_id', 'standard_code', 'rating'])
    .orderBy('standard_code')
    .execute();
  return rows.map(({ inspection_id, ...row }) => ({
    ...row,
    standards: ratings
      .filter((one) => one.inspection_id === inspection_id)
      .map(({ standard_code, rating }) => `${standard_code} ${rating}`),
  }));
}

type Outcome = RatingsRow['outcome'];

describe('rows of one table with dates that are not equally exact', () => {
  test.each<[name: string, lines: string[], base: number, published: string]>([
    ['a year, then a month', ['Leeds,2019,Good,,,', 'Leeds,2019-05,Good,24,G,'], 1, '2019-05-01'],
    ['a month, then a year', ['Leeds,2019-05,Good,24,G,', 'Leeds,2019,Good,,,'], 0, '2019-05-01'],
    ['a month and a day', ['Leeds,2019-05,Good,,,', 'Leeds YJS,2019-05-12,,24,G,'], 1, '2019-05-12'],
    [
      'all three, one of them twice',
      ['Leeds,2019,Good,,,', 'Leeds,2019-05-12,Good,24,,', 'Leeds,2019-05,,,G,', 'Leeds,2019,Good,,,'],
      1,
      '2019-05-12',
    ],
  ])('are one inspection: %s', async (_, lines, base, published) => {
    await loading(async (trx) => {
      const { outcomes, ids, remarks } = await load(trx, lines);
      const others = [...lines.keys()].filter((at) => at !== base);
      expect(outcomes).toEqual(lines.map((__, at): Outcome => (at === base ? 'loaded' : 'unchanged')));
      expect(new Set(ids).size).toBe(1);
      expect(remarks[base]).toEqual([]);
      for (const at of others)
        expect(remarks[at]).toEqual([
          expect.stringMatching(
            new RegExp(
              `^line (${base + 2} is of the same inspection, published .*: this row is not kept by itself|2 says the same: this row was passed over)$`,
            ),
          ),
        ]);
      // what only one of them says is kept with the rest
      expect(await leeds(trx)).toEqual([
        expect.objectContaining({ published, rating: 'Good', score: 24, standards: ['1.1 Good'] }),
      ]);
      const before = await contents(trx as never);
      const again = await load(trx, lines);
      expect(new Set(again.outcomes)).toEqual(new Set(['unchanged']));
      expect(again.ids).toEqual(ids);
      expect(await contents(trx as never)).toEqual(before);
    });
  });

  test('that differ are both kept, and said', async () => {
    await loading(async (trx) => {
      const lines = ['Leeds,2019,Good,,,', 'Leeds,2019-05,Inadequate,,,', 'York,2019-05,Good,,,'];
      const { outcomes, remarks } = await load(trx, lines);
      expect(outcomes).toEqual(['loaded', 'loaded', 'loaded']);
      expect(remarks).toEqual([
        [
          expect.stringMatching(
            /^line 3 \(published 2019-05\) may be of the same inspection: that can't be told because they differ, and each is kept\. Give/,
          ),
        ],
        [expect.stringMatching(/^line 2 \(published 2019\) may be .* because they differ/)],
        [],
      ]);
      expect((await leeds(trx)).map(({ inspection_code }) => inspection_code)).toEqual([
        'leeds-published-2019',
        'leeds-published-2019-05',
      ]);
      const again = await load(trx, lines);
      expect(again).toMatchObject({ outcomes: Array(3).fill('unchanged'), remarks });
    });
  });

  test.each([
    ['1.1', 'Leeds,2019,,,G,', 'Leeds,2019-05,,,O,'],
    ['the score', 'Leeds,2019,,24,,', 'Leeds,2019-05,,25,,'],
    ['fieldwork', 'Leeds,2019,,,,,2019-01', 'Leeds,2019-05,,,,,2019-02-11'],
  ])('differ by %s', async (_, one, other) => {
    const { outcomes, remarks } = await loading((trx) => load(trx, [one, other]));
    expect(outcomes).toEqual(['loaded', 'loaded']);
    expect(remarks.flat()).toHaveLength(2);
  });

  test('of which two may be meant are kept, and said; those that can’t be one are not spoken of together', async () => {
    const { outcomes, remarks } = await loading((trx) =>
      load(trx, ['Leeds,2019,Good,,,', 'Leeds,2019-05,Good,,,', 'Leeds,2019-11,Good,,,']),
    );
    expect(outcomes).toEqual(['loaded', 'loaded', 'loaded']);
    expect(remarks.map(([one]) => one?.replace(/\. Give.*/, ''))).toEqual([
      "line 3 (published 2019-05), line 4 (published 2019-11) may be of the same inspection: that can't be told, and each is kept",
      "line 2 (published 2019) may be of the same inspection: that can't be told, and each is kept",
      "line 2 (published 2019) may be of the same inspection: that can't be told, and each is kept",
    ]);
  });

  test('of which the more exact one has its fieldwork from the other', async () => {
    await loading(async (trx) => {
      await load(trx, ['Leeds,2019,Good,,,,2019-01-14', 'Leeds,2019-05,Good,,,,2019-01']);
      expect(await leeds(trx)).toMatchObject([{ fieldwork_start: '2019-01-14', published: '2019-05-01' }]);
    });
  });
});

describe('a table that comes after another', () => {
  test('with a more exact date replaces that inspection and keeps its key; the older one changes nothing then', async () => {
    await loading(async (trx) => {
      const older = ['Leeds,2019,Good,,,'];
      const newer = ['Leeds,2019-05,Good,24,,'];
      const first = await load(trx, older);
      const second = await load(trx, newer);
      expect(second).toEqual({
        outcomes: ['replaced'],
        ids: first.ids,
        remarks: [
          ['this is the inspection that was loaded as published 2019, which is dated more exactly here'],
        ],
        notices: [],
      });
      const there = await leeds(trx);
      expect(there).toMatchObject([{ inspection_code: 'leeds-published-2019-05', score: 24 }]);
      const third = await load(trx, older);
      expect(third).toMatchObject({
        outcomes: ['unchanged'],
        ids: first.ids,
        remarks: [
          ['this is the inspection that was loaded as published 2019-05, whose more exact date stays'],
        ],
      });
      expect((await load(trx, newer)).outcomes).toEqual(['unchanged']);
      expect(await leeds(trx)).toEqual(there);
    });
  });

  test('with a less exact date and more in it replaces it, and the date stays', async () => {
    await loading(async (trx) => {
      const first = await load(trx, ['Leeds,2019-05-12,Good,,,']);
      const lines = ['Leeds,2019,Good,,G,'];
      expect(await load(trx, lines)).toMatchObject({ outcomes: ['replaced'], ids: first.ids });
      expect(await leeds(trx)).toMatchObject([{ published: '2019-05-12', standards: ['1.1 Good'] }]);
      expect(await load(trx, lines)).toMatchObject({ outcomes: ['unchanged'], ids: first.ids });
    });
  });

  test.each([
    ['it says otherwise', ['Leeds,2019,Good,,,'], ['Leeds,2019-05,Inadequate,,,'], 1],
    ['two are loaded', ['Leeds,2019-05,Good,,,', 'Leeds,2019-11,Good,,,'], ['Leeds,2019,Good,,,'], 1],
    ['two rows may mean it', ['Leeds,2019,Good,,,'], ['Leeds,2019-05,Good,,,', 'Leeds,2019-11,Good,,,'], 2],
    ['its fieldwork is another', ['Leeds,2019,Good,,,,2019-01'], ['Leeds,2019-05,Good,,,,2019-02'], 1],
  ])('is an inspection more where it can’t be told, and says so: %s', async (_, first, second, more) => {
    await loading(async (trx) => {
      await load(trx, first);
      const { outcomes, remarks } = await load(trx, second, { name: 'other.csv' });
      expect(outcomes).toEqual(Array(more).fill('loaded'));
      for (const [remark] of remarks)
        expect(remark).toMatch(
          /^this may be an inspection that is loaded already, leeds-published-2019.*: that can't be told, and each is kept/,
        );
      expect(await leeds(trx)).toHaveLength(first.length + more);
      expect(await load(trx, second, { name: 'other.csv' })).toMatchObject({
        outcomes: Array(more).fill('unchanged'),
      });
    });
  });

  test('with the fieldwork of an inspection of another date is kept without it, and says so', async () => {
    await loading(async (trx) => {
      await load(trx, ['Leeds,2019-03,Good,,,,2019-01']);
      const lines = ['Leeds,2019-05,Good,,,,2019-01'];
      const { outcomes, remarks } = await load(trx, lines, { name: 'other.csv' });
      expect(outcomes).toEqual(['loaded']);
      expect(remarks).toEqual([
        [
          'leeds-published-2019-03 has the same service and fieldwork: this one is kept without its fieldwork date',
        ],
      ]);
      expect(await leeds(trx)).toMatchObject([
        { fieldwork_start: '2019-01-01' },
        { fieldwork_start: null, published: '2019-05-01' },
      ]);
      expect(await load(trx, lines, { name: 'other.csv' })).toMatchObject({
        outcomes: ['unchanged'],
        remarks,
      });
    });
  });

  test('of invented inspections is not held against real ones', async () => {
    await loading(async (trx) => {
      await load(trx, ['Leeds,2019,Good,,,']);
      const { outcomes, remarks } = await load(trx, ['Leeds,2019-05,Good,,,'], { synthetic: true });
      expect({ outcomes, remarks }).toEqual({ outcomes: ['loaded'], remarks: [[]] });
    });
  });
});

describe('1 November', () => {
  test('stays that day when a row comes that has the month only, and is not taken for a month', async () => {
    await loading(async (trx) => {
      const first = await load(trx, ['Leeds,2019-11-01,Good,20,,']);
      expect(await load(trx, ['Leeds,2019-11,Good,20,,'])).toMatchObject({
        outcomes: ['unchanged'],
        ids: first.ids,
      });
      expect(await leeds(trx)).toMatchObject([
        { inspection_code: 'leeds-published-2019-11-01', published: '2019-11-01' },
      ]);
      // another day of that month is another inspection
      expect(await load(trx, ['Leeds,2019-11-15,Good,20,,'])).toMatchObject({ outcomes: ['loaded'] });
      expect(await leeds(trx)).toHaveLength(2);
    });
  });
});

describe('rows that are gone from a newer version of a table', () => {
  const all = ['Leeds,2019-05,Good,,,', 'York,2019-05-12,Good,,,', 'Bristol,2020,Good,,,'];
  const gone = (names: string) => `${names}. What is wrong can be deleted from core.inspection by that code`;

  test('stay, and a notice names them, as often as it is loaded', async () => {
    await loading(async (trx) => {
      await load(trx, all);
      const counted = (await leeds(trx)).length;
      for (const options of [{ dryRun: true }, {}, {}]) {
        const { notices } = await load(trx, [all[2] as string], options);
        expect(notices).toEqual([
          gone(
            '2 inspections are in an earlier version of this table and not in this one, and kept as loaded: ' +
              'Leeds, published 2019-05 (leeds-published-2019-05); York, published 2019-05-12 (york-published-2019-05-12)',
          ),
        ]);
      }
      expect(await leeds(trx)).toHaveLength(counted);
      expect((await load(trx, all)).notices).toEqual([]);
    });
  });

  test('are not missed when their date is another now, or another table has them', async () => {
    await loading(async (trx) => {
      await load(trx, all);
      await load(trx, ['York,2019-05-12,Outstanding,,,'], { name: 'york.csv' });
      expect((await load(trx, ['Leeds,2019,Good,,,', 'Bristol,2020-03,Good,,,'])).notices).toEqual([]);
    });
  });

  test('are not looked for in a table of the same name that has nothing in common', async () => {
    await loading(async (trx) => {
      await load(trx, all);
      expect((await load(trx, ['Derby,2019,Good,,,'])).notices).toEqual([]);
    });
  });

  test('are not looked for in what comes by a pipe', async () => {
    await loading(async (trx) => {
      const piped = async (lines: string[]) => {
        const notices: Problem[] = [];
        const chunks = (async function* () {
          yield Buffer.from(['service,published', ...lines].join('\n'));
        })();
        const options = { edition: '2018', notice: (notice: Problem) => notices.push(notice) };
        await loadRatingsTable(trx, { name: 'standard input', chunks }, options);
        return notices;
      };
      await piped(['Leeds,2019', 'York,2019']);
      expect(await piped(['York,2019'])).toEqual([]);
    });
  });
});
