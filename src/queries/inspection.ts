import { sql } from 'kysely';
import { together } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import { exitCode, UserError } from '../problem.js';
import type {
  KeyQuestionResultRow,
  OverallRatingRow,
  PromptResultRow,
  StandardRatingRow,
} from './of-inspections.js';
import { byCode } from './view.js';

/** Everything that is known of one inspection's ratings, as the public views have it; standards and questions in order of codes. */
export interface InspectionInFull {
  overall: OverallRatingRow;
  standards: StandardRatingRow[];
  keyQuestions: KeyQuestionResultRow[];
  prompts: PromptResultRow[];
}

/**
 * One inspection with its standards, key questions and prompts. Throws a UserError when no inspection has the key.
 * @example
 * const [wigan] = await ratings(db, { service: 'Wigan' });
 * const { overall, standards, keyQuestions, prompts } = await inspectionInFull(db, wigan!.inspection_id);
 */
export async function inspectionInFull(db: Connection, inspectionId: number): Promise<InspectionInFull> {
  const of = <Row>(view: string) =>
    sql<Row>`select * from ${sql.table(`analytics.${view}`)} where inspection_id = ${inspectionId}`;
  const asked = await together(db, {
    overall: of<OverallRatingRow>('overall_rating'),
    standards: of<StandardRatingRow>('standard_rating'),
    keyQuestions: of<KeyQuestionResultRow>('key_question_result'),
    prompts: of<PromptResultRow>('prompt_result'),
  });
  const [overall] = asked.overall;
  if (!overall) throw new UserError(`There is no inspection with the key ${inspectionId}.`, exitCode.call);
  return {
    overall,
    standards: byCode(asked.standards, ({ standard }) => standard),
    keyQuestions: byCode(asked.keyQuestions, ({ key_question }) => key_question),
    prompts: byCode(asked.prompts, ({ prompt }) => prompt),
  };
}
