import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';

// Wigan's service is given as one of the North West itself. Here it works for other local authorities than its own.

const database = testDatabase();
const files = testFolder();

/** The region of an invented inspection of Wigan whose service works for the given authorities from 2019 on, for its own until then. */
async function region(report: string, authorities: readonly string[]): Promise<string | null | undefined> {
  const bundle = await files.bundle(`synthetic: true
service: Wigan Youth Offending Team
report: {${report}}
edition: "2018"
standard_ratings: {"1.1": Good}
`);
  return rolledBack(database.db, async (trx) => {
    await sql`update core.service_authority set valid = '(,2019-01-01)' where service_id = (
      select service_id from core.service where area = 'Wigan')`.execute(trx);
    await sql`
      insert into core.service_authority (service_id, local_authority_id, valid)
      select service_id, local_authority_id, '[2019-01-01,)'
      from core.service, core.local_authority
      where area = 'Wigan' and name = any(${sql.val(authorities)}::text[])`.execute(trx);
    await load(trx, [bundle]);
    const { rows } = await sql<{ region: string | null }>`
      select region from rating.inspection_region join core.inspection using (inspection_id) where is_synthetic`.execute(
      trx,
    );
    return rows[0]?.region;
  });
}

test.each<[what: string, report: string, authorities: string[], expected: string]>([
  [
    'of all its local authorities, where they lie in one',
    'fieldwork_from: "2019-05-13"',
    ['Leeds', 'Bradford'],
    'Yorkshire and The Humber',
  ],
  ['its own, where they lie in two', 'fieldwork_from: "2019-05-13"', ['Leeds', 'Cardiff'], 'North West'],
  ['that of those it worked for at the time', 'fieldwork_from: "2018-12-31"', ['Leeds'], 'North West'],
  [
    'that at publication, where the fieldwork has no date',
    'published: "2019-03"',
    ['Leeds'],
    'Yorkshire and The Humber',
  ],
  [
    'that in the year of publication, where no more is known',
    'published: 2019',
    ['Leeds'],
    'Yorkshire and The Humber',
  ],
])('the region of an inspection is %s', async (_, report, authorities, expected) => {
  expect(await region(report, authorities)).toBe(expected);
});
