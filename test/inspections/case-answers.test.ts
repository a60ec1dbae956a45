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

/** The published figures of an area, and its rows in the views. */
async function shown(db: Connection, area: string) {
  const figures = (await reconciliation(db)).filter((row) => row.area === area);
  const id = figures[0]?.inspection_id as number;
  const rows = [...((await rowsOfViews(db, [id])).get(id) ?? [])];
  const ofQuestions = rows.filter(([key]) => /^(key question|prompt)/.test(key));
  return { figures, rows: ofQuestions.sort(([a], [b]) => a.localeCompare(b)) };
}

test.each([
  // court: 12 key questions and 51 prompts; out of court: 11 and 42
  { area: 'Wigan', bundle: 'wigan-2021-08', answers: 63 * 9 + 53 * 5, lost: {} },
  {
    ...{ area: 'Kensington and Chelsea', bundle: 'kensington-and-chelsea-2021-03' },
    // A file has an answer in every cell: where the report lost one all are na. Of the second one a yes is legible, which is three.
    ...{ answers: 63 * 4 + 53 * 3, lost: { '3.1.3.a': 'not computable', '3.2.1.e': 'disagrees' } },
  },
])(
  '$area gives back every published figure, now from case answers',
  async ({ area, bundle, answers, lost }) => {
    const yaml = readFileSync(dbPath('inspections', bundle, 'inspection.yaml'), 'utf8');
    const tables = caseTables(parse(yaml), askedQuestions('2018'));
    const folder = await files.folder(
      bundleFiles({ yaml, cases: tables.cases, answers: wide(tables.answers) }),
    );
    const statuses = new Map<string, string>(Object.entries(lost));
    const isKnown = ([key]: [string, unknown]) => !statuses.has(key.replace('prompt ', ''));
    await rolledBack(database.db, async (trx) => {
      const before = await shown(trx, area);
      expect(await load(trx, [folder])).toMatchObject([{ outcome: 'replaced', answers }]);
      const after = await shown(trx, area);
      const brief = ({ figures }: typeof before) =>
        figures.map(({ level, code, published, computed, status }) => [
          ...[level, code, published, computed, status],
        ]);
      const expected = brief(before).map((row) => {
        const status = statuses.get(row[1] as string);
        if (status) return [...row.slice(0, 3), '0 of 0', status];
        return row[2] === 'N/A' ? row.with(3, 'N/A') : row;
      });
      expect(brief(after)).toEqual(expected);
      expect(after.rows.filter(isKnown)).toEqual(
        before.rows.filter(isKnown).map(([key, row]) => [key, { ...row, evidence: 'case answers' }]),
      );
      expect((await compareSqlAndTypescript(trx)).differences).toEqual([]);
    });
  },
);
