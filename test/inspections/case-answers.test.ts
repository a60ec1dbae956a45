import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Connection } from '../../src/database/connect.js';
import { dbPath } from '../../src/disk/paths.js';
import { load } from '../../src/import/load.js';
import { reconciliation } from '../../src/queries/reconciliation.js';
import { compareSqlAndTypescript, type Row, rowsOfViews } from '../../src/reconcile/sql-and-typescript.js';
import { testFolder } from '../support/bundles.js';
import { askedQuestions, bundleFiles, caseTables, wide } from '../support/case-files.js';
import { rolledBack, testDatabase } from '../support/database.js';

// Case answers are the best evidence. Made to realise every published count, they have to give every published figure back.

const database = testDatabase();
const files = testFolder();

/** A folder with a bundled inspection as it is, and case files beside it that realise its counts. */
async function withCaseFiles(bundle: string, form: 'long' | 'wide'): Promise<string> {
  const yaml = readFileSync(dbPath('inspections', bundle, 'inspection.yaml'), 'utf8');
  const { cases, answers } = caseTables(parse(yaml), askedQuestions('2018'));
  return files.folder(bundleFiles({ yaml, cases, answers: form === 'wide' ? wide(answers) : answers }));
}

/** The published figures of an area, and its rows in the views without what they rest on. */
async function shown(db: Connection, area: string) {
  const { inspection_id } = await db
    .selectFrom('analytics.inspection')
    .select('inspection_id')
    .where('area', '=', area)
    .executeTakeFirstOrThrow();
  const figures = (await reconciliation(db)).filter((row) => row.inspection_id === inspection_id);
  const all = [...((await rowsOfViews(db, [inspection_id])).get(inspection_id) ?? [])];
  const questions = all.filter(([key]) => /^(key question|prompt)/.test(key));
  return { figures, rows: new Map<string, Row>(questions) };
}

test.each([
  // court: 12 key questions and 51 prompts; out of court: 11 and 42. A case file has an answer in every cell, also where
  // the report lost one: there Kensington and Chelsea's two are na; of the second one a yes is legible, which is three.
  {
    area: 'Kensington and Chelsea',
    bundle: 'kensington-and-chelsea-2021-03',
    form: 'long' as const,
    answers: 63 * 4 + 53 * 3,
    lost: ['3.1.3.a', '3.2.1.e'],
    denied: ['3.2.1.e'],
  },
  {
    ...{ area: 'Wigan', bundle: 'wigan-2021-08', form: 'wide' as const, answers: 63 * 9 + 53 * 5 },
    ...{ lost: [] as string[], denied: [] as string[] },
  },
])(
  '$area as case answers, $form, gives back every published figure, now from case answers',
  async ({ area, bundle, form, answers, lost, denied }) => {
    await rolledBack(database.db, async (trx) => {
      const before = await shown(trx, area);
      const loaded = await load(trx, [await withCaseFiles(bundle, form)]);
      expect(loaded).toMatchObject([{ outcome: 'replaced', answers }]);
      const after = await shown(trx, area);

      expect(
        after.figures.map(({ level, code, published, computed, status }) => [
          ...[level, code, published, computed, status],
        ]),
      ).toEqual(
        before.figures.map(({ level, code, published, computed, status }) => {
          // no case is relevant to a lost cell's question, for its answers are na
          const given = published === 'N/A' ? 'N/A' : computed;
          const counted = published.endsWith('lost') ? '0 of 0' : given;
          return [level, code, published, counted, denied.includes(code) ? 'disagrees' : status];
        }),
      );
      const having = (status: string) =>
        after.figures.filter((figure) => figure.status === status).map(({ code }) => code);
      expect([...having('not computable'), ...having('disagrees')]).toEqual(lost);
      expect(having('disagrees')).toEqual(denied);

      for (const [key, { evidence, ...row }] of after.rows) {
        expect(evidence).toBe('case answers');
        const code = key.replace('prompt ', '');
        if (lost.includes(code)) expect(row).toMatchObject({ relevant: 0, not_applicable: 3, percent: null });
        else
          expect([key, { ...row, evidence: before.rows.get(key)?.evidence }]).toEqual([
            key,
            before.rows.get(key),
          ]);
      }
      expect(after.rows.size).toBe(before.rows.size);
      expect((await compareSqlAndTypescript(trx)).differences).toEqual([]);
    });
  },
);
