import { sql } from 'kysely';
import { together } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import { exitCode, UserError } from '../problem.js';
import { checkedKeys, inOrder, type ViewName, type ViewRow } from './view.js';

/** Everything that is known of one inspection's ratings, as the public views have it; standards and questions in order of codes. */
export type InspectionInFull = Awaited<ReturnType<typeof inspectionInFull>>;

/**
 * One inspection with its standards, key questions and prompts. Throws a UserError when no inspection has the key.
 * @example
 * const [wigan] = await ratings(db, { service: 'Wigan' });
 * const { overall, standards, keyQuestions, prompts } = await inspectionInFull(db, wigan!.inspection_id);
 */
export async function inspectionInFull(db: Connection, inspectionId: number) {
  const of = <View extends ViewName>(view: View) =>
    sql<
      ViewRow<View>
    >`select * from ${sql.table(`analytics.${view}`)} where inspection_id = ${checkedKeys([inspectionId])[0]}`;
  const asked = await together(db, {
    overall: of('overall_rating'),
    standards: of('standard_rating'),
    keyQuestions: of('key_question_result'),
    prompts: of('prompt_result'),
  });
  const [overall] = asked.overall;
  if (!overall) throw new UserError(`There is no inspection with the key ${inspectionId}.`, exitCode.call);
  return {
    overall,
    standards: inOrder(asked.standards),
    keyQuestions: inOrder(asked.keyQuestions),
    prompts: inOrder(asked.prompts),
  };
}
