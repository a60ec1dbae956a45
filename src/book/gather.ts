import { type Kysely, sql } from 'kysely';
import type { Connection } from '../database/connect.js';
import { readerRole } from '../database/roles.js';
import type { DB } from '../database/schema.js';
import { countDaysTo } from '../export/present-day.js';
import * as ask from '../queries/analysis.js';
import { keyQuestionTrend } from '../queries/key-question-trend.js';
import { ratingTrend } from '../queries/rating-trend.js';
import { reconciliation } from '../queries/reconciliation.js';

/** All rows that the book is made from, of real inspections or of invented ones, never of both. */
export type Gathered = Awaited<ReturnType<typeof gather>>;

/**
 * Does a thing in one transaction that changes nothing, so that all that it reads is of one moment: as the reader's role where
 * we may take it, so that it sees what a reader sees and nothing else. `asOurselves` comes first, for what a reader may not ask.
 */
export function asReader<Own, Result>(
  db: Kysely<DB>,
  asOurselves: (trx: Connection) => Promise<Own>,
  work: (trx: Connection, own: Own) => Promise<Result>,
): Promise<Result> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      const own = await asOurselves(trx);
      const { rows } = await sql<{ may: boolean }>`
        select exists (select from pg_roles where rolname = ${readerRole} and pg_has_role(oid, 'member')) as may`.execute(
        trx,
      );
      if (rows[0]?.may) await sql`set local role ${sql.id(readerRole)}`.execute(trx);
      return work(trx, own);
    });
}

/** Reads all that the pages show, and lets the transaction count days to the day of the book. */
export async function gather(db: Connection, synthetic: boolean) {
  const wanted = { synthetic };
  const isOurs = <Row extends { is_synthetic: boolean | null }>(row: Row) => row.is_synthetic === synthetic;
  const rating = await db
    .selectFrom('analytics.rating_version')
    .select(({ fn }) => fn.max('recorded_from').as('recorded'))
    .where('is_synthetic', '=', synthetic)
    .executeTakeFirst();
  const recorded = rating?.recorded ?? null;
  const day = recorded?.slice(0, '2019-04-01'.length) ?? null;
  if (day !== null) await countDaysTo(db, day);
  return {
    synthetic,
    /** When the newest rating was recorded (UTC): the moment that the book is of, whenever it is written. */
    recorded,
    /** The day of that, which views take for today as long as the transaction goes on. */
    day,
    inspections: await db
      .selectFrom('analytics.inspection')
      .selectAll()
      .where('is_synthetic', '=', synthetic)
      .orderBy('as_of')
      .orderBy('inspection_id')
      .execute(),
    overall: await ask.overallRating(db, wanted),
    standards: await ask.standardRating(db, wanted),
    keyQuestions: await ask.keyQuestionResult(db, wanted),
    prompts: await ask.promptResult(db, wanted),
    judged: await db
      .selectFrom('analytics.judged_key_question')
      .selectAll()
      .where('is_synthetic', '=', synthetic)
      .orderBy('inspection_id')
      .orderBy('key_question')
      .execute(),
    samples: await db
      .selectFrom('analytics.inspection_sample')
      .selectAll()
      .where('is_synthetic', '=', synthetic)
      .orderBy('inspection_id')
      .orderBy('sample_order')
      .execute(),
    distances: await ask.standardDistance(db, wanted),
    overallDistances: await ask.overallDistance(db, wanted),
    history: await ask.serviceHistory(db, wanted),
    comparisons: await ask.serviceComparison(db, wanted),
    recommendations: (await ask.recommendation(db)).filter(isOurs),
    findings: (await ask.finding(db)).filter(isOurs),
    facts: (await ask.contextFact(db)).filter(isOurs),
    reconciled: await reconciliation(db, { synthetic }),
    services: await ask.allServices(db, wanted),
    authorities: (await ask.serviceAuthority(db)).filter(isOurs),
    names: await db
      .selectFrom('analytics.service_name')
      .select(['service_id', 'usage', 'name'])
      .orderBy('service_id')
      .orderBy('name')
      .execute(),
    ratingTrend: await ratingTrend(db, wanted),
    keyQuestionTrend: await keyQuestionTrend(db, wanted),
    drivers: await ask.ratingDriver(db, wanted),
    discretion: await ask.discretionTrend(db, wanted),
    totals: synthetic ? [] : await ask.publishedTotal(db),
    scale: await db
      .selectFrom('analytics.rating_scale')
      .selectAll()
      .orderBy('edition')
      .orderBy('programme')
      .orderBy('rank')
      .execute(),
    rules: await db
      .selectFrom('analytics.edition_rule')
      .selectAll()
      .orderBy('edition')
      .orderBy('position')
      .execute(),
    questions: await db
      .selectFrom('analytics.question')
      .selectAll()
      .where('level', '=', 'key question')
      .orderBy('edition')
      .orderBy('position')
      .execute(),
    crosswalk: await db
      .selectFrom('analytics.crosswalk')
      .selectAll()
      .where('level', '=', 'key question')
      .orderBy('crosswalk_id')
      .execute(),
    display: await ask.displayRule(db),
  };
}
