import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { relations } from '../../../src/database/catalogue.js';
import { analystsOnly } from '../../../src/database/views.js';
import { testDatabase, urlOf } from '../../support/database.js';
import { refusedStatements } from './refused-statements.js';

const database = testDatabase();
let reader: pg.Client;
beforeAll(async () => {
  reader = new pg.Client(urlOf(database, 'reader'));
  await reader.connect();
});
afterAll(() => reader.end());

/** What a query gives, by the protocol whose messages the driver is to send. */
const query = (text: string, queryMode: 'simple' | 'extended') =>
  reader.query({ text, ...(queryMode === 'extended' && { queryMode }) } as pg.QueryConfig);

/** Rows that a query gives through a cursor, a hundred at a time, as tools fetch what is large. */
async function fetched(text: string): Promise<number> {
  await reader.query('begin transaction read only');
  try {
    await reader.query(`declare rows no scroll cursor for ${text}`);
    for (let rows = 0; ; ) {
      const { rowCount } = await reader.query('fetch 100 from rows');
      if (!rowCount) return rows;
      rows += rowCount;
    }
  } finally {
    await reader.query('rollback');
  }
}

test('the reader reads every view by the simple protocol, by the extended one, and through a cursor', async () => {
  for (const { name } of await relations(database.db, ['analytics'])) {
    if (analystsOnly.includes(`analytics.${name}`)) continue;
    const text = `select * from analytics.${name}`;
    const { rowCount } = await query(text, 'simple');
    expect((await query(text, 'extended')).rowCount, name).toBe(rowCount);
    expect(await fetched(text), name).toBe(rowCount);
  }
  expect(await fetched('select * from analytics.standard_rating')).toBe(62);
});

test('filters, groups and sorts with parameters', async () => {
  const { rows } = await reader.query(
    `select rating, count(*)::integer as standards from analytics.standard_rating
    where area = $1 and fieldwork_start between $2 and $3 group by rating, rating_rank order by rating_rank`,
    ['Barnet', '2022-01-01', '2022-12-31'],
  );
  expect(rows).toEqual([
    { rating: 'Requires improvement', standards: 4 },
    { rating: 'Good', standards: 8 },
    { rating: 'Outstanding', standards: 1 },
  ]);
});

test.each(['simple', 'extended'] as const)('is refused everything else by the %s protocol', async (mode) => {
  const statements = await refusedStatements(database.db);
  expect(statements.length).toBeGreaterThan(150);
  for (const statement of statements) {
    const code = await query(statement, mode).then(
      () => 'done',
      (error) => error.code,
    );
    // 55000: a view that nobody could write through; 42809: what is no table
    expect(['42501', '55000', '42809'], statement).toContain(code);
  }
});
