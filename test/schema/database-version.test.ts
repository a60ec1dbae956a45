import { expect, test } from 'vitest';
import { rolledBack, testDatabase } from '../support/database.js';

const database = testDatabase();

test('the version of the views is that of the load that made them last, whatever else was loaded since', async () => {
  const version = await rolledBack(database.db, async (trx) => {
    const loads = [
      { kind: 'views', subject: 'analytics', content_hash: 'of older views', program: '99.1.0' },
      { kind: 'views', subject: 'analytics', content_hash: 'of these views', program: '99.2.0' },
      { kind: 'inspection', subject: 'leeds', content_hash: 'of a bundle', program: '99.3.0' },
    ];
    for (const values of loads) await trx.insertInto('core.load').values(values).execute();
    return trx.selectFrom('analytics.database_version').select(['views_version', 'program']).execute();
  });
  expect(version).toEqual([{ views_version: 'of these views', program: '99.2.0' }]);
});
