import { readdirSync } from 'node:fs';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { rolledBack, testDatabase } from '../support/database.js';
import { statementsOf, text } from './statements.js';

const database = testDatabase();

/** The wrong rows: after what each is stands the constraint (or unique index) that stands in its way. */
const refused = readdirSync(new URL('rows/refused/', import.meta.url)).flatMap((file) =>
  statementsOf(`rows/refused/${file}`),
);
const constraintOf = (what: string) => what.slice(what.lastIndexOf(': ') + 2);

/** Of each constraint of schema core: with which SQLSTATE it refuses, and whether it can refuse a row on its own. */
let constraints: Map<string, { code: string; refusesAlone: boolean }>;

beforeAll(async () => {
  await sql.raw(text('rows/fixture.sql')).execute(database.db);
  // A key does not refuse alone when the server itself fills it in, or when it contains another (it is there to be referred to).
  const { rows: found } = await sql<{ name: string; code: string; refusesAlone: boolean }>`
    with key as (
      select relname, indrelid, indexrelid, indkey::smallint[] as columns, indpred is null as covers_all
      from pg_index
      join pg_class on pg_class.oid = indexrelid and relnamespace = 'core'::regnamespace
      where indisunique
    )
    select conname as name, case contype when 'c' then '23514' when 'f' then '23503' else '23P01' end as code,
      true as "refusesAlone"
    from pg_constraint
    where connamespace = 'core'::regnamespace and conrelid <> 0 and contype in ('c', 'f', 'x')
    union all
    select relname, '23505',
      not exists (
        select from key as other
        where other.indrelid = key.indrelid and other.indexrelid <> key.indexrelid and other.covers_all
          and other.columns <@ key.columns
      )
      and not exists (
        select from pg_attribute
        where attrelid = key.indrelid and attnum = any(key.columns) and attidentity = 'a'
      )
    from key`.execute(database.db);
  constraints = new Map(found.map(({ name, ...constraint }) => [name, constraint]));
});

/** What the server says to a statement; undefined when it does as told. */
const saidTo = (statement: string) =>
  rolledBack(database.db, (trx) =>
    sql
      .raw(statement)
      .execute(trx)
      .then(
        () => undefined,
        ({ constraint, code }: { constraint: string; code: string }) => ({ constraint, code }),
      ),
  );

describe('the schema refuses', () => {
  test.each(refused)('%s', async (what, statement) => {
    const constraint = constraintOf(what);
    expect(await saidTo(statement)).toEqual({ constraint, code: constraints.get(constraint)?.code });
  });

  test('an answer that is neither yes, no nor not applicable', async () => {
    const answer = "(barnet(), question('2021', '2.1.2'), 1, sample('2021', 'court'), 'maybe')";
    expect(await saidTo(`insert into core.answer values ${answer}`)).toMatchObject({ code: '22P02' });
  });
});

test.each(statementsOf('rows/taken.sql'))('the schema takes %s', async (_, statement) => {
  expect(await saidTo(statement)).toBeUndefined();
});

test('every constraint refuses a wrong row', () => {
  const tried = new Set(refused.map(([what]) => constraintOf(what)));
  const untried = [...constraints].filter(([name, { refusesAlone }]) => refusesAlone && !tried.has(name));
  expect(untried).toEqual([]);
});
