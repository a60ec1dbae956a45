import { sql } from 'kysely';
import { atOneMoment, rowsAsJson, together } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import { groupBy } from '../group-by.js';
import type { InspectionEvidence } from '../ratings/inspection.js';
import type { QuestionEvidence } from '../ratings/question.js';
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
  const inspections = db
    .selectFrom('core.inspection as inspection')
    .leftJoin('core.published_overall as overall', 'overall.inspection_id', 'inspection.inspection_id')
    .select(['inspection.inspection_id', 'inspection_code', 'inspection.edition_code', 'programme', 'rating'])
    // the rules are those of the fieldwork; where only the publication is known, those of then
    .select(sql<string>`as_of`.as('as_of'))
    .where(withKeys('inspection.inspection_id', keys))
    .orderBy('inspection.inspection_id');
  const questions = db
    .selectFrom('core.inspection_sample as sample')
    .innerJoin('core.question as question', 'question.sample_id', 'sample.sample_id')
    .leftJoin('core.published_result as published', (join) =>
      join
        .onRef('published.inspection_id', '=', 'sample.inspection_id')
        .onRef('published.question_id', '=', 'question.question_id'),
    )
    .innerJoin('core.inspection as inspection', 'inspection.inspection_id', 'sample.inspection_id')
    .select(['sample.inspection_id', 'question.question_id', 'question_code', 'level', 'cases'])
    .select(['published.inspection_id as is_published', 'relevant', 'yes', 'percent'])
    .select(['no_relevant_case', 'percent_lost'])
    .where(withKeys('sample.inspection_id', keys))
    .where(sql<boolean>`question.in_force @> inspection.as_of`)
    .orderBy('question.position');
  const withoutCases = db
    .selectFrom('core.inspection_sample as drawn')
    .innerJoin('core.sample as sample', 'sample.sample_id', 'drawn.sample_id')
    .innerJoin('core.domain as domain', (join) =>
      join
        .onRef('domain.edition_code', '=', 'sample.edition_code')
        .onRef('domain.sample', '=', 'sample.sample'),
    )
    .innerJoin('core.standard as standard', (join) =>
      join
        .onRef('standard.edition_code', '=', 'domain.edition_code')
        .onRef('standard.domain_code', '=', 'domain.domain_code'),
    )
    .select(['drawn.inspection_id', 'standard_code'])
    .where('drawn.cases', '=', 0)
    .where('basis', '=', 'qualitative')
    .where(withKeys('drawn.inspection_id', keys));
  const all = await together(db, {
    inspections,
    questions,
    withoutCases,
    answers: db
      .selectFrom('core.answer')
      .select(['inspection_id', 'question_id', 'answer'])
      .select(({ fn }) => fn.countAll<number>().as('cases'))
      .where(withKeys('inspection_id', keys))
      .groupBy(['inspection_id', 'question_id', 'answer']),
    judged: db
      .selectFrom('core.qualitative_rating')
      .select(['inspection_id', 'standard_code', 'rating'])
      .where(withKeys('inspection_id', keys)),
    judgedQuestions: db
      .selectFrom('core.judged_question as judged')
      .innerJoin('core.question as question', 'question.question_id', 'judged.question_id')
      .select(['judged.inspection_id', 'question_code', 'rating'])
      .where(withKeys('judged.inspection_id', keys)),
    decisions: db
      .selectFrom('core.panel_decision')
      .select(['inspection_id', 'standard_code', 'from_rating as from', 'to_rating as to', 'reason'])
      .where(withKeys('inspection_id', keys)),
    published: db
      .selectFrom('core.published_standard_rating')
      .select(['inspection_id', 'standard_code', 'rating', 'not_rated'])
      .where(withKeys('inspection_id', keys)),
  });
  const ofQuestions = byInspection(all.questions);
  const ofAnswers = byInspection(all.answers);
  const ofJudged = byInspection(all.judged);
  const ofJudgedQuestions = byInspection(all.judgedQuestions);
  const ofDecisions = byInspection(all.decisions);
  const ofPublished = byInspection(all.published);
  const ofWithoutCases = byInspection(all.withoutCases);
  return all.inspections.map(({ inspection_id, inspection_code, edition_code, programme, as_of, rating }) => {
    const counts = groupBy(ofAnswers(inspection_id), (row) => row.question_id);
    const atLevel = (level: string) =>
      new Map(
        ofQuestions(inspection_id)
          .filter((row) => row.level === level)
          .map((row) => [row.question_code, asEvidence(row, counts.get(row.question_id))]),
      );
    const published = ofPublished(inspection_id);
    return {
      inspectionId: inspection_id,
      name: inspection_code,
      edition: edition_code,
      evidence: {
        ...(programme !== null && { programme }),
        fieldworkStart: as_of,
        keyQuestions: atLevel('key question'),
        prompts: atLevel('prompt'),
        judged: new Map(ofJudged(inspection_id).map((row) => [row.standard_code, row.rating])),
        judgedQuestions: new Map(
          ofJudgedQuestions(inspection_id).map((row) => [row.question_code, row.rating]),
        ),
        decisions: new Map(ofDecisions(inspection_id).map((row) => [row.standard_code, row])),
        publishedStandards: new Map(
          published.flatMap((row) => (row.rating ? [[row.standard_code, row.rating]] : [])),
        ),
        publishedUnrated: new Set(published.filter((row) => row.not_rated).map((row) => row.standard_code)),
        withoutCases: new Set(ofWithoutCases(inspection_id).map((row) => row.standard_code)),
        publishedOverall: rating,
      },
    };
  });
}

/** The rows of an inspection, by its key. */
function byInspection<Row extends { inspection_id: number }>(rows: Row[]): (key: number) => Row[] {
  const groups = groupBy(rows, (row) => row.inspection_id);
  return (key) => groups.get(key) ?? [];
}

interface QuestionRow extends Pick<QuestionEvidence['published'] & {}, 'relevant' | 'yes' | 'percent'> {
  cases: number | null;
  is_published: number | null;
  no_relevant_case: boolean | null;
  percent_lost: boolean | null;
}

function asEvidence(
  { cases, is_published, relevant, yes, percent, no_relevant_case, percent_lost }: QuestionRow,
  counted: readonly { answer: string; cases: number }[] | undefined,
): QuestionEvidence {
  const casesOf = (answer: string) => counted?.find((one) => one.answer === answer)?.cases ?? 0;
  const answers = { yes: casesOf('yes'), no: casesOf('no'), notApplicable: casesOf('not applicable') };
  const lost = { noRelevantCase: no_relevant_case ?? false, percentLost: percent_lost ?? false };
  return {
    inspected: cases,
    answers: counted && answers,
    published: is_published === null ? undefined : { relevant, yes, percent, ...lost },
  };
}
