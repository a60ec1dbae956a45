import { sql } from 'kysely';
import { atOneMoment, rowsAsJson, together } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import { groupBy } from '../group-by.js';
import type { InspectionEvidence } from '../ratings/inspection.js';
import { checkedKeys, isSynthetic, type Synthetic, withKeys } from './view.js';

/** An inspection's evidence as the ratings computation takes it, read from the base tables alone. */
export interface InspectionToRate {
  inspectionId: number;
  name: string;
  edition: string;
  evidence: InspectionEvidence;
}

/**
 * The evidence of every real inspection, of invented ones or both, or of those of some keys. Case answers are counted apart from the views.
 * @example
 * const known = await editions(db);
 * const rated = (await evidence(db)).map((one) => rateInspection(known.get(one.edition)!, one.evidence));
 */
export function evidence(
  db: Connection,
  only?: readonly number[],
  { synthetic = false }: { synthetic?: Synthetic } = {},
): Promise<InspectionToRate[]> {
  return atOneMoment(db, async (at) => {
    const all: InspectionToRate[] = [];
    for await (const some of inPortions(at, only, synthetic)) all.push(...some);
    return all;
  });
}

/** So many inspections at once: what is read of them has to fit in one message of the server. */
const portion = 1000;

/** The same, a portion after the other. */
export async function* inPortions(
  db: Connection,
  only: readonly number[] | undefined,
  synthetic: Synthetic,
): AsyncGenerator<InspectionToRate[]> {
  const is_synthetic = isSynthetic(synthetic);
  const asked = db
    .selectFrom('core.inspection')
    .select('inspection_id')
    .$if(is_synthetic !== undefined, (query) => query.where('is_synthetic', '=', is_synthetic as boolean))
    .orderBy('inspection_id');
  const keys = only
    ? checkedKeys(only)
    : (await rowsAsJson(db, asked)).map(({ inspection_id }) => inspection_id);
  for (let from = 0; from < keys.length; from += portion)
    yield await readEvidence(db, keys.slice(from, from + portion));
}

/** A part of an inspection's evidence, by the code of a standard or question. */
interface Known {
  inspection_id: number;
  part: keyof InspectionEvidence;
  key: string;
  value: unknown;
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
    known: sql<Known>`select * from rating.evidence_part where ${withKeys('inspection_id', keys)} order by position`,
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
