import type { Connection } from '../database/connect.js';
import { together } from './at-one-moment.js';
import type {
  KeyQuestionResultRow,
  OverallRatingRow,
  PromptResultRow,
  StandardRatingRow,
} from './of-inspections.js';
import { byCode } from './view.js';

/** Everything that is known of one inspection's ratings, as the public views have it. */
export interface InspectionInFull {
  /** undefined when there is no such inspection. */
  overall: OverallRatingRow | undefined;
  /** In order of codes, as the others are. */
  standards: StandardRatingRow[];
  keyQuestions: KeyQuestionResultRow[];
  prompts: PromptResultRow[];
}

/**
 * One inspection with its standards, key questions and prompts; nothing of it is there when no inspection has the key.
 *
 * @example
 * const [wigan] = await ratings(db, { service: 'Wigan' });
 * const { overall, standards, keyQuestions, prompts } = await inspectionInFull(db, wigan!.inspection_id);
 */
export async function inspectionInFull(db: Connection, inspectionId: number): Promise<InspectionInFull> {
  const asked = await together(db, {
    overall: db.selectFrom('analytics.overall_rating').selectAll().where('inspection_id', '=', inspectionId),
    standards: db
      .selectFrom('analytics.standard_rating')
      .selectAll()
      .where('inspection_id', '=', inspectionId),
    keyQuestions: db
      .selectFrom('analytics.key_question_result')
      .selectAll()
      .where('inspection_id', '=', inspectionId),
    prompts: db.selectFrom('analytics.prompt_result').selectAll().where('inspection_id', '=', inspectionId),
  });
  return {
    overall: asked.overall[0],
    standards: byCode(asked.standards, ({ standard }) => standard),
    keyQuestions: byCode(asked.keyQuestions, ({ key_question }) => key_question),
    prompts: byCode(asked.prompts, ({ prompt }) => prompt),
  };
}
