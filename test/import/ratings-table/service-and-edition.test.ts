import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { readEdition } from '../../../src/import/edition/edition-file.js';
import {
  loadRatingsTable,
  type RatingsRow,
  type RatingsTableOptions,
} from '../../../src/import/ratings-table/index.js';
import { dbPath } from '../../../src/paths.js';
import type { Problem } from '../../../src/problem.js';
import { testFolder } from '../../support/bundles.js';
import { testDatabase } from '../../support/database.js';
import { messages, outcomes, ratingsTables, written } from './tables.js';

const database = testDatabase();
const files = testFolder();
const { table, loading, loaded, refused } = ratingsTables(database, files);

describe('services', () => {
  const serviceOf = (name: string, published: string, options?: RatingsTableOptions) =>
    loading(async (trx) => {
      const [row] = (await loadRatingsTable(
        trx,
        await table('service,published', `${name},${published}`),
        options,
      )) as [RatingsRow];
      const found = await trx
        .selectFrom('core.inspection as inspection')
        .innerJoin('core.service as service', 'service.service_id', 'inspection.service_id')
        .innerJoin('core.service_name as name', 'name.service_id', 'service.service_id')
        .select(['service_code', 'area', 'service.is_synthetic', 'name.name'])
        .where('inspection_id', '=', row.inspectionId as number)
        .where('usage', '=', 'official')
        .executeTakeFirstOrThrow();
      return { ...found, remarks: row.remarks.map(({ message }) => message) };
    });

  test.each([
    ['Wigan Youth Offending Team', 'wigan'],
    ['RBKC yot', 'kensington-and-chelsea'],
    ['Kensington and Chelsea', 'kensington-and-chelsea'],
    ['Barnet', 'barnet'],
    ['BARNET YJS', 'barnet'],
    ['Royal Borough of Kensington & Chelsea', 'kensington-and-chelsea'],
  ])('%s is found by a name, an area or a local authority', async (name, code) => {
    expect(await serviceOf(name, '2024-05')).toMatchObject({ service_code: code, remarks: [] });
  });

  test('of a local authority are chosen by date', async () => {
    expect(await serviceOf('Bridgend', '2020-05')).toMatchObject({ service_code: 'bridgend', remarks: [] });
    expect(await serviceOf('Bridgend', '2018-05')).toMatchObject({
      service_code: 'western-bay',
      remarks: ['"Bridgend" is taken to be the service of Western Bay, which worked for Bridgend then'],
    });
  });

  test('whose name did not hold on that day are taken, with a remark', async () => {
    const { service_code, remarks } = await serviceOf(
      'Western Bay Youth Justice and Early Intervention Service',
      '2019-01-01',
    );
    expect(service_code).toBe('western-bay');
    expect(remarks).toEqual([
      expect.stringMatching(/is the name of a service until 2019-01-01, and not on 2019-01-01$/),
    ]);
  });

  test('whose name held until the next day are taken without one', async () => {
    const found = await serviceOf('Western Bay Youth Justice and Early Intervention Service', '2018-12-31');
    expect(found).toMatchObject({ service_code: 'western-bay', remarks: [] });
  });

  test('of a local authority that were not met before are added, named as the table names them', async () => {
    expect(await serviceOf('Kingston YJS', '2019')).toEqual({
      service_code: 'kingston-upon-thames',
      area: 'Kingston upon Thames',
      is_synthetic: false,
      name: 'Kingston YJS',
      remarks: [],
    });
  });

  test('that ended are followed by new ones, from that day on, whatever the order of the rows', async () => {
    await loading(async (trx) => {
      const file = await table(
        'service,published',
        'Swansea,2020-03',
        'Swansea,2018-03',
        'Neath Port Talbot YJS,2020-03',
        'Swansea YJS,2023-03',
      );
      const rows = await loadRatingsTable(trx, file);
      const areas = await trx
        .selectFrom('core.inspection as inspection')
        .innerJoin('core.service as service', 'service.service_id', 'inspection.service_id')
        .select(['area', 'inspection.published'])
        .where('fieldwork_start', 'is', null)
        .orderBy('inspection_id')
        .execute();
      expect(areas).toEqual([
        { area: 'Swansea', published: '2020-03-01' },
        { area: 'Western Bay', published: '2018-03-01' },
        { area: 'Neath Port Talbot', published: '2020-03-01' },
        { area: 'Swansea', published: '2023-03-01' },
      ]);
      expect(messages(rows).map(({ length }) => length)).toEqual([0, 1, 0, 0]);
      expect(outcomes(await loadRatingsTable(trx, file))).toEqual(Array(4).fill('unchanged'));
    });
  });

  test('of no local authority are added when that is asked for', async () => {
    expect(await serviceOf('Narnia', '2019', { newService: true })).toMatchObject({
      service_code: 'narnia',
      is_synthetic: false,
    });
    expect(await serviceOf('Narnia', '2019', { newService: true, synthetic: true })).toMatchObject({
      is_synthetic: true,
    });
  });

  test('that are invented are not for real inspections', async () => {
    await loading(async (trx) => {
      const file = await table('service,published', 'Narnia YJS,2019');
      await loadRatingsTable(trx, file, { newService: true, synthetic: true });
      await expect(loadRatingsTable(trx, file)).rejects.toMatchObject({
        problems: [
          expect.objectContaining({
            line: 2,
            column: 1,
            message: '"Narnia YJS" is an invented service: load with --synthetic',
          }),
        ],
      });
    });
  });

  test('are added once for all rows of them', async () => {
    await loading(async (trx) => {
      await loadRatingsTable(
        trx,
        await table('service,published', 'Leeds,2019', 'Leeds YJS,2022', 'leeds,2024'),
      );
      const found = await trx
        .selectFrom('core.service')
        .select('service_code')
        .where('area', '=', 'Leeds')
        .execute();
      expect(found).toEqual([{ service_code: 'leeds' }]);
    });
  });
});

describe('the edition', () => {
  const editionOf = (lines: string[], options?: RatingsTableOptions) =>
    loading(async (trx) => {
      const [row] = (await loadRatingsTable(trx, await table(...lines), options)) as [RatingsRow];
      const { inspection } = await written(trx, row);
      return inspection?.edition_code;
    });

  test.each([
    ['the row says it', ['service,published,edition', 'Leeds,2019,2021'], undefined, '2021'],
    [
      'before the call',
      ['service,published,edition', 'Leeds,2019,2018 edition'],
      { edition: '2021' },
      '2018',
    ],
    ['the call says it', ['service,published,edition', 'Leeds,2019,'], { edition: '2021' }, '2021'],
    ['only one edition has the standard', ['service,published,4.1', 'Leeds,2019,Good'], undefined, '2021'],
    ['published on 31 December 2021', ['service,published', 'Leeds,2021-12-31'], undefined, '2018'],
    ['published on 1 January 2022', ['service,published', 'Leeds,2022-01-01'], undefined, '2021'],
  ])('%s', async (_, lines, options, edition) => {
    expect(await editionOf(lines, options)).toBe(edition);
  });

  test('from publication dates is said once, for how many rows', async () => {
    const notices: Problem[] = [];
    await loaded(['service,published,edition', 'Leeds,2019,', 'York,2022,', 'Bristol,2022,2021'], {
      notice: (notice) => notices.push(notice),
    });
    expect(notices.map(({ message }) => message)).toEqual([
      expect.stringContaining('the edition of 2 rows was taken from the publication date'),
    ]);
  });

  test('by publication date is one of the edition files, where a day that there is not is refused', async () => {
    const dates = await database.db
      .selectFrom('core.edition')
      .select(['edition_code', 'reports_from'])
      .orderBy('edition_code')
      .execute();
    expect(dates).toEqual([
      { edition_code: '2018', reports_from: '2018-01-01' },
      { edition_code: '2021', reports_from: '2022-01-01' },
    ]);
    const [rules, questions] = await Promise.all(
      ['rules.yaml', 'questions.yaml'].map((file) => readFile(dbPath('editions', '2021', file), 'utf8')),
    );
    const folder = await files.folder({
      'rules.yaml': (rules as string).replace('reports_from: "2022-01-01"', 'reports_from: "2022-02-30"'),
      'questions.yaml': questions as string,
    });
    await expect(readEdition(folder)).rejects.toMatchObject({
      problems: [
        expect.objectContaining({
          message: expect.stringMatching(/^reports_from is "2022-02-30": it has to be a day/),
        }),
      ],
    });
  });

  test('that is not known, not given by any date, or lacks a rated standard is refused', async () => {
    expect(
      await refused([
        'service,published,edition,4.1',
        'Leeds,2019,2019,',
        'York,2017-12,,',
        'Bristol,2019,2018,Good',
      ]),
    ).toEqual([
      expect.stringMatching(/^table\.csv:2:3: unknown edition "2019" \(did you mean "2018"\?\)/),
      expect.stringMatching(/^table\.csv:3:2: no edition is taken for a report published 2017-12/),
      expect.stringMatching(/^table\.csv:4:4: edition 2018 has no standard 4\.1/),
    ]);
  });
});
