import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { readEdition } from '../../../src/import/edition/edition-file.js';
import { dbPath } from '../../../src/paths.js';
import {
  loadRatingsTable,
  type RatingsRow,
  type RatingsTableOptions,
} from '../../../src/ratings-table/index.js';
import { testFolder } from '../../support/bundles.js';
import { testDatabase } from '../../support/database.js';
import { messages, outcomes, ratingsTables, written } from './tables.js';

const database = testDatabase();
const files = testFolder();
const { table, loading, loaded, refused } = ratingsTables(database, files);

describe('services', () => {
  const serviceOf = (name: string, published: string, options?: RatingsTableOptions) =>
    loading(async (trx) => {
      const [row] = (await loadRatingsTable(trx, await table('service,published', `${name},${published}`), {
        edition: '2018',
        ...options,
      })) as [RatingsRow];
      const found = await trx
        .selectFrom('core.inspection as inspection')
        .innerJoin('core.service as service', 'service.service_id', 'inspection.service_id')
        .select(['service_code', 'area', 'service.is_synthetic'])
        .where('inspection_id', '=', row.inspectionId as number)
        .executeTakeFirstOrThrow();
      return { ...found, remarks: messages([row])[0] };
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
      remarks: ['"Bridgend" is taken to be the service of Western Bay, which worked for that authority then'],
    });
  });

  test('whose name did not hold on that day are taken, with a remark', async () => {
    const { service_code, remarks } = await serviceOf(
      'Western Bay Youth Justice and Early Intervention Service',
      '2020-01-01',
    );
    expect(service_code).toBe('western-bay');
    expect(remarks).toEqual([
      expect.stringMatching(/is the name of a service until 2019, and not on 2020-01-01$/),
    ]);
  });

  test('that ended are followed by others, whatever the order of the rows', async () => {
    await loading(async (trx) => {
      const file = await table(
        'service,published',
        'Swansea,2020-03',
        'Swansea,2018-07',
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
        { area: 'Western Bay', published: '2018-07-01' },
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
            message: expect.stringMatching(/^"Narnia YJS" is an invented service: .*--synthetic/),
          }),
        ],
      });
    });
  });

  test('are added once for all rows of them', async () => {
    await loading(async (trx) => {
      await loadRatingsTable(
        trx,
        await table('service,published', 'Narnia,2019', 'Narnia YJS,2022', 'narnia,2024'),
        { newService: true, edition: '2018' },
      );
      const found = await trx
        .selectFrom('core.service')
        .select('service_code')
        .where('area', '=', 'Narnia')
        .execute();
      expect(found).toEqual([{ service_code: 'narnia' }]);
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
    [
      'only one has it, a standard that was not rated',
      ['service,published,4.1', 'Leeds,2021-12,Not rated'],
      undefined,
      '2021',
    ],
    [
      'the heading has a title',
      ['service,published,3.4 Joint working', 'Leeds,2021-12,Good'],
      undefined,
      '2018',
    ],
    [
      'the heading has another title',
      ['service,published,3.4 Out-of-court disposal policy and provision', 'Leeds,2021-12,Good'],
      undefined,
      '2021',
    ],
    [
      'fieldwork was in June 2021',
      ['service,published,fieldwork', 'Leeds,2021-12,2021-06'],
      undefined,
      '2018',
    ],
    [
      'fieldwork was in August 2021',
      ['service,published,fieldwork', 'Leeds,2021-12,2021-08'],
      undefined,
      '2021',
    ],
    ['published on 25 October 2021', ['service,published', 'Leeds,2021-10-25'], undefined, '2018'],
    ['published on 1 January 2022', ['service,published', 'Leeds,2022-01-01'], undefined, '2021'],
    ['published in March 2025', ['service,published', 'Leeds,2025-03'], undefined, '2021'],
    ['published in 2018', ['service,published', 'Leeds,2018'], undefined, '2018'],
  ])('%s', async (_, lines, options, edition) => {
    expect(await editionOf(lines, options)).toBe(edition);
  });

  test('is remarked on where the row does not say it, with what told it', async () => {
    const rows = await loaded([
      'service,published,edition,fieldwork,1.1,4.1',
      'Leeds,2019,,,Good,',
      'York,2022,,,,Good',
      'Derby,2021-12,,2021-09,Good,',
      'Bristol,2022,2021,,,',
    ]);
    expect(rows.map(({ remarks }) => remarks.map(({ message }) => message))).toEqual([
      ['the edition is taken to be 2018, by its publication of 2019'],
      ['the edition is taken to be 2021, by the standards it names (4.1)'],
      ['the edition is taken to be 2021, by its fieldwork of 2021-09'],
      [],
    ]);
  });

  test.each([
    ['2021-12-31', 'may be of edition 2018 or 2021: say the edition in a column, or with --edition'],
    ['2021', 'may be of edition 2018 or 2021'],
    ['2025', 'may be of edition 2021 or 2025'],
    ['2018-05', 'no edition is taken for a report published 2018-05'],
  ])('is asked for where a publication of %s leaves more than one, or none', async (published, why) => {
    expect(await refused(['service,published,1.1', `Leeds,${published},Good`])).toEqual([
      expect.stringContaining(why),
    ]);
  });

  test('that has a standard is named, and no other standard is offered in its place', async () => {
    const [problem, ...others] = await refused(['service,published,V1.1', 'Wakefield,2025-09-30,Good']);
    expect(others).toEqual([]);
    expect(problem).toMatch(
      /^table\.csv:1:3: the column "V1\.1" is of no standard: it is key question V1\.1 of standard V1 of edition 2025; where the column has that standard's rating/,
    );
  });

  test('by publication date is one of the edition files, where a day that there is not is refused', async () => {
    const dates = await database.db
      .selectFrom('core.edition')
      .select(['edition_code', 'reports_from'])
      .orderBy('edition_code')
      .execute();
    expect(dates).toEqual([
      { edition_code: '2018', reports_from: '2018-06-01' },
      { edition_code: '2021', reports_from: '2021-10-26' },
      { edition_code: '2025', reports_from: '2025-06-01' },
    ]);
    const [rules, questions] = await Promise.all(
      ['rules.yaml', 'questions.yaml'].map((file) => readFile(dbPath('editions', '2021', file), 'utf8')),
    );
    const folder = await files.folder({
      'rules.yaml': (rules as string).replace('reports_from: "2021-10-26"', 'reports_from: "2022-02-30"'),
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
      expect.stringMatching(
        /^table\.csv:2:3: unknown edition "2019": those that are loaded are 2018, 2021, 2025$/,
      ),
      expect.stringMatching(/^table\.csv:3:2: no edition is taken for a report published 2017-12/),
      expect.stringMatching(/^table\.csv:4:4: edition 2018 has no standard 4\.1: 2021 has it; 2018 has /),
    ]);
  });
});
