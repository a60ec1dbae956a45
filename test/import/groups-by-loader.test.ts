import { expect, test } from 'vitest';
import { loadGroups } from '../../src/comparators/load-groups.js';
import { loadRatingsTable } from '../../src/ratings-table/index.js';
import { asRoleOf, testDatabase } from '../support/database.js';

const database = testDatabase();
const list = (text: string, name = 'families.csv') => ({
  name,
  chunks: (async function* () {
    yield Buffer.from(text);
  })(),
});

test('a loader loads a table of ratings, and is told what of it contradicts itself', async () => {
  const table = list('service,published,edition,overall,score\nLeeds,2019-03,2018,Good,18\n', 'table.csv');
  const [row] = await asRoleOf(database, 'loader', (loader) => loadRatingsTable(loader, table));
  expect(row).toMatchObject({
    outcome: 'loaded',
    remarks: [{ message: expect.stringMatching(/is Requires/) }],
  });
});

test('a loader loads a list of groups, replaces it, and may record no load of another kind', async () => {
  await asRoleOf(database, 'loader', async (loader) => {
    expect(await loadGroups(loader, list('group,service\na,Barnet\na,Wigan\n'))).toMatchObject({
      ...{ name: 'families', groups: 1, services: 2 },
    });
    await loadGroups(loader, list('group,service\nb,Barnet\n'));
    const other = loader
      .insertInto('core.load')
      .values({ kind: 'edition', subject: '2018', content_hash: 'x', program: 'x' } as never)
      .execute();
    await expect(other).rejects.toThrow(/row-level security/);
  });
  const members = await database.db.selectFrom('core.comparator_member').select('group_name').execute();
  expect(members).toEqual([{ group_name: 'b' }]);
});
