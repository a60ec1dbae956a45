import { Kysely, PostgresDialect } from 'kysely';
import { PostgresJSDialect } from 'kysely-postgres-js';
import pg from 'pg';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import type { DB } from '../../../src/database/schema.js';
import * as library from '../../../src/index.js';
import { testDatabase, urlOf } from '../../support/database.js';
import { askingFunctions, runExample } from '../../support/examples.js';
import { loadProgramme } from '../../support/programme.js';

// Whoever asks with the library's functions is answered as its owner is: with the reader's URL, or with a Kysely of their own, whose
// driver makes of dates and numbers what it likes: bigint text, dates moments of the local zone.

const database = testDatabase();
const examples = askingFunctions().map(({ name, example = '' }) => ({ name, example }));
const askers = new Map<string, Kysely<DB>>();

beforeAll(async () => {
  await loadProgramme(database, { inspections: 6, seed: 5 });
  const pool = new pg.Pool({ connectionString: database.url, max: 2 });
  askers.set('pg', new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }));
  const client = postgres(database.url, { max: 2 });
  askers.set('postgres', new Kysely<DB>({ dialect: new PostgresJSDialect({ postgres: client }) }));
  askers.set('the reader', connect(urlOf(database, 'reader'), { max: 1 }));
});
afterAll(() => Promise.all([...askers.values()].map((one) => one.destroy())));

/** These rate anew, from the evidence and the rules, which readers do not see. */
const ownersOnly = ['editions', 'evidence', 'whatIf', 'compareSqlAndTypescript'];

describe.each(['pg', 'postgres', 'the reader'])('%s', (asker) => {
  const on = () => askers.get(asker) as Kysely<DB>;

  test.each(examples)('$name', async (one) => {
    if (asker === 'the reader' && ownersOnly.includes(one.name)) {
      await expect(runExample(on(), one)).rejects.toThrow(/permission denied for schema (?:core|rating)/);
      return;
    }
    const { variables } = await runExample(on(), one);
    const { variables: owners, answers } = await runExample(database.db, one);
    expect(variables).toEqual(owners);
    for (const [name, value] of Object.entries(variables)) expect(value, name).toBeDefined();
    const answer = variables[answers[0] as string];
    const size = Array.isArray(answer) ? answer.length : answer instanceof Map ? answer.size : Number(answer);
    // what is neither rows nor a number is one row
    expect(size, `${answers[0]}`).not.toBe(0);
  });
});

test.each(['pg', 'postgres'])(
  '%s does make something else of them; views and TypeScript agree',
  async (driver) => {
    const on = askers.get(driver) as Kysely<DB>;
    const query = on.selectFrom('core.inspection').select(['inspection_id', 'published']).limit(1);
    expect(await query.execute()).toEqual([
      { inspection_id: expect.any(String), published: expect.any(Date) },
    ]);
    const { cells, differences } = await library.compareSqlAndTypescript(on);
    expect(cells).toBeGreaterThan(5000);
    expect(differences).toEqual([]);
  },
);
