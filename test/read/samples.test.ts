import { expect, test } from 'vitest';
import { knownEditions } from '../../src/import/edition/known-editions.js';
import { samplesOf } from '../../src/import/edition/samples.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();

test('samples have the disposals that the database has, but for "other"', async () => {
  const rows = await database.db
    .selectFrom('core.disposal')
    .selectAll()
    .where('disposal', '<>', 'other')
    .execute();
  const own = new Map<string, string | undefined>();
  for (const edition of await knownEditions())
    for (const { name, disposals } of samplesOf(edition))
      for (const [disposal, partOf] of disposals) own.set(`${name}: ${disposal}`, partOf);
  expect(own).toEqual(
    new Map(rows.map(({ sample, disposal, part_of }) => [`${sample}: ${disposal}`, part_of ?? undefined])),
  );
});
