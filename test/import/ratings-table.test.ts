import { readFile } from 'node:fs/promises';
import type { Transaction } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { DB } from '../../src/database/schema.js';
import { readEdition } from '../../src/import/edition/edition-file.js';
import {
  loadRatingsTable,
  type RatingsRow,
  type RatingsTableOptions,
} from '../../src/import/ratings-table/index.js';
import { dbPath } from '../../src/paths.js';
import { formatProblem, type Problem, UserError } from '../../src/problem.js';
import { contents, expectPlainWords, testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';
import { untilSomebodyWaits } from '../support/waiting.js';

const database = testDatabase();
const files = testFolder();

const table = async (...lines: string[]) =>
  `${await files.folder({ 'table.csv': `${lines.join('\n')}\n` })}/table.csv`;
const columnMap = async (text: string) => `${await files.folder({ 'map.yaml': text })}/map.yaml`;

/** Loads tables one after the other, looks at what is there, and takes it back. */
const loading = <T>(work: (trx: Transaction<DB>) => Promise<T>) => rolledBack(database.db, work);
const loaded = async (lines: string[], options?: RatingsTableOptions): Promise<RatingsRow[]> =>
  loading(async (trx) => loadRatingsTable(trx, await table(...lines), options));

/** Loads what has to be refused; returns the problems as they are shown, without the folder. */
async function refused(lines: string[], options?: RatingsTableOptions): Promise<string[]> {
  const before = await contents(database.db);
  const error = await loadRatingsTable(database.db, await table(...lines), options).then(
    () => new Error('it was loaded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw error;
  expectPlainWords(error);
  expect(await contents(database.db)).toEqual(before);
  return error.problems.map((problem) =>
    formatProblem(problem).replace(/^\S*\/(?=table\.csv|map\.yaml)/, ''),
  );
}

const messages = (rows: RatingsRow[]) => rows.map(({ remarks }) => remarks.map(({ message }) => message));
const outcomes = (rows: RatingsRow[]) => rows.map(({ outcome }) => outcome);

/** An inspection as it was written. */
async function written(trx: Transaction<DB>, { inspectionId }: RatingsRow) {
  const own = (name: 'core.inspection' | 'core.published_overall') =>
    trx
      .selectFrom(name)
      .selectAll()
      .where('inspection_id', '=', inspectionId as number)
      .executeTakeFirst();
  const ratings = await trx
    .selectFrom('core.published_standard_rating')
    .select(['standard_code', 'rating'])
    .where('inspection_id', '=', inspectionId as number)
    .execute();
  return {
    inspection: await own('core.inspection'),
    overall: await own('core.published_overall'),
    ratings: Object.fromEntries(ratings.map(({ standard_code, rating }) => [standard_code, rating])),
  };
}

/** The record of the newest load of a row's inspection. */
async function recordOf(trx: Transaction<DB>, { inspectionId }: RatingsRow) {
  const load = await trx
    .selectFrom('core.load')
    .selectAll()
    .where('inspection_id', '=', inspectionId as number)
    .orderBy('load_id', 'desc')
    .executeTakeFirstOrThrow();
  const of = (name: 'core.load_file' | 'core.load_remark' | 'core.replaced_rating') =>
    trx.selectFrom(name).selectAll().where('load_id', '=', load.load_id).execute();
  return {
    load,
    files: await of('core.load_file'),
    remarks: await of('core.load_remark'),
    replaced: await of('core.replaced_rating'),
  };
}

describe('a row', () => {
  test('becomes an inspection that is known by its ratings only', async () => {
    await loading(async (trx) => {
      const file = await table(
        'Service,Published,Overall rating,Score,1.1,2.1',
        'Leeds YJS,March 2021,G,21/36,Good,',
      );
      const [row] = (await loadRatingsTable(trx, file)) as [RatingsRow];
      expect(row).toMatchObject({ name: 'table.csv:2 Leeds YJS 2021-03', outcome: 'loaded', remarks: [] });
      const { inspection, overall, ratings } = await written(trx, row);
      expect(inspection).toMatchObject({
        inspection_code: 'leeds-published-2021-03',
        edition_code: '2018',
        service_at_inspection: 'Leeds YJS',
        fieldwork_start: null,
        fieldwork_precision: 'not known',
        published: '2021-03-01',
        published_year: 2021,
        published_precision: 'month',
        report_no: 1,
        is_synthetic: false,
      });
      expect(overall).toMatchObject({ rating: 'Good', score: 21, score_percent: null, out_of: 36 });
      expect(ratings).toEqual({ '1.1': 'Good' });
      const judged = await trx
        .selectFrom('core.qualitative_rating')
        .select(['standard_code', 'rating'])
        .where('inspection_id', '=', row.inspectionId as number)
        .execute();
      expect(judged).toEqual([{ standard_code: '1.1', rating: 'Good' }]);
      const { load, files: read } = await recordOf(trx, row);
      const service = inspection && 'service_id' in inspection ? inspection.service_id : 0;
      expect(load).toMatchObject({
        kind: 'inspection',
        subject: `service ${service}, published 2021-03, report 1`,
      });
      expect(read).toMatchObject([{ file: 'table.csv', rows: 1, encoding: 'UTF-8' }]);
    });
  });

  test('may give the fieldwork date, and then it is known', async () => {
    await loading(async (trx) => {
      const file = await table('service,published,overall,fieldwork_start', 'Leeds,2021-03,Good,12/01/2021');
      const [row] = (await loadRatingsTable(trx, file)) as [RatingsRow];
      expect((await written(trx, row)).inspection).toMatchObject({
        fieldwork_start: '2021-01-12',
        fieldwork_precision: 'day',
      });
      expect(outcomes(await loadRatingsTable(trx, file))).toEqual(['unchanged']);
    });
  });

  test('leaves unknown what is blank, a dash, n/a or not rated', async () => {
    await loading(async (trx) => {
      const file = await table(
        'service,published,overall,score,1.1,1.2,1.3,2.1',
        'Leeds,2021-03-12,-,n/a,,-,N/A,Not rated',
      );
      const [row] = (await loadRatingsTable(trx, file)) as [RatingsRow];
      const { overall, ratings } = await written(trx, row);
      expect({ overall, ratings, remarks: row.remarks }).toEqual({
        overall: undefined,
        ratings: {},
        remarks: [],
      });
    });
  });

  test('that only sums up others is left out, with a notice', async () => {
    const notices: Problem[] = [];
    const rows = await loaded(['service,published,score,edition', 'Leeds,2021-03,21,2018', 'Total,,21,'], {
      notice: (notice) => notices.push(notice),
    });
    expect(rows).toHaveLength(1);
    expect(notices).toEqual([
      expect.objectContaining({ line: 3, message: 'this row sums up others, and was left out' }),
    ]);
  });
});

describe('columns', () => {
  test('are recognised by heading in any case, blanks and underscores alike', async () => {
    await loading(async (trx) => {
      const file = await table(
        'Name_of Service,PUBLICATION DATE,Rating,Total_Score,Score %,Out of,Standard 1.1,1.2 Staff,standard_4.1 Resettlement',
        'Leeds,2022-03,Good,21,58,36,G,RI,O',
      );
      const [row] = (await loadRatingsTable(trx, file)) as [RatingsRow];
      const { overall, ratings } = await written(trx, row);
      expect(overall).toMatchObject({ rating: 'Good', score: 21, score_percent: 58, out_of: 36 });
      expect(ratings).toEqual({ '1.1': 'Good', '1.2': 'Requires improvement', '4.1': 'Outstanding' });
    });
  });

  test('that are not known are refused with the nearest, all of them', async () => {
    expect(await refused(['service,published,overal,mood', 'Leeds,2021,Good,fine'])).toEqual([
      expect.stringMatching(
        /^table\.csv:1:3: unknown column "overal" \(did you mean "overall"\?\): known are service, /,
      ),
      expect.stringMatching(/^table\.csv:1:4: unknown column "mood": .*column map/),
    ]);
  });

  test('2.1.1 and 2.10 are not standard 2.1, nor is 21', async () => {
    const problems = await refused(['service,published,2.1.1,2.10,21', 'Leeds,2021,,,']);
    expect(problems.map((problem) => problem.slice(0, 14))).toEqual([
      'table.csv:1:3:',
      'table.csv:1:4:',
      'table.csv:1:5:',
    ]);
  });

  test('have to be there for service and publication, and each only once', async () => {
    expect(await refused(['overall,rating', 'Good,Good'])).toEqual([
      expect.stringContaining('no column says the service'),
      expect.stringContaining('no column says the publication date'),
      expect.stringMatching(/:1:2: heading "rating" and heading "overall" both are overall/),
    ]);
  });

  test('and words are what a column map says', async () => {
    const columns =
      await columnMap(`columns: {service: Who, published: When, score: Sum, standards: {"1.1": Gov}}
ratings: {Fab: Outstanding, Meh: Requires improvement}
date_format: month first
score_is: percent
edition: 2021
ignore: [Mood]
`);
    await loading(async (trx) => {
      const file = await table('Who,When,Overall,Sum,Gov,Mood', 'Leeds,03/12/2021,meh,50,Fab,fine');
      const [row] = (await loadRatingsTable(trx, file, { columns })) as [RatingsRow];
      const { inspection, overall, ratings } = await written(trx, row);
      expect(inspection).toMatchObject({
        edition_code: '2021',
        published: '2021-03-12',
        published_precision: 'day',
      });
      expect(overall).toMatchObject({ rating: 'Requires improvement', score: 18, score_percent: 50 });
      expect(ratings).toEqual({ '1.1': 'Outstanding' });
    });
  });

  test('of a column map have to be in the table, and its standards in an edition', async () => {
    const columns = await columnMap('columns:\n  service: Servise\n  standards: {"5.1": overall}\n');
    expect(await refused(['service,published,overall', 'Leeds,2021,Good'], { columns })).toEqual([
      expect.stringMatching(
        /^map\.yaml:2:3: the table has no heading "Servise" \(did you mean "service"\?\)/,
      ),
      expect.stringContaining('map.yaml:3:15: no edition has a standard "5.1"'),
    ]);
  });

  test('of a column map with an unknown key are refused', async () => {
    const columns = await columnMap('colums: {}\n');
    const before = loadRatingsTable(database.db, await table('service,published', 'Leeds,2021'), { columns });
    await expect(before).rejects.toThrow(/column map is not as it has to be/);
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

describe('nothing is loaded, and every problem told,', () => {
  test('when cells cannot be read', async () => {
    expect(
      await refused([
        'service,published,overall,score,out_of,score_percent,fieldwork_start',
        'Leeds,2021-03,Good,21,,,',
        'Leeds,31/02/2021,Goood,lots,0,much,2021',
        ',2021-03,,,,,',
        'Leeds,,,,,,',
        'Yrok,03/25/2021,Fine,21/0,,,soon',
      ]),
    ).toEqual([
      expect.stringContaining(
        'table.csv:3:2: "31/02/2021" is no day that there is. Dates may be 2021-03-12, ',
      ),
      expect.stringContaining('table.csv:3:3: "Goood" is no rating'),
      expect.stringContaining('table.csv:3:4: "lots" is no score'),
      expect.stringContaining('table.csv:3:5: "0" is no maximum'),
      expect.stringContaining('table.csv:3:6: "much" is no percentage'),
      expect.stringContaining('table.csv:3:7: "2021" is a year: of fieldwork at least the month'),
      expect.stringContaining('table.csv:4:1: the service is missing'),
      expect.stringContaining('table.csv:5:2: the publication date is missing'),
      expect.stringContaining('table.csv:6:1: unknown service "Yrok" (did you mean "York"?)'),
      expect.stringContaining(
        'table.csv:6:2: "03/25/2021" is no day that there is, unless it is month first',
      ),
      expect.stringContaining('table.csv:6:3: "Fine" is no rating'),
      expect.stringContaining('table.csv:6:4: "21/0": a score is out of more than 0'),
      expect.stringContaining('table.csv:6:7: "soon" is no date'),
    ]);
  });

  test('when a rating is none, with the nearest', async () => {
    expect(
      await refused(['service,published,overall,1.1', 'Leeds,2021,Goood,Outstandin', 'York,2021,Good,Good']),
    ).toEqual([
      expect.stringContaining('table.csv:2:3: "Goood" is no rating (did you mean "Good"?)'),
      expect.stringContaining('table.csv:2:4: "Outstandin" is no rating (did you mean "Outstanding"?)'),
    ]);
  });

  test('when a service is unknown, beside what else is wrong', async () => {
    expect(
      await refused(['service,published,overall', 'Barnett,2021,Good', 'Narnia,2021,Good', 'York,2021,Fine']),
    ).toEqual([
      expect.stringMatching(/^table\.csv:2:1: unknown service "Barnett" \(did you mean "Barnet"\?\)/),
      expect.stringMatching(/^table\.csv:3:1: unknown service "Narnia": it is in no register/),
      expect.stringContaining('table.csv:4:3: "Fine" is no rating'),
    ]);
  });

  test('when the edition of the call is unknown: the call is wrong', async () => {
    const file = await table('service,published', 'Leeds,2021');
    await expect(loadRatingsTable(database.db, file, { edition: '2020' })).rejects.toMatchObject({
      exit: 2,
      message: expect.stringContaining('--edition: unknown edition "2020"'),
    });
  });
});

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

describe('what cannot be is kept as published, with a remark:', () => {
  const standards = '1.1,1.2,1.3,1.4,2.1,2.2,2.3,2.4,3.1,3.2,3.3,3.4';

  // Of 36: below 7 Inadequate, 7 to 18 Requires improvement, 19 to 30 Good, 31 and over Outstanding.
  test.each([
    ['half a point', 'Good,12.5,,', ['the score 12.5 is no whole number of points'], null, null],
    [
      'no point that gives 57%',
      'Good,57%,,',
      ['the score 57% is no whole number of 36 points (20 is 55.6%, 21 is 58.3%)'],
      null,
      57,
    ],
    ['more than the maximum', 'Good,40,,', ['the score 40 is above the maximum of 36'], null, null],
    ['more than 100%', 'Good,101%,,', ['the score 101% is above 100%'], null, null],
    ['points and percent that differ', 'Good,21,50,', ['the score 21 of 36 is 58.3%, and not 50%'], 21, 50],
    [
      'points that are of another rating',
      'Good,18,,',
      ['the score 18 of 36 is Requires improvement, and not Good'],
      18,
      null,
    ],
    [
      'percent that are of another rating',
      'Good,50%,,',
      ['the score 18 of 36 is Requires improvement, and not Good'],
      18,
      50,
    ],
    [
      'another maximum',
      'Good,21,,30',
      ['the score is out of 30, where the maximum of the 2018 edition is 36'],
      21,
      null,
    ],
  ])('%s', async (_, cells, remarks, score, percent) => {
    await loading(async (trx) => {
      const file = await table(
        'service,published,overall,score,score_percent,out_of',
        `Leeds,2019-03,${cells}`,
      );
      const [row] = (await loadRatingsTable(trx, file)) as [RatingsRow];
      expect(row.remarks.map(({ message }) => message)).toEqual(remarks);
      expect(row.remarks[0]?.line).toBe(2);
      expect((await written(trx, row)).overall).toMatchObject({
        rating: 'Good',
        score,
        score_percent: percent,
      });
      const kept = (await recordOf(trx, row)).remarks;
      expect(kept).toEqual(
        remarks.map((message, at) =>
          expect.objectContaining({ remark_no: at + 1, file: 'table.csv', line: 2, message }),
        ),
      );
    });
  });

  test.each([
    ['Inadequate', '6'],
    ['Requires improvement', '7'],
    ['Requires improvement', '18'],
    ['Good', '19'],
    ['Good', '30'],
    ['Outstanding', '31'],
    ['Outstanding', '36'],
    ['Good', '58%'],
    ['Good', '21.0'],
  ])('not %s with %s', async (overall, score) => {
    expect(
      messages(await loaded(['service,published,overall,score', `Leeds,2019-03,${overall},${score}`])),
    ).toEqual([[]]);
  });

  test('a sum of the standards that is not the score', async () => {
    // 12 Good are 24
    const rows = await loaded([
      `service,published,overall,score,${standards}`,
      `Leeds,2019-03,Good,24,${'G,'.repeat(11)}G`,
      `York,2019-03,Good,23,${'G,'.repeat(11)}G`,
      `Bristol,2019-03,Outstanding,,${'G,'.repeat(11)}G`,
      `Stockport,2019-03,Outstanding,,${'G,'.repeat(11)}`,
    ]);
    expect(messages(rows)).toEqual([
      [],
      ['the ratings of the standards add up to 24 of 36, and not to 23'],
      ['the ratings of the standards give Good (24 of 36), and not Outstanding'],
      [],
    ]);
  });

  test('the limiting judgement is seen where 4.1 is known, and thought of where it is not', async () => {
    const rows = await loaded([
      'service,published,overall,score,4.1',
      'Leeds,2023-03,Good,33,Inadequate',
      'York,2023-03,Outstanding,33,Inadequate',
      'Bristol,2023-03,Good,33,Good',
      'Stockport,2023-03,Good,33,',
    ]);
    expect(messages(rows)).toEqual([
      [],
      ['the score 33 of 36 is Good, and not Outstanding'],
      ['the score 33 of 36 is Outstanding, and not Good'],
      ['the score 33 of 36 is Outstanding, and not Good (unless it was limited: 4.1 not known)'],
    ]);
  });

  test('two rows of one service and date that differ are both kept; a row that says the same is passed over', async () => {
    await loading(async (trx) => {
      const file = await table(
        'service,published,overall',
        'Leeds,2019-03,Good',
        'Leeds,2019-03,Inadequate',
        'Leeds YJS,2019-03,good',
      );
      const rows = await loadRatingsTable(trx, file);
      const question =
        'of the same service and publication date, and says otherwise: two services under one name?';
      expect(messages(rows)).toEqual([
        [`line 3 is ${question}`],
        [`line 2 is ${question}`],
        ['line 2 says the same: this row was passed over'],
      ]);
      const [first, second, third] = rows as [RatingsRow, RatingsRow, RatingsRow];
      expect(outcomes(rows)).toEqual(['loaded', 'loaded', 'unchanged']);
      expect(third.inspectionId).toBe(first.inspectionId);
      expect((await written(trx, first)).inspection).toMatchObject({
        report_no: 1,
        inspection_code: 'leeds-published-2019-03',
      });
      expect((await written(trx, second)).inspection).toMatchObject({
        report_no: 2,
        inspection_code: 'leeds-published-2019-03-2',
      });
      expect(outcomes(await loadRatingsTable(trx, file))).toEqual(['unchanged', 'unchanged', 'unchanged']);
    });
  });

  test('two rows of one service and fieldwork: the second is kept without its fieldwork', async () => {
    await loading(async (trx) => {
      const file = await table(
        'service,published,overall,fieldwork_start',
        'Leeds,2019-03,Good,2019-01',
        'Leeds,2019-04,Inadequate,2019-01',
        'Leeds,2019-04,Inadequate,2019-01',
      );
      const rows = await loadRatingsTable(trx, file);
      expect(messages(rows)).toEqual([
        [],
        ['line 2 has the same service and fieldwork: this row is kept without its fieldwork date'],
        ['line 3 says the same: this row was passed over'],
      ]);
    });
  });
});

describe('an inspection whose own report is loaded', () => {
  // The published ratings of the five reports, read from them by hand.
  const five = [
    'service,published,overall,score,1.1,1.2,1.3,1.4,2.1,2.2,2.3,2.4,3.1,3.2,3.3,3.4,4.1',
    'Barnet,May 2022,Good,21/36,G,G,O,RI,RI,G,G,RI,RI,G,G,G,G',
    'Essex,2018,Outstanding,,O,O,G,O,O,O,O,O,O,O,G,G,',
    'Hammersmith & Fulham,Oct-22,Outstanding,31,G,G,O,G,O,O,O,O,G,O,O,G,O',
    'Kensington & Chelsea,11/03/2021,Good,29/36,O,O,O,O,RI,G,O,O,RI,RI,O,O,',
    'Wigan,2021-08,Good,19,RI,G,RI,G,G,RI,RI,RI,RI,RI,O,O,',
  ];

  test('is left as it is', async () => {
    await loading(async (trx) => {
      const before = await contents(trx as never);
      const rows = await loadRatingsTable(trx, await table(...five));
      expect(outcomes(rows)).toEqual(Array(5).fill('known better'));
      expect(messages(rows)).toEqual(Array(5).fill([]));
      expect(await contents(trx as never)).toEqual(before);
    });
  });

  test('is remarked on where the table says otherwise', async () => {
    const rows = await loaded(['service,published,overall,score,2.1', 'Wigan,2021,Outstanding,32,Good']);
    expect(outcomes(rows)).toEqual(['known better']);
    expect(messages(rows)).toEqual([
      [
        'differs from what is published in the report that is loaded: overall Outstanding (there Good), score 32 (there 19)',
      ],
    ]);
  });

  test('is not meant by another month, or by an invented inspection', async () => {
    expect(outcomes(await loaded(['service,published,overall', 'Wigan,2021-09,Good']))).toEqual(['loaded']);
    expect(
      outcomes(await loaded(['service,published,overall', 'Wigan,2021-08,Good'], { synthetic: true })),
    ).toEqual(['loaded']);
  });
});

describe('loading again', () => {
  const lines = [
    'service,published,overall,score,1.1,2.1',
    'Leeds,2019-03,Good,24,G,RI',
    'York,2019-03,Good,22,O,O',
  ];

  test('the same table changes nothing', async () => {
    await loading(async (trx) => {
      const file = await table(...lines);
      const first = await loadRatingsTable(trx, file);
      const before = await contents(trx as never);
      const again = await loadRatingsTable(trx, file);
      expect(again).toEqual(first.map((row) => ({ ...row, outcome: 'unchanged' })));
      expect(await contents(trx as never)).toEqual(before);
    });
  });

  test('a changed row replaces that inspection, keeps its key, and what it was is recorded', async () => {
    await loading(async (trx) => {
      const first = await loadRatingsTable(trx, await table(...lines));
      const changed = lines.map((line) => line.replace('Good,24,G,RI', 'Outstanding,33,O,'));
      const again = await loadRatingsTable(trx, await table(...changed));
      expect(outcomes(again)).toEqual(['replaced', 'unchanged']);
      expect(again.map(({ inspectionId }) => inspectionId)).toEqual(
        first.map(({ inspectionId }) => inspectionId),
      );
      const [row] = again as [RatingsRow];
      expect(await written(trx, row)).toMatchObject({
        overall: { rating: 'Outstanding', score: 33 },
        ratings: { '1.1': 'Outstanding' },
      });
      const { replaced } = await recordOf(trx, row);
      expect(replaced.map((one) => ({ ...one, load_id: 0 }))).toEqual(
        expect.arrayContaining([
          { load_id: 0, code: 'overall', rating: 'Good', score: 24 },
          { load_id: 0, code: '1.1', rating: 'Good', score: null },
          { load_id: 0, code: '2.1', rating: 'Requires improvement', score: null },
        ]),
      );
      expect(replaced).toHaveLength(3);
    });
  });

  test('an invented inspection does not take the place of a real one', async () => {
    await loading(async (trx) => {
      const file = await table(...lines);
      await loadRatingsTable(trx, file);
      await expect(loadRatingsTable(trx, file, { synthetic: true })).rejects.toMatchObject({
        problems: [
          expect.objectContaining({
            line: 2,
            message: expect.stringContaining('a real inspection of this service and date is loaded'),
          }),
          expect.objectContaining({ line: 3 }),
        ],
      });
    });
  });

  test('a dry run says what would be, and does nothing', async () => {
    const before = await contents(database.db);
    const rows = await loadRatingsTable(database.db, await table(...lines), { dryRun: true });
    expect(outcomes(rows)).toEqual(['loaded', 'loaded']);
    expect(await contents(database.db)).toEqual(before);
  });
});

test('a table may come as a stream', async () => {
  async function* chunks() {
    yield Buffer.from('service,published\nLe');
    yield Buffer.from('eds,2019\n');
  }
  const [row] = await loading((trx) => loadRatingsTable(trx, { name: 'standard input', chunks: chunks() }));
  expect(row).toMatchObject({ name: 'standard input:2 Leeds 2019', outcome: 'loaded' });
});

test('two loaders of one table at once do not get into each other', async () => {
  const file = await table('service,published,overall', 'Torbay,2019,Good', 'Rutland,2020,Good');
  try {
    const both = await Promise.all([
      loadRatingsTable(database.db, file),
      loadRatingsTable(database.db, file),
    ]);
    expect(both.map((rows) => outcomes(rows).join()).sort()).toEqual([
      'loaded,loaded',
      'unchanged,unchanged',
    ]);
  } finally {
    await database.db.deleteFrom('core.inspection').where('fieldwork_start', 'is', null).execute();
  }
});

test('a loader waits for another that loads the same inspection', async () => {
  const file = await table('service,published,overall', 'Barnet,2019-05,Good');
  let second: Promise<RatingsRow[]> | undefined;
  await loading(async (trx) => {
    await loadRatingsTable(trx, file);
    second = loadRatingsTable(database.db, file);
    await untilSomebodyWaits(database.db);
  });
  expect(outcomes((await second) ?? [])).toEqual(['loaded']);
  await database.db.deleteFrom('core.inspection').where('fieldwork_start', 'is', null).execute();
});
