import { type RawBuilder, sql } from 'kysely';
import { atOneMoment, rowsAsJson, together } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import { groupBy } from '../group-by.js';
import type { InspectionEvidence } from '../ratings/inspection.js';
import { withKeys } from './view.js';

/** An inspection's evidence as the ratings computation takes it, read from the base tables alone. */
export interface InspectionToRate {
  inspectionId: number;
  name: string;
  edition: string;
  evidence: InspectionEvidence;
}

/**
 * The evidence of every inspection, or of those of some keys. Case answers are counted here, apart from the views.
 * @example
 * const known = await editions(db);
 * const rated = (await evidence(db)).map((one) => rateInspection(known.get(one.edition)!, one.evidence));
 */
export function evidence(db: Connection, only?: readonly number[]): Promise<InspectionToRate[]> {
  return atOneMoment(db, async (at) => {
    const all: InspectionToRate[] = [];
    for await (const some of inPortions(at, only)) all.push(...some);
    return all;
  });
}

/** So many inspections at once: what is read of them has to fit in one message of the server. */
const portion = 1000;

/** The same, a portion after the other. */
export async function* inPortions(
  db: Connection,
  only?: readonly number[],
): AsyncGenerator<InspectionToRate[]> {
  const asked = db.selectFrom('core.inspection').select('inspection_id').orderBy('inspection_id');
  const keys = only ?? (await rowsAsJson(db, asked)).map(({ inspection_id }) => inspection_id);
  for (let from = 0; from < keys.length; from += portion)
    yield await readEvidence(db, keys.slice(from, from + portion));
}

async function readEvidence(db: Connection, keys: readonly number[]): Promise<InspectionToRate[]> {
  const { inspections, known } = await together(db, {
    inspections: db
      .selectFrom('core.inspection as inspection')
      .leftJoin('core.published_overall as overall', 'overall.inspection_id', 'inspection.inspection_id')
      .select([
        'inspection.inspection_id',
        'inspection_code',
        'inspection.edition_code',
        'programme',
        'rating',
      ])
      // the rules are those of the fieldwork; where only the publication is known, those of then
      .select(sql<string>`as_of`.as('as_of'))
      .where(withKeys('inspection.inspection_id', keys))
      .orderBy('inspection.inspection_id'),
    known: allThatIsKnown(keys),
  });
  const parts = groupBy(known, ({ inspection_id, part }) => `${inspection_id} ${part}`);
  return inspections.map(({ inspection_id, inspection_code, edition_code, programme, as_of, rating }) => {
    // biome-ignore lint/suspicious/noExplicitAny: what a part holds, the statement says
    const of = (part: keyof InspectionEvidence): Map<string, any> =>
      new Map((parts.get(`${inspection_id} ${part}`) ?? []).map(({ key, value }) => [key, value]));
    return {
      inspectionId: inspection_id,
      name: inspection_code,
      edition: edition_code,
      evidence: {
        ...(programme !== null && { programme }),
        fieldworkStart: as_of,
        keyQuestions: of('keyQuestions'),
        prompts: of('prompts'),
        judged: of('judged'),
        judgedQuestions: of('judgedQuestions'),
        decisions: of('decisions'),
        publishedStandards: of('publishedStandards'),
        publishedUnrated: new Set(of('publishedUnrated').keys()),
        withoutCases: new Set(of('withoutCases').keys()),
        publishedOverall: rating,
      },
    };
  });
}

/** A part of an inspection's evidence, by the code of a standard or question. */
interface Known {
  inspection_id: number;
  part: keyof InspectionEvidence;
  key: string;
  value: unknown;
}

/** All that is known of standards and questions of inspections: what is counted of cases is there where there are answers. */
function allThatIsKnown(keys: readonly number[]): RawBuilder<Known> {
  const of = (table: string) => withKeys(`${table}.inspection_id`, keys);
  return sql<Known>`(
    select
      drawn.inspection_id,
      case level when 'prompt' then 'prompts' else 'keyQuestions' end as part,
      question_code as key,
      jsonb_build_object('inspected', cases)
        || case when counted.question_id is null then '{}' else jsonb_build_object('answers', jsonb_build_object(
          'yes', counted.yes, 'no', counted.no, 'notApplicable', counted.not_applicable)) end
        || case when published.question_id is null then '{}' else jsonb_build_object('published', jsonb_build_object(
          'relevant', relevant, 'yes', published.yes, 'percent', percent,
          'noRelevantCase', no_relevant_case, 'percentLost', percent_lost)) end as value,
      question.position
    from core.inspection_sample as drawn
    join core.inspection using (inspection_id)
    join core.question as question on question.sample_id = drawn.sample_id and question.in_force @> inspection.as_of
    left join core.published_result as published
      on published.inspection_id = drawn.inspection_id and published.question_id = question.question_id
    left join (
      select
        inspection_id,
        question_id,
        count(*) filter (where answer = 'yes') as yes,
        count(*) filter (where answer = 'no') as no,
        count(*) filter (where answer = 'not applicable') as not_applicable
      from core.answer
      where ${of('answer')}
      group by inspection_id, question_id
    ) as counted on counted.inspection_id = drawn.inspection_id and counted.question_id = question.question_id
    where ${of('drawn')}
    union all
    select drawn.inspection_id, 'withoutCases', standard_code, 'true', 0
    from core.inspection_sample as drawn
    join core.sample using (sample_id)
    join core.domain on domain.edition_code = sample.edition_code and domain.sample = sample.sample
    join core.standard as standard
      on standard.edition_code = domain.edition_code and standard.domain_code = domain.domain_code
    where cases = 0 and basis = 'qualitative' and ${of('drawn')}
    union all
    select inspection_id, 'judged', standard_code, to_jsonb(rating), 0
    from core.qualitative_rating where ${of('qualitative_rating')}
    union all
    select inspection_id, 'judgedQuestions', question_code, to_jsonb(rating), 0
    from core.judged_question join core.question using (question_id) where ${of('judged_question')}
    union all
    select inspection_id, 'decisions', standard_code,
      jsonb_build_object('from', from_rating, 'to', to_rating, 'reason', reason), 0
    from core.panel_decision where ${of('panel_decision')}
    union all
    select inspection_id, case when rating is null then 'publishedUnrated' else 'publishedStandards' end,
      standard_code, to_jsonb(rating), 0
    from core.published_standard_rating where (rating is not null or not_rated) and ${of('published_standard_rating')}
    order by position
  )`;
}
