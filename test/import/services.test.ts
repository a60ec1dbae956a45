import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
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
const naming = (service: string) =>
  changed(bundle, 'service: SERVICE', `service: ${service}`.replace('service: ▸', '▸service: '));

/** The service that the last of some bundles becomes an inspection of; undone again. */
const found = (services: string[], options = {}) =>
  rolledBack(database.db, async (trx) => {
    for (const service of services) await load(trx, [await files.bundle(naming(service).text)], options);
    const { rows } = await sql<Record<string, unknown>>`
      select
        service_code as code, service_at_inspection as name, service.is_synthetic,
        (select count(*)::integer from core.service) as services
      from core.inspection join core.service using (service_id)
      where inspection.is_synthetic
      order by inspection_id desc`.execute(trx);
    return rows[0];
  });

test.each([
  ['{name: RBKC YOT, area: KENSINGTON & CHELSEA}', 'kensington-and-chelsea'],
  // by its area, when a new name speaks of it
  ['{name: Wigan Youth Justice Service, area: Wigan}', 'wigan'],
  ['{name: Rutland YOT, area: Rutland}', 'leicestershire'],
])('%s is found, and none is added', async (service, code) => {
  expect(await found([service])).toMatchObject({ code, services: 158 });
});

test('a service is found by a name that an earlier bundle taught', async () => {
  const taught = '{name: Wigan Children First, area: Wigan}';
  expect(await found([taught, 'wigan children first'])).toMatchObject({ code: 'wigan' });
});

test.each([
  ['{name: Barsetshire YOT, area: Barsetshire}', {}, { code: 'barsetshire', is_synthetic: true }],
  ['{name: Barset Young People, area: Barsetshire}', { newService: true }, { code: 'barsetshire' }],
  ['{name: Anything, area: Ynys Môn & East}', { newService: true }, { code: 'ynys-mon-and-east' }],
])('%s is new, and is added', async (service, options, expected) => {
  expect(await found([service], options)).toMatchObject(expected);
});

const advice =
  'Correct the name, give its area (a local authority of England or Wales), or load with --new-service';

test.each([
  ['▸Nowhere Youth Team', `unknown service "Nowhere Youth Team": it is in no register. ${advice}`],
  [
    '▸Wigan Youth Ofending Team',
    `unknown service "Wigan Youth Ofending Team" (did you mean "Wigan Youth Offending Team"?): it is in no register. ${advice}`,
  ],
  [
    '{▸name: Children First Partnership, area: Wigan}',
    `unknown service "Children First Partnership": it is in no register, and does not go with area "Wigan". ${advice}`,
  ],
  [
    '{name: Wigan YOT, ▸area: Barnet}',
    'service "Wigan YOT" works for Wigan, not for "Barnet": correct the name or the area',
  ],
])('%s is refused', async (service, message) => {
  const { text, line, column } = naming(service);
  const file = await files.bundle(text);
  const { problems } = await refused(database.db, [file]);
  expect(problems).toEqual([{ file, line, column, message }]);
});

test('a real inspection is refused of an area that is no local authority, and of a service that was invented before', async () => {
  const invented = naming('{name: Barsetshire YOT, area: Barsetshire}').text;
  const real = await files.bundle(invented.replace('synthetic: true', 'synthetic: false'));
  const { problems } = await refused(database.db, [real]);
  expect(problems).toMatchObject([
    { message: expect.stringContaining('does not go with area "Barsetshire"') },
  ]);
  const file = await files.bundle(invented);
  await rolledBack(database.db, async (trx) => {
    await load(trx, [file]);
    await expect(load(trx, [real])).rejects.toMatchObject({
      problems: [{ message: expect.stringContaining('is an invented service') }],
    });
  });
});
