import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import type { Problem } from '../../src/problem.js';
import { changed, refused, testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';

// How the service that a bundle names is found, or refused.

const database = testDatabase();
const files = testFolder();

const bundle = `synthetic: true
service: SERVICE
report: {fieldwork_month: "2019-03"}
edition: "2018"
`;

/** The bundle with a service; '▸' marks where a problem is to be reported. */
const naming = (service: string) => changed(bundle, 'service: SERVICE', service);

/** The service that a bundle's inspection becomes one of, and how many services there are then; undone again. */
async function found(service: string, options = {}) {
  const file = await files.bundle(naming(service).text);
  return rolledBack(database.db, async (trx) => {
    await load(trx, [file], options);
    const { service_code, service_at_inspection } = await trx
      .selectFrom('core.inspection')
      .innerJoin('core.service', 'core.service.service_id', 'core.inspection.service_id')
      .select(['service_code', 'service_at_inspection'])
      .where('core.inspection.is_synthetic', '=', true)
      .executeTakeFirstOrThrow();
    const { rows } = await sql<{ services: number; authorities: string[] }>`
      select
        (select count(*)::integer from core.service) as services,
        (select coalesce(array_agg(local_authority.name order by local_authority.name), '{}')
         from core.service_authority
         join core.local_authority using (local_authority_id)
         join core.service using (service_id)
         where service_code = ${service_code}) as authorities`.execute(trx);
    return { code: service_code, name: service_at_inspection, ...rows[0] };
  });
}

describe('a service that is known', () => {
  test.each([
    ['by its official name', 'service: Wigan Youth Offending Team', 'wigan'],
    ['by another name', 'service: RBKC YOT', 'kensington-and-chelsea'],
    ['in other letters', 'service: wigan YOT', 'wigan'],
    ['as an object', 'service: {name: Wigan YOT}', 'wigan'],
    ['with its area', 'service: {name: Wigan YOT, area: Wigan}', 'wigan'],
    [
      'with its area in other letters',
      'service: {name: RBKC YOT, area: KENSINGTON & CHELSEA}',
      'kensington-and-chelsea',
    ],
    [
      'by its area, when the new name speaks of it',
      'service: {name: Wigan Youth Justice Service, area: Wigan}',
      'wigan',
    ],
    [
      'by its area, with & for and',
      'service: {name: The Hammersmith & Fulham Team, area: Hammersmith and Fulham}',
      'hammersmith-and-fulham',
    ],
  ])('is found %s', async (_, service, code) => {
    expect(await found(service)).toMatchObject({ code, services: 158 });
  });

  test('is found by a name that an earlier bundle taught', async () => {
    const first = await files.bundle(naming('service: {name: Wigan Children First, area: Wigan}').text);
    const second = await files.bundle(
      naming('service: wigan children first').text.replace('2019-03', '2019-04'),
    );
    await rolledBack(database.db, async (trx) => {
      await load(trx, [first, second]);
      const rows = await trx
        .selectFrom('core.inspection')
        .select('inspection_code')
        .where('core.inspection.is_synthetic', '=', true)
        .orderBy('fieldwork_start')
        .execute();
      expect(rows.map((row) => row.inspection_code)).toEqual(['wigan-2019-03-01', 'wigan-2019-04-01']);
    });
  });
});

describe('a service that is new', () => {
  test('is not added for a local authority: that has a service', async () => {
    expect(await found('service: {name: Rutland YOT, area: Rutland}')).toEqual({
      code: 'leicestershire',
      name: 'Rutland YOT',
      services: 158,
      authorities: ['Leicestershire', 'Rutland'],
    });
  });

  test('works for the authorities that it names, once for each', async () => {
    const service =
      'service: {name: Barset YOT, area: Barset, local_authorities: [Leeds, City of Bradford, leeds]}';
    expect(await found(service)).toMatchObject({ code: 'barset', authorities: ['Bradford', 'Leeds'] });
  });

  test('in no register is added when the user says so', async () => {
    const service = 'service: {name: Barset Young People, area: Barsetshire}';
    expect(await found(service, { newService: true })).toMatchObject({
      code: 'barsetshire',
      authorities: [],
    });
  });

  test.each([
    ['北京', 'service'],
    ['Ynys Môn & East', 'ynys-mon-and-east'],
    ['Wigan.', 'wigan'],
  ])('gets a code out of any area: %s', async (area, code) => {
    expect(await found(`service: {name: Anything, area: "${area}"}`, { newService: true })).toMatchObject({
      code,
    });
  });
});

describe('refused', () => {
  const unknown =
    'Correct the name, give service: {name, area} with a local authority of England or Wales as area, or load with --new-service';
  const wrongs: [name: string, service: string, message: string][] = [
    [
      'a name that nobody knows',
      '▸service: Nowhere Youth Team',
      `unknown service "Nowhere Youth Team": it is in no register, and no area is given. ${unknown}`,
    ],
    [
      'a name that is nearly known',
      '▸service: Wigan Youth Ofending Team',
      `unknown service "Wigan Youth Ofending Team" (did you mean "Wigan Youth Offending Team"?): it is in no register, and no area is given. ${unknown}`,
    ],
    [
      'a name that does not speak of its area',
      'service: {▸name: Children First Partnership, area: Rutland}',
      `unknown service "Children First Partnership": it is in no register, and does not go with area "Rutland". ${unknown}`,
    ],
    [
      'a name that does not speak of the area of a known service',
      'service: {▸name: Children First Partnership, area: Wigan}',
      `unknown service "Children First Partnership": it is in no register, and does not go with area "Wigan". ${unknown}`,
    ],
    [
      'a known name with the area of another service',
      'service: {name: Wigan YOT, ▸area: Barnet}',
      'service "Wigan YOT" works for Wigan, not for "Barnet": correct the name or the area',
    ],
    [
      'a local authority that there is not',
      'service: {name: Barset YOT, area: Barset, local_authorities: [Leeds, ▸Bradfort]}',
      '"Bradfort" is no local authority of England or Wales that is known (did you mean "Bradford"?)',
    ],
    [
      'a blank name',
      'service: {▸name: "  ", area: Rutland}',
      'service > name is "  ": it has to be text, not blank',
    ],
    ['an endless name', `▸service: ${'x'.repeat(5000)}`, 'service is longer than 200 characters'],
    [
      'an endless area',
      `service: {name: Rutland YOT, ▸area: ${'x'.repeat(5000)}}`,
      'service > area is longer than 200 characters',
    ],
  ];
  const written: string[] = [];
  let problems: Problem[] = [];
  beforeAll(async () => {
    for (const [, service] of wrongs) written.push(await files.bundle(naming(service).text));
    ({ problems } = await refused(database.db, written));
  });

  test.each(wrongs.map(([name, service, message], at) => ({ name, service, message, at })))(
    '$name',
    ({ service, message, at }) => {
      const { line, column } = naming(service);
      const file = written[at] as string;
      expect(problems.filter((one) => one.file === file)).toEqual([{ file, line, column, message }]);
    },
  );

  test('an area that is no local authority, unless the inspection is invented', async () => {
    const invented = naming('service: {▸name: Barsetshire YOT, area: Barsetshire}');
    const real = await files.bundle(invented.text.replace('synthetic: true', 'synthetic: false'));
    const { problems } = await refused(database.db, [real]);
    const message = `unknown service "Barsetshire YOT": it is in no register, and does not go with area "Barsetshire". ${unknown}`;
    expect(problems).toEqual([{ file: real, line: invented.line, column: invented.column, message }]);

    const file = await files.bundle(invented.text);
    await rolledBack(database.db, async (trx) => {
      await load(trx, [file]);
      const made = await trx
        .selectFrom('core.service')
        .selectAll()
        .where('area', '=', 'Barsetshire')
        .execute();
      expect(made).toMatchObject([{ service_code: 'barsetshire', is_synthetic: true }]);
      const later = await files.bundle(
        invented.text.replace('synthetic: true', 'synthetic: false').replace('2019-05-13', '2020-05-11'),
      );
      await expect(load(trx, [later])).rejects.toMatchObject({
        problems: [{ message: expect.stringContaining('is an invented service') }],
      });
    });
  });

  test('a known name with the area of another service, even when services may be added', async () => {
    const file = await files.bundle(naming('service: {name: Wigan YOT, area: Barsetshire}').text);
    await refused(database.db, [file], { newService: true });
  });

  test('a name that nobody knows and no area, even when services may be added', async () => {
    const file = await files.bundle(naming('service: Nowhere Youth Team').text);
    await refused(database.db, [file], { newService: true });
  });
});
