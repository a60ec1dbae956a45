import { expect, test } from 'vitest';
import { knownEditions } from '../../src/import/edition/known-editions.js';
import { samplesOf } from '../../src/import/edition/samples.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();

test('samples have the kinds of case that the database has, by the same names', async () => {
  const editions = await knownEditions();
  const rows = await database.db
    .selectFrom('core.case_kind')
    .innerJoin('core.sample', 'core.sample.sample_id', 'core.case_kind.sample_id')
    .select(['edition_code', 'sample', 'kind', 'part_of', 'also_written'])
    .execute();
  const own = editions.flatMap((one) =>
    samplesOf(one).flatMap(({ name, kinds, alsoWritten }) =>
      [...kinds].map(
        ([kind, whole = null]) => `${one.edition} ${name}: ${kind} ${whole} ${alsoWritten.get(kind)?.join()}`,
      ),
    ),
  );
  const stored = rows.map(
    (row) => `${row.edition_code} ${row.sample}: ${row.kind} ${row.part_of} ${row.also_written.join()}`,
  );
  expect(own.toSorted()).toEqual(stored.toSorted());
  expect(own).toContain('2021 court: community_sentence null community order');
});
