import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';

/** What a bundle may refer to: the codes and words of one edition. */
export interface Framework {
  edition: string;
  /** Lowest first. */
  ratings: string[];
  domains: Set<string>;
  standards: Map<string, { basis: string }>;
  questions: Map<string, FrameworkQuestion>;
  /** By sample: the key of its questionnaire. */
  questionnaires: Map<string, number>;
  /** By sample: disposal types, with the coarser type that each is part of. */
  disposals: Map<string, Map<string, string | null>>;
}

export interface FrameworkQuestion {
  id: number;
  level: string;
  standard: string;
  /** Place in the edition's order. */
  position: number;
  /** NULL for a question of a qualitative standard. */
  questionnaire: number | null;
  sample: string | null;
  /** ISO dates; until is exclusive. */
  from: string | null;
  until: string | null;
  /** The only disposals that it is asked of, a prompt's by its key question where it has none of its own; null when of all. */
  disposals: ReadonlySet<string> | null;
}

/** Reads what an edition has; undefined when there is no such edition. */
export async function readFramework(trx: Transaction<DB>, edition: string): Promise<Framework | undefined> {
  const found = await trx
    .selectFrom('core.edition')
    .select('edition_code')
    .where('edition_code', '=', edition)
    .executeTakeFirst();
  if (!found) return undefined;
  const [ratings, domains, standards, questions, questionnaires, disposalRows] = await Promise.all([
    trx
      .selectFrom('core.rating')
      .select('rating')
      .where('edition_code', '=', edition)
      .orderBy('rating_rank')
      .execute(),
    trx.selectFrom('core.domain').select('domain_code').where('edition_code', '=', edition).execute(),
    trx
      .selectFrom('core.standard')
      .select(['standard_code', 'basis'])
      .where('edition_code', '=', edition)
      .execute(),
    trx
      .selectFrom('core.question')
      .leftJoin('core.questionnaire', 'core.questionnaire.questionnaire_id', 'core.question.questionnaire_id')
      .select([
        'question_id as id',
        'question_code as code',
        'level',
        'standard_code as standard',
        'position',
        'core.question.questionnaire_id as questionnaire',
        'sample',
        sql<string | null>`lower(in_force)`.as('from'),
        sql<string | null>`upper(in_force)`.as('until'),
        sql<string[] | null>`(
        select array_agg(disposal)
        from core.question_disposal as named
        where named.question_id = coalesce(
          (select own.question_id from core.question_disposal as own where own.question_id = core.question.question_id limit 1),
          core.question.parent_question_id,
          core.question.question_id
        )
      )`.as('disposals'),
      ])
      .where('core.question.edition_code', '=', edition)
      .orderBy('position')
      .execute(),
    trx
      .selectFrom('core.questionnaire')
      .select(['sample', 'questionnaire_id'])
      .where('edition_code', '=', edition)
      .orderBy('questionnaire_id')
      .where('sample', 'in', (domain) =>
        domain
          .selectFrom('core.domain')
          .select(sql<string>`sample`.as('sample'))
          .where('edition_code', '=', edition)
          .where('sample', 'is not', null),
      )
      .execute(),
    trx.selectFrom('core.disposal').selectAll().orderBy('disposal').execute(),
  ]);
  const disposals = new Map<string, Map<string, string | null>>();
  for (const { sample, disposal, part_of } of disposalRows) {
    if (!disposals.has(sample)) disposals.set(sample, new Map());
    disposals.get(sample)?.set(disposal, part_of);
  }
  return {
    edition,
    ratings: ratings.map(({ rating }) => rating),
    domains: new Set(domains.map(({ domain_code }) => domain_code)),
    standards: new Map(standards.map(({ standard_code, basis }) => [standard_code, { basis }])),
    questions: new Map(
      questions.map(({ code, disposals, ...question }) => [
        code,
        { ...question, disposals: disposals && new Set(disposals) },
      ]),
    ),
    questionnaires: new Map(questionnaires.map(({ sample, questionnaire_id }) => [sample, questionnaire_id])),
    disposals,
  };
}
