import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { InspectionFile } from '../../src/import/bundle/inspection-file.js';
import { load } from '../../src/import/load.js';
import { type Status, statuses } from '../../src/queries/reconciliation.js';
import { invented, piped } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';

const database = testDatabase();

/** A case of contradictions.yaml: how a figure stands, with the explanation. */
interface Contradiction extends Partial<Record<Status, string>> {
  given: Partial<InspectionFile>;
  edition?: string;
  /** Level and code, and what is printed where a question has two figures. */
  figure: string;
}
const text = readFileSync(new URL('contradictions.yaml', import.meta.url), 'utf8');
const cases: Contradiction[] = parse(text, { merge: true });

test.each(cases)('%j', async ({ given, edition = '2018', figure, ...stands }) => {
  const service = { name: 'Barset Youth Justice Service', area: 'Barset' };
  const file = invented({ service, report: { fieldwork_from: '2022-05-16' }, edition, ...given });
  const rows = await rolledBack(database.db, async (trx) => {
    const [{ inspectionId = 0 } = {}] = await load(trx, [piped('barset', file)], { newService: true });
    return trx
      .selectFrom('analytics.reconciliation')
      .select(['level', 'code', 'published', 'status', 'explanation'])
      .where('inspection_id', '=', inspectionId)
      .execute();
  });
  const found = rows.filter(({ level, code, published }) =>
    [level, `${level} ${code}`, `${level} ${code} ${published}`].includes(figure),
  );
  const status = statuses.find((one) => stands[one] !== undefined) as Status;
  const words = (stands[status] ?? '').split('…').map((part) => part.replaceAll(/[.*+?^$()|]/g, '\\$&'));
  expect(found.map((row) => [row.status, row.explanation ?? ''])).toEqual([
    [status, expect.stringMatching(new RegExp(`^${words.join('.*')}$`))],
  ]);
});
