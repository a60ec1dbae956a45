import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { loadRatingsTable } from '../../src/ratings-table/index.js';
import { testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';

// Wigan's service is itself given as one of the North West. Here it works for other local authorities than its own.

const database = testDatabase();
const files = testFolder();

/** The region of an inspection of Wigan whose service works for the given authorities from 2019 on, for its own until then. */
async function region(
  published: string,
  fieldwork: string,
  authorities: readonly string[],
): Promise<string | null | undefined> {
  const folder = await files.folder({
    'table.csv': `service,published,fieldwork_start,edition,1.1\nWigan Youth Offending Team,${published},${fieldwork},2018,Good\n`,
  });
  return rolledBack(database.db, async (trx) => {
    await sql`update core.service_authority set valid = '(,2019-01-01)' where service_id = (
      select service_id from core.service where area = 'Wigan')`.execute(trx);
    await sql`
      insert into core.service_authority (service_id, local_authority_id, valid)
      select service_id, local_authority_id, '[2019-01-01,)'
      from core.service, core.local_authority
      where area = 'Wigan' and name = any(${sql.val(authorities)}::text[])`.execute(trx);
    const [row] = await loadRatingsTable(trx, `${folder}/table.csv`);
    const { rows } = await sql<{ region: string | null }>`
      select region from rating.inspection_region where inspection_id = ${row?.inspectionId}`.execute(trx);
    return rows[0]?.region;
  });
}

test.each<[what: string, published: string, fieldwork: string, authorities: string[], expected: string]>([
  [
    'that of its local authorities, where they lie in one',
    '2019-08',
    '2019-05-13',
    ['Leeds', 'Bradford'],
    'Yorkshire and The Humber',
  ],
  ['that of the service, where they lie in two', '2019-08', '2019-05-13', ['Leeds', 'Cardiff'], 'North West'],
  ['that of those it worked for at the time', '2019-03', '2018-12-31', ['Leeds'], 'North West'],
  [
    'that at publication, where the fieldwork has no date',
    '2019-03',
    '',
    ['Leeds'],
    'Yorkshire and The Humber',
  ],
  [
    'that in the year of publication, where no more is known',
    '2019',
    '',
    ['Leeds'],
    'Yorkshire and The Humber',
  ],
])('the region of an inspection is %s', async (_, published, fieldwork, authorities, expected) => {
  expect(await region(published, fieldwork, authorities)).toBe(expected);
});
