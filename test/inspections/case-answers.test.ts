import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Connection } from '../../src/database/connect.js';
import { dbPath } from '../../src/disk/paths.js';
import { load } from '../../src/import/load.js';
import { reconciliation } from '../../src/queries/reconciliation.js';
import { compareSqlAndTypescript, rowsOfViews } from '../../src/reconcile/sql-and-typescript.js';
import { testFolder } from '../support/bundles.js';
import { askedQuestions, bundleFiles, caseTables, wide } from '../support/case-files.js';
import { rolledBack, testDatabase } from '../support/database.js';

// Case answers are the best evidence. Made to realise every published count, they have to give every published figure back.

const database = testDatabase();
const files = testFolder();

/** The published figures of Wigan, and its rows in the views. */
async function shown(db: Connection) {
  const figures = (await reconciliation(db)).filter(({ area }) => area === 'Wigan');
  const id = figures[0]?.inspection_id as number;
  const rows = [...((await rowsOfViews(db, [id])).get(id) ?? [])];
  return { figures, rows: rows.filter(([key]) => /^(key question|prompt)/.test(key)) };
}

// Wigan's report has lost no cell: every one of its counts can be realised. What is lost, test/inspections/contradictions.yaml has.
test('as case answers an inspection gives back every published figure, now from case answers', async () => {
  const yaml = readFileSync(dbPath('inspections', 'wigan-2021-08', 'inspection.yaml'), 'utf8');
  const { cases, answers } = caseTables(parse(yaml), askedQuestions('2018'));
  const folder = await files.folder(bundleFiles({ yaml, cases, answers: wide(answers) }));
  await rolledBack(database.db, async (trx) => {
    const before = await shown(trx);
    // court: 12 key questions and 51 prompts; out of court: 11 and 42
    const loaded = { outcome: 'replaced', answers: 63 * 9 + 53 * 5 };
    expect(await load(trx, [folder])).toMatchObject([loaded]);
    const after = await shown(trx);
    const brief = ({ figures }: typeof before) =>
      figures.map(({ level, code, published, computed, status }) => [
        level,
        code,
        published,
        computed,
        status,
      ]);
    expect(brief(after)).toEqual(brief(before).map((row) => (row[2] === 'N/A' ? row.with(3, 'N/A') : row)));
    expect(after.rows).toEqual(before.rows.map(([key, row]) => [key, { ...row, evidence: 'case answers' }]));
    expect((await compareSqlAndTypescript(trx)).differences).toEqual([]);
  });
});
