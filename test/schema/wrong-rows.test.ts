import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { rolledBack, testDatabase } from '../support/database.js';
import { addFixture } from './refusals/fixture.js';
import { refusals } from './refusals/index.js';

const database = testDatabase();
beforeAll(() => addFixture(database.db));

/** What the server says to a statement; undefined when it does as told. */
async function saidTo(statement: string): Promise<{ constraint: string; code: string } | undefined> {
  return rolledBack(database.db, async (trx) => {
    try {
      await sql.raw(statement).execute(trx);
      return undefined;
    } catch (error) {
      const { constraint, code } = error as { constraint: string; code: string };
      return { constraint, code };
    }
  });
}

describe('the schema refuses', () => {
  test.each(refusals)('$what', async ({ constraint, statement }) => {
    expect(await saidTo(statement)).toEqual({ constraint, code: await codeOf(constraint) });
  });

  test('an answer that is neither yes, no nor not applicable', async () => {
    const said = await saidTo(
      "insert into core.answer values (barnet(), question('2021', '2.1.2'), 1, sample('2021', 'court'), 'maybe')",
    );
    expect(said?.code).toBe('22P02');
  });
});

// The refusals above mean something only if the same rows, right, go in.
describe('the schema takes', () => {
  test.each([
    [
      'an answer to another question of the case',
      "insert into core.answer values (barnet(), question('2021', '2.1.2'), 1, sample('2021', 'court'), 'no')",
    ],
    [
      'an answer to a prompt',
      "insert into core.answer values (barnet(), question('2021', '2.1.1.a'), 1, sample('2021', 'court'), 'not applicable')",
    ],
    [
      'the same case number and pseudonym in another inspection',
      "insert into core.inspected_case values (wigan(), 1, sample('2018', 'court'), 'B1', 'referral_order')",
    ],
    [
      'a prompt below a key question of its standard',
      `insert into core.question
         (edition_code, question_code, level, standard_code, basis, parent_question_id, sample_id, position, text)
       values ('2018', '9.9.9', 'prompt', '2.1', 'cases', question('2018', '2.1.1'), sample('2018', 'court'), 999, 'Is it?')`,
    ],
    [
      'a name that another service had before',
      `insert into core.service_name (service_id, name, usage, valid) values
         (service('barnet'), 'North Service', 'alias', '[2010-01-01,2015-01-01)'),
         (service('essex'), 'north service', 'alias', '[2015-01-01,)')`,
    ],
    [
      'an official name that follows another',
      `update core.service_name set valid = '(,2025-01-01)' where name = 'Barnet Youth Offending Service';
       insert into core.service_name (service_id, name, usage, valid)
       values (service('barnet'), 'Barnet Youth Justice Service', 'official', '[2025-01-01,)')`,
    ],
    [
      'an alias beside the official name',
      "insert into core.service_name (service_id, name, usage) values (service('barnet'), 'BYOS', 'alias')",
    ],
    [
      'two services for one local authority, and two local authorities for one service',
      `insert into core.service_authority values
         (service('essex'), authority('Barnet'), '(,)'), (service('essex'), authority('Enfield'), '(,)')`,
    ],
    [
      'a service that split and later merged again',
      `insert into core.service_succession values
         (service('essex'), service('barnet'), '2020-01-01', 'day'),
         (service('essex'), service('wigan'), '2020-01-01', 'day'),
         (service('barnet'), service('essex'), '2030-01-01', 'year'),
         (service('wigan'), service('essex'), '2030-01-01', 'year')`,
    ],
    [
      'a second inspection of a service, published on a day',
      `insert into core.inspection (inspection_code, service_id, edition_code, service_at_inspection, fieldwork_start,
         fieldwork_precision, published, published_year, published_precision)
       values ('wigan-later', service('wigan'), '2021', 'Wigan', '2024-03-11', 'day', '2024-07-02', 2024, 'day')`,
    ],
    [
      'an inspection of unknown publication',
      `insert into core.inspection
         (inspection_code, service_id, edition_code, service_at_inspection, fieldwork_start, fieldwork_precision)
       values ('wigan-later', service('wigan'), '2021', 'Wigan', '2024-03-01', 'month')`,
    ],
    [
      'a lost figure beside a given one',
      `update core.published_result set relevant = null, relevant_lost = true
       where inspection_id = wigan() and question_id = question('2018', '2.1.1')`,
    ],
    [
      'a judgement of a key question that is not counted',
      `insert into core.judged_question (inspection_id, edition_code, question_id, rating)
       values (wigan(), '2018', question('2018', '1.1.2'), 'Good')`,
    ],
    [
      'a judged question in a standard of cases, and a case of no kind, of which nothing is known',
      `insert into core.question (edition_code, question_code, level, standard_code, basis, position, text)
       values ('2018', '9.9.9', 'key question', '2.1', 'qualitative', 999, 'Is it?');
       insert into core.inspected_case values (wigan(), 1, sample('2018', 'court'), 'B1', null)`,
    ],
    [
      'a panel decision that changes a rating',
      `insert into core.panel_decision (inspection_id, edition_code, standard_code, from_rating, to_rating, reason)
       values (wigan(), '2018', '2.1', 'Good', 'Outstanding', 'why')`,
    ],
    [
      'a question that several others follow, none of which continues it',
      `delete from core.crosswalk where question('2018', '2.1.1') = from_question_id;
       insert into core.crosswalk (from_question_id, from_edition_code, to_question_id, to_edition_code, relation) values
         (question('2018', '2.1.1'), '2018', question('2021', '2.1.1'), '2021', 'split'),
         (question('2018', '2.1.1'), '2018', question('2021', '2.1.2'), '2021', 'split')`,
    ],
  ])('%s', async (_what, statement) => {
    expect(await saidTo(statement)).toBeUndefined();
  });
});

test('every constraint has a wrong row above that it refuses', async () => {
  const tried = new Set(refusals.map(({ constraint }) => constraint));
  const constraints = await refusingConstraints();
  expect(constraints.filter((name) => !tried.has(name))).toEqual([]);
});

/** The SQLSTATE with which a constraint refuses, by its kind. */
async function codeOf(constraint: string): Promise<string> {
  const { rows } = await sql<{ code: string }>`
    select case contype when 'c' then '23514' when 'f' then '23503' when 'x' then '23P01' else '23505' end as code
    from pg_constraint
    where connamespace = 'core'::regnamespace and conname = ${constraint}
    union all
    -- a unique index that belongs to no constraint
    select '23505' from pg_indexes where schemaname = 'core' and indexname = ${constraint}`.execute(
    database.db,
  );
  return rows[0]?.code ?? `there is no ${constraint}`;
}

/**
 * Constraints and unique indexes of schema core that can refuse a row on their own. Left out are keys that the server
 * itself fills in, and keys that contain another (they are there to be referred to).
 */
async function refusingConstraints(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    with key as (
      select indexrelid, indrelid, indkey::smallint[] as columns, indpred is null as covers_all
      from pg_index
      join pg_class on pg_class.oid = indrelid and relnamespace = 'core'::regnamespace
      where indisunique
    )
    select conname as name
    from pg_constraint
    where connamespace = 'core'::regnamespace and conrelid <> 0 and contype in ('c', 'f', 'x')
    union
    select indexrelid::regclass::text
    from key
    where not exists (
        select from key as other
        where other.indrelid = key.indrelid and other.indexrelid <> key.indexrelid and other.covers_all
          and other.columns <@ key.columns
      )
      and not exists (
        select from pg_attribute
        where attrelid = key.indrelid and attnum = any(key.columns) and attidentity = 'a'
      )
    order by 1`.execute(database.db);
  return rows.map(({ name }) => name.replace(/^core\./, ''));
}
