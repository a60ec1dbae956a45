import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { dbPath } from '../../src/disk/paths.js';
import type { InspectionFile } from '../../src/import/bundle/inspection-file.js';
import { load } from '../../src/import/load.js';
import { compareSqlAndTypescript, type Row, rowsOfViews } from '../../src/reconcile/sql-and-typescript.js';
import { invented, piped } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';

const database = testDatabase();

/** A case worked by hand: what is given, and the cells that come out, in SQL and in TypeScript. */
interface WorkedCase {
  name: string;
  edition: string;
  given: Partial<InspectionFile>;
  expected: Record<string, Row>;
}
const { cases }: { cases: WorkedCase[] } = parse(readFileSync(dbPath('worked-cases.yaml'), 'utf8'));

test.each(cases)('$name', async (example) => {
  const { name, edition, given, expected } = example;
  const service = { name: 'Worked Case Youth Justice Service', area: 'Worked Case' };
  const text = invented({ service, report: { fieldwork_from: '2021-06-01' }, edition, ...given });
  await rolledBack(database.db, async (trx) => {
    const [{ inspectionId = 0 } = {}] = await load(trx, [piped(name, text)], { newService: true });
    const rows = (await rowsOfViews(trx, [inspectionId])).get(inspectionId) ?? new Map<string, Row>();
    const cells = Object.entries(expected).map(([key, row]) => [
      ...[key, Object.fromEntries(Object.keys(row).map((column) => [column, rows.get(key)?.[column]]))],
    ]);
    expect(Object.fromEntries(cells)).toEqual(expected);
    const { differences, cells: compared } = await compareSqlAndTypescript(trx, [inspectionId]);
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(100);
  });
});
