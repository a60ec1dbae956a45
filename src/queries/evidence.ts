import { sql } from 'kysely';
import { atOneMoment, rowsAsJson } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import { groupBy } from '../group-by.js';
import type { InspectionEvidence } from '../ratings/inspection.js';
import type { QuestionEvidence } from '../ratings/question.js';

/** An inspection's evidence as the ratings computation takes it, read from the base tables alone. */
export interface InspectionToRate {
  inspectionId: number;
  name: string;
  edition: string;
  evidence: InspectionEvidence;
}

/**
 * The evidence of every inspection, or of those of some keys. Case answers are counted here, apart from the views.
 *
 * @example
 * const known = await editions(db);
 * const rated = (await evidence(db)).map((one) => rateInspection(known.get(one.edition)!, one.evidence));
 */
export function evidence(db: Connection, only?: readonly number[]): Promise<InspectionToRate[]> {
  return atOneMoment(db, async (at) => {
    const all: InspectionToRate[] = [];
    for await (const one of inPortions(at, only)) all.push(one);
    return all;
  });
}

/** So many inspections at once: what is read of them has to fit in one message of the server. */
const portion = 1000;

/** The same, one after the other; `before` is told the keys of those that come next. */
export async function* inPortions(
  db: Connection,
  only?: readonly number[],
  before: (keys: number[]) => Promise<void> = async () => {},
): AsyncGenerator<InspectionToRate> {
  const asked = db.selectFrom('core.inspection').select('inspection_id').orderBy('inspection_id');
  const keys = only ?? (await rowsAsJson(db, asked)).map(({ inspection_id }) => inspection_id);
  for (let from = 0; from < keys.length; from += portion) {
    const next = keys.slice(from, from + portion);
    await before(next);
    yield* await readEvidence(db, next);
  }
}

async function readEvidence(db: Connection, only: readonly number[]): Promise<InspectionToRate[]> {
  const inspections = await rowsAsJson(
    db,
    db
      .selectFrom('core.inspection')
      .leftJoin(
        'core.published_overall',
        'core.published_overall.inspection_id',
        'core.inspection.inspection_id',
      )
      .select([
        'core.inspection.inspection_id',
        'inspection_code',
        'core.inspection.edition_code',
        'core.inspection.programme',
        'rating',
        // the rules are those of the fieldwork; where only the publication is known, those of then
        sql<string>`as_of`.as('as_of'),
      ])
      .where(sql<boolean>`core.inspection.inspection_id = any(${[...only]}::bigint[])`)
      .orderBy('core.inspection.inspection_id'),
  );
  const byInspection = <Row extends { inspection_id: number }>(rows: Row[]) =>
    groupBy(rows, (row) => row.inspection_id);
  const isWanted = (column: string) => sql<boolean>`${sql.ref(column)} = any(${[...only]}::bigint[])`;

  const questions = byInspection(
    await rowsAsJson(
      db,
      db
        .selectFrom('core.inspection_sample as sample')
        .innerJoin('core.question as question', 'question.sample_id', 'sample.sample_id')
        .leftJoin('core.published_result as published', (join) =>
          join
            .onRef('published.inspection_id', '=', 'sample.inspection_id')
            .onRef('published.question_id', '=', 'question.question_id'),
        )
        .innerJoin('core.inspection as inspection', 'inspection.inspection_id', 'sample.inspection_id')
        .select([
          'sample.inspection_id',
          'question.question_id',
          'question_code',
          'level',
          'cases',
          'published.inspection_id as is_published',
          'relevant',
          'yes',
          'percent',
          'no_relevant_case',
          'percent_lost',
        ])
        .where(isWanted('sample.inspection_id'))
        .where(sql<boolean>`question.in_force @> inspection.as_of`)
        .orderBy('question.position'),
    ),
  );
  const answers = byInspection(
    await rowsAsJson(
      db,
      db
        .selectFrom('core.answer')
        .select(['inspection_id', 'question_id', 'answer'])
        .select(({ fn }) => fn.countAll<number>().as('cases'))
        .where(isWanted('inspection_id'))
        .groupBy(['inspection_id', 'question_id', 'answer']),
    ),
  );
  const judged = byInspection(
    await rowsAsJson(
      db,
      db
        .selectFrom('core.qualitative_rating')
        .select(['inspection_id', 'standard_code', 'rating'])
        .where(isWanted('inspection_id')),
    ),
  );
  const decisions = byInspection(
    await rowsAsJson(
      db,
      db
        .selectFrom('core.panel_decision')
        .select(['inspection_id', 'standard_code', 'from_rating as from', 'to_rating as to', 'reason'])
        .where(isWanted('inspection_id')),
    ),
  );
  const published = byInspection(
    await rowsAsJson(
      db,
      db
        .selectFrom('core.published_standard_rating')
        .select(['inspection_id', 'standard_code', 'rating', 'not_rated'])
        .where(isWanted('inspection_id')),
    ),
  );
  const judgedQuestions = byInspection(
    await rowsAsJson(
      db,
      db
        .selectFrom('core.judged_question as judged')
        .innerJoin('core.question as question', 'question.question_id', 'judged.question_id')
        .select(['judged.inspection_id', 'question_code', 'rating'])
        .where(isWanted('judged.inspection_id')),
    ),
  );

  const withoutCases = byInspection(
    await rowsAsJson(
      db,
      db
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
        .where(isWanted('drawn.inspection_id')),
    ),
  );

  return inspections.map(({ inspection_id, inspection_code, edition_code, programme, as_of, rating }) => {
    const counts = groupBy(answers.get(inspection_id) ?? [], (row) => row.question_id);
    const known = (questions.get(inspection_id) ?? []).map((row) => {
      const counted = counts.get(row.question_id);
      const casesOf = (answer: string) => counted?.find((one) => one.answer === answer)?.cases ?? 0;
      const entry: QuestionEvidence = {
        inspected: row.cases,
        answers: counted && {
          yes: casesOf('yes'),
          no: casesOf('no'),
          notApplicable: casesOf('not applicable'),
        },
        published:
          row.is_published === null
            ? undefined
            : {
                relevant: row.relevant,
                yes: row.yes,
                percent: row.percent,
                noRelevantCase: row.no_relevant_case ?? false,
                percentLost: row.percent_lost ?? false,
              },
      };
      return { level: row.level, code: row.question_code, entry };
    });
    const atLevel = (level: string) =>
      new Map(known.filter((row) => row.level === level).map(({ code, entry }) => [code, entry]));
    return {
      inspectionId: inspection_id,
      name: inspection_code,
      edition: edition_code,
      evidence: {
        ...(programme !== null && { programme }),
        fieldworkStart: as_of,
        keyQuestions: atLevel('key question'),
        prompts: atLevel('prompt'),
        judged: new Map((judged.get(inspection_id) ?? []).map((row) => [row.standard_code, row.rating])),
        decisions: new Map((decisions.get(inspection_id) ?? []).map((row) => [row.standard_code, row])),
        publishedStandards: new Map(
          (published.get(inspection_id) ?? []).flatMap((row) =>
            row.rating ? [[row.standard_code, row.rating] as const] : [],
          ),
        ),
        judgedQuestions: new Map(
          (judgedQuestions.get(inspection_id) ?? []).map((row) => [row.question_code, row.rating]),
        ),
        publishedUnrated: new Set(
          (published.get(inspection_id) ?? []).filter((row) => row.not_rated).map((row) => row.standard_code),
        ),
        withoutCases: new Set((withoutCases.get(inspection_id) ?? []).map((row) => row.standard_code)),
        publishedOverall: rating,
      },
    };
  });
}
