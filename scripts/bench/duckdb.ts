import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type DuckDBConnection, DuckDBInstance, type DuckDBPreparedStatement } from '@duckdb/node-api';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Ask, Asks, Row, Subject } from './questions.js';

/** What DuckDB is asked: its own tables, Parquet files of the same, and a copy of this program's results. */
export interface DuckDBAsks {
  duckdbTable: Asks;
  duckdbParquet: Asks;
  duckdbResults: Asks;
}

const invented = 'select inspection_id from core.inspection where is_synthetic';

/** The tables that DuckDB is given: their columns there, the order that suits it, and where they come from. */
const tables = (attribute: string) => ({
  inspection: {
    columns: 'inspection_id integer, year integer, edition varchar, rule_set_id integer',
    order: 'inspection_id',
    from: `
      select inspection_id, year, inspection.edition_code, rule_set_id
      from core.inspection
      join rating.inspection_rule using (inspection_id)
      where is_synthetic`,
  },
  standard: {
    columns: 'edition varchar, standard varchar',
    order: 'edition, standard',
    from: `select edition_code, standard_code from core.standard where basis = 'cases'`,
  },
  question: {
    columns: 'question_id integer, question varchar, standard varchar, level varchar',
    order: 'question_id',
    from: 'select question_id, question_code, standard_code, level from core.question where sample_id is not null',
  },
  band: {
    columns: 'rule_set_id integer, rating varchar, from_percent integer, below_percent integer',
    order: 'rule_set_id, from_percent',
    from: `
      select rule_set_id, rating, from_percent, lead(from_percent, 1, 101::smallint) over (partition by rule_set_id order by from_percent)
      from core.band`,
  },
  percentage_base: {
    columns: 'rule_set_id integer, base varchar',
    order: 'rule_set_id',
    from: `select rule_set_id, base from core.percentage_base where level = 'key question'`,
  },
  cases: {
    columns: 'inspection_id integer, case_no smallint, value varchar',
    order: 'inspection_id, case_no',
    from: `select inspection_id, case_no, coalesce(attributes ->> ${text(attribute)}, 'not known') from core.inspected_case where inspection_id in (${invented})`,
  },
  answers: {
    columns: `inspection_id integer, question_id integer, case_no smallint, answer enum ('yes', 'no', 'not applicable')`,
    order: 'inspection_id, question_id, case_no',
    from: `select inspection_id, question_id, case_no, answer from core.answer where inspection_id in (${invented})`,
  },
  result_standard: {
    columns: 'inspection_id integer, standard varchar, yes integer, relevant integer',
    order: 'inspection_id, standard',
    from: `select inspection_id, standard_code, yes, relevant from kept.standard_count where inspection_id in (${invented})`,
  },
});

/**
 * Does work with a DuckDB in a folder that holds the invented inspections of a database, as tables and as Parquet files.
 * @param url postgres://user:password@host:port/database
 */
export async function withDuckDB<T>(
  { url, folder, subject: { inspectionId, attribute } }: { url: string; folder: string; subject: Subject },
  work: (asks: DuckDBAsks) => Promise<T>,
): Promise<T> {
  await mkdir(folder, { recursive: true });
  const instance = await DuckDBInstance.create(path.join(folder, 'answers.duckdb'));
  const [own, parquet] = [await instance.connect(), await instance.connect()];
  try {
    await own.run('create schema parquet');
    const client = new pg.Client({ connectionString: url, application_name: 'yot-ratings' });
    await client.connect();
    try {
      for (const [table, { columns, order, from }] of Object.entries(tables(attribute))) {
        const [csv, file] = [path.join(folder, `${table}.csv`), path.join(folder, `${table}.parquet`)];
        await pipeline(
          client.query(copyTo(`copy (${from}) to stdout with (format csv)`)),
          createWriteStream(csv),
        );
        await own.run(`create table arrived (${columns})`);
        await own.run(`copy arrived from ${text(csv)} (format csv, header false)`);
        await rm(csv);
        await own.run(`create table ${table} as select * from arrived order by ${order}`);
        await own.run('drop table arrived');
        await own.run(`copy ${table} to ${text(file)} (format parquet)`);
        await own.run(`create view parquet.${table} as select * from read_parquet(${text(file)})`);
      }
    } finally {
      await client.end();
    }
    await own.run('checkpoint');
    await parquet.run(`set schema = 'parquet'`);
    return await work({
      duckdbTable: asksOfAnswers(own, inspectionId),
      duckdbParquet: asksOfAnswers(parquet, inspectionId),
      duckdbResults: {
        trend: asking(
          own,
          `select year, edition, standard, sum(yes)::integer as yes, sum(relevant)::integer as relevant
          from result_standard
          join inspection using (inspection_id)
          group by all`,
        ),
      },
    });
  } finally {
    for (const connection of [own, parquet]) connection.closeSync();
    instance.closeSync();
  }
}

const yes = `count(*) filter (where answer = 'yes')`;
const relevant = `count(*) filter (where answer <> 'not applicable')`;

/** Asks for what the answers say, of the tables in a connection's schema. */
function asksOfAnswers(connection: DuckDBConnection, inspectionId: number): Asks {
  return {
    trend: asking(
      connection,
      `select year, edition, standard, (${yes})::integer as yes, (${relevant})::integer as relevant
      from answers
      join question using (question_id)
      join inspection using (inspection_id)
      where level = 'key question'
      group by all`,
    ),
    ratings: asking(
      connection,
      `with counted as (
        select inspection_id, question_id, ${yes} as yes, ${relevant} as relevant, count(*) as inspected
        from answers
        join question using (question_id)
        where level = 'key question'
        group by all
      ),
      based as (
        select
          inspection_id,
          rule_set_id,
          standard,
          yes,
          case base when 'relevant' then relevant else inspected end as base_count
        from counted
        join question using (question_id)
        join inspection using (inspection_id)
        join percentage_base using (rule_set_id)
        where relevant > 0
      ),
      lowest as (
        -- half up, in whole numbers
        select inspection_id, rule_set_id, standard, min((200 * yes + base_count) // (2 * base_count)) as percent
        from based
        group by all
      )
      select inspection.inspection_id, standard.standard, band.rating
      from inspection
      join standard using (edition)
      left join lowest on lowest.inspection_id = inspection.inspection_id and lowest.standard = standard.standard
      left join band
        on band.rule_set_id = lowest.rule_set_id and percent >= from_percent and percent < below_percent`,
    ),
    inspection: asking(
      connection,
      `select
        question,
        (${yes})::integer as yes,
        (count(*) filter (where answer = 'no'))::integer as no,
        (count(*) filter (where answer = 'not applicable'))::integer as not_applicable
      from answers
      join question using (question_id)
      where inspection_id = ${inspectionId}
      group by question`,
    ),
    group: asking(
      connection,
      `select year, question_id, value, (${yes})::integer as yes, (${relevant})::integer as relevant
      from answers
      join question using (question_id)
      join inspection using (inspection_id)
      join cases using (inspection_id, case_no)
      where level = 'key question'
      group by all
      having ${relevant} > 0`,
    ),
  };
}

/** Prepared once, as this program's own questions are. */
function asking(connection: DuckDBConnection, query: string): Ask {
  let prepared: Promise<DuckDBPreparedStatement> | undefined;
  return async () => {
    prepared ??= connection.prepare(query);
    return (await (await prepared).runAndReadAll()).getRowObjectsJS() as Row[];
  };
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
