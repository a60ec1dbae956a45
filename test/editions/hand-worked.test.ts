import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { load } from '../../src/import/load.js';
import { compareSqlAndTypescript, rowsOfViews } from '../../src/reconcile/sql-and-typescript.js';
import { valuesOf } from '../support/asked.js';
import { refused, testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';

// Editions that differ from the real ones wherever rules can differ are added as data alone, and inspections are rated under them,
// in SQL and in TypeScript.

const database = testDatabase();
const files = testFolder();
const here = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

interface Case {
  name: string;
  fieldwork: string;
  says?: object;
  /** Of key questions. */
  figures?: object;
  /** By what the row is of; null where there is none. */
  gives?: Record<string, object | null>;
  refused?: string[];
}
const { usual, ...editions } = parse(here('hand-worked.yaml')) as { usual: object } & Record<string, Case[]>;

beforeAll(async () => {
  for (const name of ['third-edition', 'two-programmes']) {
    const content = { 'rules.yaml': here(`${name}.yaml`), 'questions.yaml': here(`${name}-questions.yaml`) };
    await load(database.db, [await files.folder(content)]);
  }
});

const bundle = (edition: string, area: string, { fieldwork, says, figures }: Omit<Case, 'name'>) =>
  stringify({
    service: { name: `${area} Service`, area },
    report: { fieldwork_from: fieldwork },
    ...{ edition, synthetic: true },
    ...(edition === '2040' && { samples: { community: { cases: 20 } } }),
    key_questions: { ...(edition === '2040' && usual), ...figures },
    ...says,
  });

/** Loads an inspection and gives its rows in the views, which TypeScript has to equal. */
async function rated(path: string) {
  const [loaded] = await load(database.db, [path], { newService: true });
  const id = loaded?.inspectionId as number;
  expect((await compareSqlAndTypescript(database.db, [id])).differences).toEqual([]);
  const { rows: overalls } =
    await sql<object>`select * from analytics.overall_rating where inspection_id = ${id}`.execute(
      database.db,
    );
  const figures = `select status from analytics.reconciliation
    where inspection_id = ${id} and level in ('overall', 'score') order by level_rank`;
  const printed = (await valuesOf(database.db, figures)).flat();
  const rows = (await rowsOfViews(database.db, [id])).get(id);
  return {
    row: (key: string) =>
      key === 'overall' ? { ...overalls[0], printed, ...rows?.get(key) } : rows?.get(key),
    loaded,
  };
}

describe.each(Object.entries(editions))('the invented edition %s', (edition, cases) => {
  test.each(cases.map((one, at) => ({ ...one, at })))('$name', async ({ at, gives, ...one }) => {
    const file = await files.bundle(bundle(edition, `${edition}${'abcdefghijklmnopqrstuvwxyz'[at]}`, one));
    if (one.refused) {
      const { problems } = await refused(database.db, [file], { newService: true });
      expect(problems.map(({ message }) => message)).toEqual(expect.arrayContaining(one.refused));
      return;
    }
    const { row } = await rated(file);
    for (const [key, expected] of Object.entries(gives ?? {})) {
      if (expected === null) expect(row(key)).toBeUndefined();
      else expect(row(key)).toMatchObject(expected);
    }
  });
});

test('a question is not asked of a case with some value: no answer is missed, and one that is there is kept and told', async () => {
  const judged = {
    'C1.2': { rating: 'Fair' },
    'C2.2': { rating: 'Weak' },
    'C3.2': { rating: 'Great' },
    'C3.3': { rating: 'Good' },
  };
  const says = { samples: { community: { cases: 3 } }, judgements: { O1: 'Good' }, key_questions: judged };
  const folder = await files.folder({
    'inspection.yaml': bundle('2040', 'Ivy', { fieldwork: '2040-05-07', says }),
    'cases.csv':
      'case,sample,order,stage\nK1,community,long,early\nK2,community,short,late\nK3,community,short,early\n',
    'answers.csv':
      'case,C1.1,C1.1.a,C1.3,C2.1,C3.1\nK1,yes,yes,,yes,yes\nK2,yes,no,no,yes,yes\nK3,yes,yes,yes,no,yes\n',
  });
  const { row, loaded } = await rated(folder);
  expect(loaded?.notices.map(({ message }) => message)).toEqual([
    'question C1.3 is not asked where stage is early, but 1 such case has an answer: kept as it is',
  ]);
  // K1 is not asked, K2 says no, K3 says yes
  expect(row('key question C1.3')).toMatchObject({ yes: 1, no: 1, not_applicable: 1, percent: 50 });
  expect(row('standard C1')).toMatchObject({ computed_rating: 'Fair', evidence: 'case answers' });
});

test('a kind of case is no mistake where the edition names none: it is not kept, which is told', async () => {
  const folder = await files.folder({
    'inspection.yaml': bundle('2030', 'Yew', { fieldwork: '2030-05-06' }),
    'cases.csv': 'case,sample,disposal\nK1,out of court,caution\n',
    'answers.csv': 'case,B1.1,B1.1.a,B1.2,B2.1\nK1,yes,yes,no,yes\n',
  });
  const { row, loaded } = await rated(folder);
  expect(loaded?.notices.map(({ message }) => message)).toEqual([
    'edition 2030 names no kinds of case: column "disposal" is not kept',
  ]);
  expect(row('standard B1')).toMatchObject({ computed_rating: 'Poor', evidence: 'case answers' });
});
