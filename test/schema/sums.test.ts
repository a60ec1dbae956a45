import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ColumnMeanings } from '../../src/database/columns.js';
import { editions } from '../../src/queries/editions.js';
import { evidence } from '../../src/queries/evidence.js';
import { rateInspection } from '../../src/ratings/inspection.js';
import { testDatabase } from '../support/database.js';
import { loadProgramme } from '../support/programme.js';
import { renew } from '../support/renew.js';
import { text } from './statements.js';

const database = testDatabase();

beforeAll(async () => {
  const { db } = database;
  await loadProgramme(database, { inspections: 60, seed: 5 });
  // One is known by its ratings alone, of another a percentage is published: what is left out is counted too.
  const inspections = sql`(select inspection_id from core.inspection where is_synthetic and edition_code = '2021' order by 1 limit 2)`;
  await sql`delete from core.answer where inspection_id in ${inspections}`.execute(db);
  await sql`
    insert into core.published_result (inspection_id, question_id, sample_id, percent)
    select max(inspection_id), question_id, sample_id, 60
    from ${inspections} as without_answers, core.question join core.standard using (edition_code, standard_code)
    where edition_code = '2021' and question_code in ('2.1.1', '2.1.1.a')
    group by question_id, sample_id`.execute(db);
  await renew(db);
  for (const [view, query] of Object.entries({
    invented: 'select * from core.inspection where is_synthetic',
    latest:
      'select distinct on (service_id) * from invented order by service_id, as_of desc, inspection_id desc',
    answered: `select inspection_id, question_id, question_code as code, level, answer
      from core.answer join invented using (inspection_id) join core.question using (question_id)`,
  }))
    await sql.raw(`create view public.${view} as ${query}`).execute(db);
  await rate();
});

/** Rates the inspections in TypeScript, and puts what it gives into tables. */
async function rate(): Promise<void> {
  const { db } = database;
  const { rows: invented } = await sql<{ id: number }>`select inspection_id as id from invented`.execute(db);
  const known = await editions(db);
  const rank = (rating?: string) =>
    ['Inadequate', 'Requires improvement', 'Good', 'Outstanding'].indexOf(rating ?? '');
  const rated = (
    await evidence(
      db,
      invented.map(({ id }) => id),
    )
  ).flatMap(({ inspectionId, edition, evidence }) => {
    const rules = known.get(edition);
    return rules ? [{ inspectionId, decisions: evidence.decisions, ...rateInspection(rules, evidence) }] : [];
  });
  const standards = rated.flatMap(({ inspectionId, decisions, standards }) =>
    standards.map((one) => ({
      inspection_id: inspectionId,
      code: one.code,
      basis: one.basis,
      is_computed: one.computedRating !== null,
      is_decided: decisions.has(one.code),
      steps: rank(decisions.get(one.code)?.to) - rank(decisions.get(one.code)?.from),
      near_boundary: one.grounds?.nearBoundary,
      one_case_flips: one.grounds?.oneCaseFlips,
      small_sample: one.grounds?.smallSample,
      lowest: [one.drivingKeyQuestion, ...(one.tiedKeyQuestions?.split(', ') ?? [])],
      evidence: one.evidence,
      rating_source: one.ratingSource,
      score: one.score,
    })),
  );
  const overall = rated.map(({ inspectionId, overall }) => ({
    inspection_id: inspectionId,
    score: overall.score,
    max_score: overall.maxScore,
    score_without_discretion: overall.scoreWithoutDiscretion,
  }));
  await sql`
    create table public.rated_or_judged (inspection_id bigint, code text, basis text, is_computed boolean, is_decided boolean,
      steps integer, near_boundary boolean, one_case_flips boolean, small_sample boolean, lowest text[], evidence text,
      rating_source text, score integer)`.execute(db);
  await sql`create view public.rated as select * from rated_or_judged where basis = 'cases'`.execute(db);
  await sql`
    create table public.overall (inspection_id bigint, score integer, max_score integer, score_without_discretion integer)`.execute(
    db,
  );
  for (const [table, rows] of Object.entries({ rated_or_judged: standards, overall }))
    await sql`
      insert into ${sql.table(table)}
      select * from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`.execute(
      db,
    );
}

type Sum = string | [where: string, sum: string];
const { views } = parse(text('sums.yaml')) as { views: Record<string, Record<string, Sum>> };
const sums = Object.entries(views).flatMap(([view, columns]) =>
  Object.entries(columns).map(([column, sum]) => [`${view}.${column}`, view, column, sum] as const),
);

test.each(sums)('the sum of %s', async (_, view, column, sum) => {
  const [where, figure] = Array.isArray(sum) ? sum : ['true', sum];
  const invented = view === 'service' ? sql`true` : sql`is_synthetic`;
  const { rows } = await sql<{ sum: number; expected: number }>`
    select
      (select coalesce(sum(${sql.ref(column)}), 0)::integer from ${sql.table(`analytics.${view}`)}
       where ${invented} and ${sql.raw(where)}) as sum,
      (select (${sql.raw(`select ${figure}`)})::integer) as expected`.execute(database.db);
  expect(rows[0]?.sum).toBe(rows[0]?.expected ?? 0);
});

test('every number that may be summed is summed above', async () => {
  const meanings = new ColumnMeanings();
  const { rows } = await sql<{ view: string; name: string }>`
    select table_name as view, column_name as name from information_schema.columns where table_schema = 'analytics'`.execute(
    database.db,
  );
  const additive = rows.filter(
    ({ view, name }) => !['no', undefined].includes(meanings.of(name, view).additive as 'no'),
  );
  expect(additive.map(({ view, name }) => `${view}.${name}`).sort()).toEqual(
    sums.map(([named]) => named).sort(),
  );
});
