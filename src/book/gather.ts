import { type Kysely, sql } from 'kysely';
import { citusOf } from '../database/citus.js';
import type { Connection } from '../database/connect.js';
import { readerRole } from '../database/role-names.js';
import type { DB } from '../database/schema.js';
import { countDaysTo, openViews, type ViewDescription } from '../export/views.js';
import * as ask from '../queries/analysis.js';
import { reconciliation } from '../queries/reconciliation.js';
import { rowsOf } from '../queries/view.js';

/** All rows that the book is made from, of real inspections or of invented ones, never of both. */
export type Gathered = Awaited<ReturnType<typeof gather>>;

/**
 * Does a thing in one transaction that changes nothing, so that all that it reads is of one moment: as the reader's role where
 * we may take it, so that it sees what a reader sees and nothing else. Which views are open is asked before: a reader may not.
 */
export function asReader<Result>(
  db: Kysely<DB>,
  work: (trx: Connection, open: ViewDescription[]) => Promise<Result>,
): Promise<Result> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      const open = await openViews(trx);
      const { rows } = await sql`
        select from pg_roles where rolname = ${readerRole} and pg_has_role(oid, 'member')`.execute(trx);
      if (rows.length > 0) {
        // As where the reader logs in: tables that every server has a copy of are read on the workers, where he may read them.
        if ((await citusOf(trx))?.isDistributed)
          await sql`set local citus.task_assignment_policy = 'round-robin'`.execute(trx);
        await sql`set local role ${sql.id(readerRole)}`.execute(trx);
      }
      return work(trx, open);
    });
}

/** Reads all that the pages show, and lets the transaction count days to the day of the book. */
export async function gather(db: Connection, synthetic: boolean) {
  const wanted = { synthetic };
  // of views that are of no inspections
  const all = { synthetic: 'both' } as const;
  const ofKeyQuestions = { ...all, level: 'key question' };
  const { recorded } = await db
    .selectFrom('analytics.rating_version')
    .select(({ fn }) => fn.max('recorded_from').as('recorded'))
    .where('is_synthetic', '=', synthetic)
    .executeTakeFirstOrThrow();
  const day = recorded?.slice(0, '2019-04-01'.length) ?? null;
  if (day !== null) await countDaysTo(db, day);
  return {
    synthetic,
    /** When the newest rating was recorded (UTC): the moment that the book is of, whenever it is written. */
    recorded,
    /** The day of that, which views take for today as long as the transaction goes on. */
    day,
    inspections: await rowsOf(db, 'inspection', wanted, { by: ['as_of', 'inspection_id'] }),
    overall: await ask.overallRating(db, wanted),
    standardRatings: await ask.standardRating(db, wanted),
    keyQuestions: await ask.keyQuestionResult(db, wanted),
    prompts: await ask.promptResult(db, wanted),
    judged: await rowsOf(db, 'judged_key_question', wanted, { by: ['inspection_id', 'key_question'] }),
    samples: await rowsOf(db, 'inspection_sample', wanted, { by: ['inspection_id', 'sample_order'] }),
    distances: await ask.standardDistance(db, wanted),
    overallDistances: await ask.overallDistance(db, wanted),
    history: await ask.serviceHistory(db, wanted),
    comparisons: await ask.serviceComparison(db, wanted),
    recommendations: await ask.recommendation(db, wanted),
    findings: await ask.finding(db, wanted),
    facts: await ask.contextFact(db, wanted),
    reconciled: await reconciliation(db, wanted),
    services: await ask.allServices(db, wanted),
    authorities: await rowsOf(db, 'service_authority', wanted, {
      by: ['service', 'authority', 'valid_from', 'ons_code'],
    }),
    names: await rowsOf(db, 'service_name', all, { by: ['service_id', 'name', 'usage'] }),
    ratingTrend: await ask.ratingTrend(db, wanted),
    keyQuestionTrend: await ask.keyQuestionTrend(db, wanted),
    drivers: await ask.ratingDriver(db, wanted),
    discretion: await ask.discretionTrend(db, wanted),
    totals: synthetic ? [] : await ask.publishedTotal(db),
    scaleRows: await rowsOf(db, 'rating_scale', all, { by: ['edition', 'programme', 'rank'] }),
    rules: await rowsOf(db, 'edition_rule', all, { by: ['edition', 'programme', 'position'] }),
    questions: await rowsOf(db, 'question', ofKeyQuestions, { by: ['edition', 'position'] }),
    crosswalk: await rowsOf(db, 'crosswalk', ofKeyQuestions, { by: ['crosswalk_id'] }),
    display: await ask.displayRule(db),
  };
}
