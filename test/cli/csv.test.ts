import { beforeAll, describe, expect, test } from 'vitest';
import { command, temporaryFolders } from '../support/command.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();
const folder = temporaryFolders();
let home: string;
beforeAll(async () => {
  home = await folder();
});
const run = (...args: string[]) =>
  command(args, { env: { DATABASE_URL: database.url, YOT_RATINGS_HOME: home } });

describe('ratings --csv', () => {
  test('prints a row an inspection and standard, overall first', async () => {
    const { code, stdout, stderr } = await run('ratings', 'rbkc', '--csv');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [heading, ...rows] = stdout.trimEnd().split('\n');
    expect(heading).toBe(
      'inspection_id,service,area,edition,fieldwork_start,year,published,is_synthetic,standard,rating,score,computed_rating,discretion,published_rating,evidence',
    );
    expect(rows).toHaveLength(13);
    const service =
      'Kensington & Chelsea Youth Offending Service,Kensington and Chelsea,2018,2020-10-19,2020';
    const key = rows[0]?.split(',')[0];
    expect(rows[0]).toBe(`${key},${service},2021-03-01,false,overall,Good,29,Good,,Good,published counts`);
    // judged, so never computed
    expect(rows[1]).toBe(
      `${key},${service},2021-03-01,false,1.1,Outstanding,3,,false,Outstanding,published counts`,
    );
    expect(rows.find((row) => row.includes(',3.2,'))).toMatch(
      /,3\.2,Requires improvement,1,Inadequate,true,Requires improvement,published counts$/,
    );
  });

  test('of all inspections has no line about invented ones', async () => {
    const lines = (await run('ratings', '--csv')).stdout.trimEnd().split('\n');
    // three of the 2018 edition, two of 2021, which has one standard more; each with an overall row
    expect(lines).toHaveLength(1 + 3 * 13 + 2 * 14);
    expect(new Set(lines.map((line) => line.split(',').length))).toEqual(new Set([15]));
  });
});

test('reconcile --csv prints a row a published figure', async () => {
  const { code, stdout, stderr } = await run('reconcile', '--csv');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [heading, ...rows] = stdout.trimEnd().split('\n');
  expect(heading).toBe(
    'inspection_id,service,fieldwork_start,level,code,published,computed,status,explanation,place,is_listed_only',
  );
  expect(rows.filter((row) => row.includes(',overall,overall,'))).toHaveLength(5);
  expect(rows.find((row) => row.includes('Barnet') && row.includes(',standard,2.3,'))).toMatch(
    /,standard,2\.3,Good,Requires improvement,explained by discretion,2\.3\.3 at 64%; /,
  );
});

test.each([
  [['ratings', '--csv', '--json'], '--json and --csv are two ways to print: leave one.\n'],
  [['reconcile', '--csv', '--json'], '--json and --csv are two ways to print: leave one.\n'],
  [
    ['ratings', '--csv', '--as-if', 'base=relevant'],
    '--csv prints ratings as they are: use --json with --as-if.\n',
  ],
  [
    ['ratings', 'Kensingtn', '--csv'],
    'No inspection of a service whose name has "Kensingtn": did you mean Kensington & Chelsea YOS?\n',
  ],
])('%j ends with 2 and one message', async (args, stderr) => {
  expect(await run(...args)).toEqual({ code: 2, stdout: '', stderr });
});
