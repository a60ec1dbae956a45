import { beforeEach, expect, test } from 'vitest';
import { loadGroups } from '../../src/comparators/load-groups.js';
import { serviceComparison } from '../../src/queries/of-inspections.js';
import { loadRatingsTable } from '../../src/ratings-table/index.js';
import { valuesOf } from '../support/asked.js';
import { piped, testFolder } from '../support/bundles.js';
import { command } from '../support/command.js';
import { asRoleOf, testDatabase } from '../support/database.js';

const database = testDatabase();
const files = testFolder();

const table = `service,published,edition,1.1
Leeds,2023-01-10,2021,Good
Bradford,2023-02-10,2021,Outstanding
Sheffield,2023-03-10,2021,Inadequate
Cardiff,2023-04-10,2021,Good
Bristol,2022-04-10,2021,Outstanding
`;

const loading = (text: string, name = 'families') => loadGroups(database.db, piped(`${name}.csv`, text));

/** How the ratings of 1.1 stand in a list: service, group, inspections, higher, same, lower. */
async function standing(list: string): Promise<unknown[]> {
  const rows = await serviceComparison(database.db, { synthetic: false });
  return rows
    .filter(({ beside }) => beside === list)
    .map((row) => [row.area, row.peers, row.inspections, row.higher, row.same, row.lower])
    .sort();
}

beforeEach(async () => {
  // a table of ratings is for a loader to load, too
  await asRoleOf(database, 'loader', (loader) => loadRatingsTable(loader, piped('table.csv', table)));
  await database.db.deleteFrom('core.comparator_group').execute();
});

test('each service stands beside those of its group, of the same year and edition', async () => {
  const loaded = await loading('Group,Service\nA,Leeds YJS\nA,Bradford\nA,Bristol\nB,Cardiff\n');
  expect(loaded).toMatchObject({ name: 'families', groups: 2, services: 4 });
  expect(await standing('families')).toEqual([
    ['Bradford', 'A', 2, 0, 1, 1],
    ['Bristol', 'A', 1, 0, 1, 0],
    ['Cardiff', 'B', 1, 0, 1, 0],
    ['Leeds', 'A', 2, 1, 1, 0],
  ]);
});

test('of a list of neighbours that service alone stands beside them', async () => {
  await loading('neighbours of,authority\nLeeds,Bradford\nLeeds,Sheffield\nSheffield,Cardiff\n');
  expect(await standing('families')).toEqual([
    ['Leeds', 'Leeds', 3, 1, 1, 1],
    ['Sheffield', 'Sheffield', 2, 1, 1, 0],
  ]);
});

test('a list may have codes of local authorities; two of one service are one', async () => {
  await loading('group,ons_code\nA,E08000035\nA,E08000032\nA,E08000016\nA,E08000038\n');
  const areas = await valuesOf(database.db, 'select area from analytics.comparator_group order by area');
  expect(areas.flat()).toEqual(['Barnsley', 'Bradford', 'Leeds']);
});

test('a list takes the place of what had its name, and a heading alone takes it away; a loader may do that, and record no load of another kind', async () => {
  await asRoleOf(database, 'loader', async (loader) => {
    const loading = (text: string, name = 'families') => loadGroups(loader, piped(`${name}.csv`, text));
    await loading('group,service\nA,Leeds\nA,Bradford\n');
    await loading('group,service\nA,Leeds\nA,Cardiff\n', 'others');
    await loading('group,service\nC,Leeds\n');
    expect(await standing('families')).toEqual([['Leeds', 'C', 1, 0, 1, 0]]);
    await loading('group,service\n');
    const other = loader
      .insertInto('core.load')
      .values({ kind: 'edition', subject: '2018', content_hash: 'x', program: 'x' } as never);
    await expect(other.execute()).rejects.toThrow(/row-level security/);
  });
  expect(await standing('families')).toEqual([]);
  expect(await standing('others')).toHaveLength(2);
});

test('the same list again is no load more; under another name it is another list, and deleted past the loader it is loaded anew', async () => {
  const loads = async () => {
    const [[count] = []] = await valuesOf(
      database.db,
      "select count(*)::integer from core.load where kind = 'groups' and subject in ('cities', 'towns')",
    );
    return count;
  };
  const list = 'group,service\nA,Leeds\nA,Bradford\n';
  const first = await loading(list, 'cities');
  expect(await loading(list, 'cities')).toEqual(first);
  expect(await loads()).toBe(1);
  expect(await loading(list, 'towns')).toEqual({ ...first, name: 'towns' });
  expect(await loads()).toBe(2);
  await database.db.deleteFrom('core.comparator_group').where('comparator_set', '=', 'towns').execute();
  await loading(list, 'towns');
  expect(await standing('towns')).toHaveLength(2);
  expect(await standing('cities')).toHaveLength(2);
});

test.each([
  [
    'a name that is none',
    'group,service\nA,Leeds\nA,Ledes\n',
    /"Ledes" names no service or authority \(did you mean/,
  ],
  ['a blank group', 'group,service\n,Leeds\n', /the group is missing/],
  ['a code that is none', 'group,ons_code\nA,E99999999\n', /"E99999999" names no service or authority/],
  ['a service in two groups', 'group,service\nA,Leeds\nB,Leeds YJS\n', /Leeds is in the group "A" already/],
  ['two kinds of members', 'group,service,authority\nA,Leeds,Leeds\n', /has one column "group"/],
])('a list with %s is refused, and what was there stays', async (_, text, says) => {
  await loading('group,service\nA,Leeds\n');
  await expect(loading(text)).rejects.toMatchObject({ problems: [{ message: expect.stringMatching(says) }] });
  expect(await standing('families')).toHaveLength(1);
});

test('a list is loaded by the command, and compare shows it', async () => {
  const env = { DATABASE_URL: database.url };
  const folder = await files.folder({ 'list.csv': 'group,service\nnorthern,Leeds\nnorthern,Bradford\n' });
  const loaded = await command(['load', '--groups', `${folder}/list.csv`, '--as', 'big cities'], { env });
  expect(loaded).toMatchObject({
    code: 0,
    stdout: 'big cities: 1 group of 2 services; compare and service_comparison have them\n',
  });
  const { stdout } = await command(['compare', 'Leeds'], { env });
  expect(stdout).toContain('; big cities northern, region Yorkshire and The Humber\n');
});
