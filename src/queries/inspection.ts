import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';

/** Everything that is known of one inspection's ratings, as the public views have it. */
export interface InspectionInFull {
  /** undefined when there is no such inspection. */
  overall: Selectable<DB['analytics.overall_rating']> | undefined;
  /** In order of codes, as the others are. */
  standards: Selectable<DB['analytics.standard_rating']>[];
  keyQuestions: Selectable<DB['analytics.key_question_result']>[];
  prompts: Selectable<DB['analytics.prompt_result']>[];
}

/** One inspection with its standards, key questions and prompts; nothing of it is there when no inspection has the key. */
export async function inspectionInFull(db: Connection, inspectionId: number): Promise<InspectionInFull> {
  // All four are sent before the first is answered: on one connection that is one wait.
  const ask = async (on: Connection): Promise<InspectionInFull> => {
    const [[overall], standards, keyQuestions, prompts] = await Promise.all([
      on
        .selectFrom('analytics.overall_rating')
        .selectAll()
        .where('inspection_id', '=', inspectionId)
        .execute(),
      on
        .selectFrom('analytics.standard_rating')
        .selectAll()
        .where('inspection_id', '=', inspectionId)
        .execute(),
      on
        .selectFrom('analytics.key_question_result')
        .selectAll()
        .where('inspection_id', '=', inspectionId)
        .execute(),
      on
        .selectFrom('analytics.prompt_result')
        .selectAll()
        .where('inspection_id', '=', inspectionId)
        .execute(),
    ]);
    return {
      overall,
      standards: byCode(standards, ({ standard }) => standard),
      keyQuestions: byCode(keyQuestions, ({ key_question }) => key_question),
      prompts: byCode(prompts, ({ prompt }) => prompt),
    };
  };
  return db.isTransaction ? ask(db) : db.connection().execute(ask);
}

const order = new Intl.Collator('en', { numeric: true });

function byCode<Row>(rows: Row[], codeOf: (row: Row) => string | null): Row[] {
  return rows.sort((a, b) => order.compare(codeOf(a) ?? '', codeOf(b) ?? ''));
}
