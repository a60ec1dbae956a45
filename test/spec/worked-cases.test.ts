import { describe, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { editions } from '../../src/queries/editions.js';
import { rateInspection } from '../../src/ratings/inspection.js';
import { type Row, rowsOfResult, rowsOfViews } from '../../src/reconcile/sql-and-typescript.js';
import { piped } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';
import { asEvidence, asInspectionText, workedCases } from '../support/worked-cases.js';

const database = testDatabase();

/** The expected rows' cells, out of what was computed. */
function same(expected: Record<string, Row>, rows: ReadonlyMap<string, Row>): Record<string, Partial<Row>> {
  return Object.fromEntries(
    Object.entries(expected).map(([key, cells]) => {
      const row = rows.get(key);
      return [key, Object.fromEntries(Object.keys(cells).map((column) => [column, row?.[column]]))];
    }),
  );
}

describe.each(workedCases())('$name', (example) => {
  test('in SQL', async () => {
    const rows = await rolledBack(database.db, async (trx) => {
      await load(trx, [piped(example.name, asInspectionText(example))], { newService: true });
      const { inspection_id } = await trx
        .selectFrom('core.inspection')
        .select('inspection_id')
        .where('is_synthetic', '=', true)
        .executeTakeFirstOrThrow();
      return (await rowsOfViews(trx, [inspection_id])).get(inspection_id) ?? new Map<string, Row>();
    });
    expect(same(example.expected, rows)).toEqual(example.expected);
  });

  test('in TypeScript', async () => {
    const edition = (await editions(database.db)).get(example.edition);
    if (!edition) throw new Error(`no edition ${example.edition}`);
    const rows = rowsOfResult(rateInspection(edition, asEvidence(example)));
    expect(same(example.expected, rows)).toEqual(example.expected);
  });
});
