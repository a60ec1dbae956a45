import { sql } from 'kysely';
import type { Connection } from '../../src/database/connect.js';
import type { Ask, Asks, Row, Subject } from './questions.js';

// Two of the counts that every view needs.
const yes = `count(*) filter (where answer = 'yes')`;
const relevant = `count(*) filter (where answer <> 'not applicable')`;

const views = (attribute: string) => ({
  trend: `
    select
      year,
      inspection.edition_code as edition,
      standard_code as standard,
      (${yes})::integer as yes,
      (${relevant})::integer as relevant
    from core.answer
    join core.question using (question_id)
    join core.inspection using (inspection_id)
    where is_synthetic and level = 'key question'
    group by 1, 2, 3`,
  rating: `
    with counted as (
      select inspection_id, question_id, ${yes} as yes, ${relevant} as relevant, count(*) as inspected
      from core.answer
      join core.question using (question_id)
      where level = 'key question'
      group by inspection_id, question_id
    ),
    lowest as (
      select
        inspection_id,
        rule_set_id,
        standard_code,
        -- half up, in whole numbers
        min((200 * yes + base_count) / (2 * base_count)) as percent
      from counted
      join core.question using (question_id)
      join rating.inspection_rule using (inspection_id)
      join core.percentage_base using (rule_set_id, level)
      cross join lateral (select case base when 'relevant' then relevant else inspected end as base_count) as based
      where relevant > 0
      group by inspection_id, rule_set_id, standard_code
    ),
    banded as (
      select distinct on (inspection_id, standard_code) inspection_id, standard_code, rating
      from lowest
      join core.band using (rule_set_id)
      where from_percent <= percent
      order by inspection_id, standard_code, from_percent desc
    )
    select inspection_id, standard_code as standard, rating
    from core.inspection
    join core.standard using (edition_code)
    left join banded using (inspection_id, standard_code)
    where is_synthetic and basis = 'cases'`,
  question_count: `
    select
      inspection_id,
      question_code as question,
      (${yes})::integer as yes,
      (count(*) filter (where answer = 'no'))::integer as no,
      (count(*) filter (where answer = 'not applicable'))::integer as not_applicable
    from core.answer
    join core.question using (question_id)
    group by inspection_id, question_code`,
  grouped: `
    select
      year,
      question_id,
      coalesce(attributes ->> '${attribute}', 'not known') as value,
      (${yes})::integer as yes,
      (${relevant})::integer as relevant
    from core.answer
    join core.question using (question_id)
    join core.inspection using (inspection_id)
    join core.inspected_case using (inspection_id, case_no)
    where is_synthetic and level = 'key question'
    group by 1, 2, 3
    having ${relevant} > 0`,
});

const tally = `
  select
    inspection_id,
    question_id,
    (${yes})::integer as yes,
    (${relevant})::integer as relevant,
    count(*)::integer as inspected
  from core.answer
  group by inspection_id, question_id`;

/** Makes schema bench: views straight over the answers, and a materialised view of their tally. */
export async function makePlainViews(db: Connection, { attribute }: Subject): Promise<void> {
  await sql`create schema bench`.execute(db);
  for (const [name, query] of Object.entries(views(attribute)))
    await sql.raw(`create view bench.${name} as ${query}`).execute(db);
  await sql.raw(`create materialized view bench.tally as ${tally}`).execute(db);
  await sql`analyze bench.tally`.execute(db);
}

/** Brings the materialised view up to date. */
export const refreshTally = (db: Connection) => sql`refresh materialized view bench.tally`.execute(db);

/** Asks the views over the answers. */
export function asksOfPlainViews(db: Connection, { inspectionId }: Subject): Asks {
  return {
    trend: asking(db, 'select * from bench.trend'),
    ratings: asking(db, 'select * from bench.rating'),
    inspection: asking(
      db,
      `select question, yes, no, not_applicable from bench.question_count where inspection_id = ${inspectionId}`,
    ),
    group: asking(db, 'select * from bench.grouped'),
  };
}

/** Asks the materialised view, as it was last refreshed. */
export function asksOfMaterialisedView(db: Connection): Asks {
  return {
    trend: asking(
      db,
      `select
        year,
        inspection.edition_code as edition,
        standard_code as standard,
        sum(yes)::integer as yes,
        sum(relevant)::integer as relevant
      from bench.tally
      join core.question using (question_id)
      join core.inspection using (inspection_id)
      where is_synthetic and level = 'key question'
      group by 1, 2, 3`,
    ),
  };
}

const asking =
  (db: Connection, query: string): Ask =>
  async () =>
    (await sql.raw<Row>(query).execute(db)).rows;
