import { sql } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { Base, Edition, Level, Rounding, Rules, UnratedRule } from '../ratings/rules.js';

/**
 * Every edition as the ratings computation needs it, by code.
 *
 * @example
 * const known = await editions(db);
 * const bands = known.get('2021')?.rules[0]?.bands;
 */
export async function editions(db: Connection): Promise<Map<string, Edition>> {
  const found = await db.selectFrom('core.edition').select('edition_code').orderBy('edition_code').execute();
  const all = new Map<string, Edition>();
  for (const { edition_code } of found) all.set(edition_code, await edition(db, edition_code));
  return all;
}

/** One edition as the ratings computation needs it. Throws when there is none of that code. */
export async function edition(db: Connection, code: string): Promise<Edition> {
  const [standards, questions, ruleSets, ratings] = await Promise.all([
    db
      .selectFrom('core.standard')
      .select(['standard_code', 'basis'])
      .where('edition_code', '=', code)
      .orderBy('position')
      .execute(),
    db
      .selectFrom('core.question')
      .select([
        'standard_code',
        'question_code as code',
        sql<string | null>`lower(in_force)`.as('from'),
        sql<string | null>`upper(in_force)`.as('until'),
      ])
      .where('edition_code', '=', code)
      .where('level', '=', 'key question')
      .where('basis', '=', 'cases')
      .orderBy('position')
      .execute(),
    db
      .selectFrom('core.rule_set')
      .innerJoin(
        'core.confidence_level',
        'core.confidence_level.confidence_level',
        'core.rule_set.confidence_level',
      )
      .selectAll('core.rule_set')
      .select('z')
      .where('edition_code', '=', code)
      .orderBy('effective_from')
      .execute(),
    db
      .selectFrom('core.rating')
      .select('rating')
      .where('edition_code', '=', code)
      .orderBy('rating_rank')
      .execute(),
  ]);
  return {
    code,
    standards: standards.map(({ standard_code, basis }) => ({
      code: standard_code,
      basis: basis as 'cases' | 'qualitative',
      keyQuestions: questions
        .filter((question) => question.standard_code === standard_code)
        .map(({ code, from, until }) => ({ code, from: from ?? undefined, until: until ?? undefined })),
    })),
    rules: await Promise.all(
      ruleSets.map(
        async (row): Promise<Rules> => ({
          effectiveFrom: row.effective_from,
          ratings: ratings.map(({ rating }) => rating),
          rounding: row.rounding as Rounding,
          bandOn: row.band_on as Rules['bandOn'],
          z: row.z,
          discretion: {
            points: row.discretion_points,
            judgements: row.discretion_judgements,
            sample: row.discretion_sample,
          },
          unratedStandard: row.unrated_standard as UnratedRule,
          ...(await partsOf(db, row.rule_set_id)),
        }),
      ),
    ),
  };
}

async function partsOf(db: Connection, ruleSet: number) {
  const [bases, bands, overallBands, scores, counting, limits] = await Promise.all([
    db
      .selectFrom('core.percentage_base')
      .select(['level', 'base'])
      .where('rule_set_id', '=', ruleSet)
      .execute(),
    db
      .selectFrom('core.band')
      .select(['from_percent as fromPercent', 'rating'])
      .where('rule_set_id', '=', ruleSet)
      .orderBy('from_percent')
      .execute(),
    db
      .selectFrom('core.overall_band')
      .select(['from_score as fromScore', 'rating'])
      .where('rule_set_id', '=', ruleSet)
      .orderBy('from_score')
      .execute(),
    db
      .selectFrom('core.rating_score')
      .select(['rating', 'score'])
      .where('rule_set_id', '=', ruleSet)
      .execute(),
    db
      .selectFrom('core.counting_standard')
      .select('standard_code')
      .where('rule_set_id', '=', ruleSet)
      .execute(),
    db
      .selectFrom('core.limiting_judgement')
      .innerJoin('core.limiting_judgement_standard as standard', (join) =>
        join
          .onRef('standard.rule_set_id', '=', 'core.limiting_judgement.rule_set_id')
          .onRef('standard.limit_no', '=', 'core.limiting_judgement.limit_no'),
      )
      .select(['core.limiting_judgement.limit_no', 'at_or_below', 'minimum_standards', 'overall_at_most'])
      .select(
        sql<string[]>`array_agg(standard.standard_code order by standard.standard_code)`.as('standards'),
      )
      .where('core.limiting_judgement.rule_set_id', '=', ruleSet)
      .groupBy(['core.limiting_judgement.limit_no', 'at_or_below', 'minimum_standards', 'overall_at_most'])
      .orderBy('core.limiting_judgement.limit_no')
      .execute(),
  ]);
  return {
    percentageBase: Object.fromEntries(bases.map(({ level, base }) => [level, base])) as Record<Level, Base>,
    bands,
    overallBands,
    scores: Object.fromEntries(scores.map(({ rating, score }) => [rating, score])),
    countingStandards: counting.map(({ standard_code }) => standard_code),
    limits: limits.map((limit) => ({
      standards: limit.standards,
      atOrBelow: limit.at_or_below,
      minimumStandards: limit.minimum_standards,
      overallAtMost: limit.overall_at_most,
    })),
  };
}
