import { readFileSync } from 'node:fs';
import { sql, type Transaction } from 'kysely';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { DB } from '../../../src/database/schema.js';
import { bundledRegister } from '../../../src/import/register/files.js';
import { formatProblem, type Problem, UserError } from '../../../src/problem.js';
import {
  loadRatingsTable,
  type RatingsRow,
  type RatingsTableOptions,
} from '../../../src/ratings-table/index.js';
import { contents, expectPlainWords, testFolder } from '../../support/bundles.js';
import { rolledBack, testDatabase } from '../../support/database.js';
import { waitsForLock } from '../../support/waiting.js';

const database = testDatabase();
const files = testFolder();

interface Step {
  table: string[];
  options?: RatingsTableOptions;
  map?: object;
  gives?: object[];
  notices?: string[];
  refused?: string[];
}
interface Case extends Step {
  name: string;
  then?: Step[];
  /** What there is of Leeds afterwards. */
  inspections?: string[];
}
interface Group {
  heading?: string;
  options?: RatingsTableOptions;
  cases: Case[];
}

const write = async (lines: string[]) =>
  `${await files.folder({ 'table.csv': `${lines.join('\n')}\n` })}/table.csv`;

/** Loads a step's table; returns its rows with what is stored of each, or the problems as they are shown, without the folder. */
async function loading(trx: Transaction<DB>, { heading, options }: Group, step: Step) {
  const folder = await files.folder({
    'table.csv': `${[...(heading ? [heading] : []), ...step.table].join('\n')}\n`,
    'map.yaml': stringify(step.map ?? {}),
  });
  const notices: string[] = [];
  const short = (problem: Problem) => formatProblem(problem).replace(/^\S*\/(?:table\.csv|map\.yaml):/, '');
  const before = step.refused && (await contents(trx));
  try {
    const rows = await loadRatingsTable(trx, `${folder}/table.csv`, {
      ...(step.map && { columns: `${folder}/map.yaml` }),
      ...(step.options ?? options),
      notice: (notice) => notices.push(short(notice)),
    });
    return { rows: await Promise.all(rows.map((row) => stored(trx, row))), notices, refused: undefined };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expectPlainWords(error);
    if (before) expect(await contents(trx)).toEqual(before);
    return { rows: [], notices, refused: error.problems.map(short) };
  }
}

/** A row with what is stored of it. */
async function stored(trx: Transaction<DB>, { remarks, ...row }: RatingsRow) {
  const messages = remarks.map(({ message }) => message);
  const isOfEdition = (message: string) => message.startsWith('the edition is taken');
  const { rows } = await sql<object>`
    select
      inspection.*, inspection.edition_code as edition, service_code as service, service.is_synthetic as service_is_synthetic,
      rating, not_rated, score, score_percent, out_of, inspection.is_synthetic,
      (select json_object_agg(standard_code, rating) from core.published_standard_rating as one where one.inspection_id = ${row.inspectionId}) as standards,
      (select json_object_agg(standard_code, rating) from core.qualitative_rating as one where one.inspection_id = ${row.inspectionId}) as judged,
      array(select concat_ws(' ', code, rating, score) from core.replaced_rating where load_id = newest order by 1) as replaced,
      array(select file || ':' || line || ' ' || message from core.load_remark where load_id = newest order by remark_no) as recorded
    from core.inspection
    join core.service using (service_id)
    left join core.published_overall using (inspection_id)
    cross join lateral (select max(load_id) as newest from core.load where load.inspection_id = inspection.inspection_id) as loads
    where inspection_id = ${row.inspectionId}`.execute(trx);
  return {
    ...rows[0],
    ...row,
    told: messages.find(isOfEdition) ?? null,
    remarks: messages.filter((message) => !isOfEdition(message)),
  };
}

const groups: [name: string, group: Group][] = Object.entries(
  parse(readFileSync(new URL('cases.yaml', import.meta.url), 'utf8')),
);

describe.each(groups)('%s', (_, group) => {
  test.each(group.cases)('$name', async ({ then = [], inspections, ...first }) => {
    await rolledBack(database.db, async (trx) => {
      const steps = [first, ...then].map((step) => ({ options: first.options, ...step }) as Step);
      for (const step of steps) {
        const { rows, notices, refused } = await loading(trx, group, step);
        expect(refused).toEqual(step.refused?.map((says) => expect.stringContaining(says)));
        if (step.gives) expect(rows).toMatchObject(step.gives);
        if (step.notices) expect(notices).toEqual(step.notices.map((says) => expect.stringContaining(says)));
        if (!step.gives) continue;
        const before = await contents(trx);
        const again = await loading(trx, group, step);
        expect(await contents(trx)).toEqual(before);
        const kept = ['unchanged', 'known better'];
        expect(again.rows.filter(({ outcome }) => !kept.includes(outcome))).toEqual([]);
        expect(again.rows.map(({ inspectionId }) => inspectionId)).toEqual(
          rows.map(({ inspectionId }) => inspectionId),
        );
      }
      if (!inspections) return;
      const found = await trx
        .selectFrom('core.inspection')
        .select('inspection_code')
        .where('inspection_code', 'like', 'leeds%')
        .orderBy('inspection_code')
        .execute();
      expect(found.map(({ inspection_code }) => inspection_code)).toEqual(inspections);
    });
  });
});

test('only trying changes nothing at all', async () => {
  await rolledBack(database.db, async (trx) => {
    const file = await write(['service,published,overall,score,1.1', 'Leeds,2019-03,Good,24,G']);
    const empty = await contents(trx);
    expect(await loadRatingsTable(trx, file, { dryRun: true })).toMatchObject([{ outcome: 'loaded' }]);
    expect(await contents(trx)).toEqual(empty);
  });
});

test('a column map with an unknown key is refused, and so is an edition of the call that is not known: the call is wrong', async () => {
  const columns = `${await files.folder({ 'map.yaml': 'colums: {}\n' })}/map.yaml`;
  const file = await write(['service,published', 'Leeds,2021']);
  await expect(loadRatingsTable(database.db, file, { columns })).rejects.toThrow(
    /column map is not as it has to be/,
  );
  await expect(loadRatingsTable(database.db, file, { edition: '2020' })).rejects.toMatchObject({
    exit: 2,
    message: expect.stringContaining('--edition: unknown edition "2020"'),
  });
});

test('of two loaders of one inspection, dated otherwise, the second waits for the first', async () => {
  const file = await write(['service,published,overall', 'Barnet,2019-05,Good']);
  const lessExact = await write(['service,published,overall', 'Barnet,2019,Good']);
  let second: Promise<RatingsRow[]> | undefined;
  await rolledBack(database.db, async (trx) => {
    await loadRatingsTable(trx, file);
    second = loadRatingsTable(database.db, lessExact);
    await waitsForLock(database.db, second);
  });
  expect(await second).toMatchObject([{ outcome: 'loaded' }]);
  await database.db.deleteFrom('core.inspection').where('fieldwork_start', 'is', null).execute();
});

// The columns of the file of these ratings that is known: service, a day with a year of two digits, a score in percent, ratings, a link.
test('a table of 83 rows with the five columns of the known open file loads with one map', async () => {
  const map = {
    columns: {
      service: 'Youth justice service',
      published: 'Date published',
      score_percent: 'Score',
      overall: 'Overall rating',
      report_url: 'Report',
    },
  };
  const areas = bundledRegister()
    .services.filter(({ authorities }) =>
      authorities.every(({ from, until }) => until == null && (from ?? '') < '2020'),
    )
    .slice(0, 83);
  const two = (value: number) => String(value).padStart(2, '0');
  const table = areas.map(({ area }, at) => {
    const points = 7 + (at % 30);
    const rating = points > 30 ? 'Outstanding' : points > 18 ? 'Good' : 'Requires improvement';
    const name = at % 9 === 0 ? `${area} - JI` : at % 9 === 1 ? `${area} YJS` : area;
    const date = `${two(1 + (at % 28))}/${two(1 + (at % 12))}/${two(22 + (at % 3))}`;
    return `"${name}",${date},${((100 * points) / 36).toFixed(2)}%,${rating},https://reports.example/${at}`;
  });
  await rolledBack(database.db, async (trx) => {
    const heading = 'Youth justice service,Date published,Score,Overall rating,Report';
    const { rows } = await loading(trx, { heading, cases: [] }, { table, map });
    expect(rows).toMatchObject(Array(83).fill({ outcome: 'loaded', remarks: [] }));
    expect(rows[0]).toMatchObject({
      ...{ published: '2022-01-01', report_url: 'https://reports.example/0', edition: '2021' },
      ...{ rating: 'Requires improvement', score: 7, score_percent: 19.44 },
    });
  });
});
