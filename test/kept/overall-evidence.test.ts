import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { rolledBack, testDatabase } from '../support/database.js';
import { renew } from '../support/renew.js';

const database = testDatabase();

test('an inspection rests on what its key questions rest on, whatever its prompts do', async () => {
  const evidence = await rolledBack(database.db, async (trx) => {
    await sql`
      update core.published_result set relevant = null, yes = null, percent = 50
      from core.question, core.inspection
      where question.question_id = published_result.question_id and question.level = 'prompt'
        and inspection.inspection_id = published_result.inspection_id
        and inspection.inspection_code like 'wigan%' and published_result.yes is not null`.execute(trx);
    await renew(trx);
    const { rows } = await sql<{ prompts: string[]; overall: string }>`
      select
        array(
          select distinct prompt.evidence from analytics.prompt_result as prompt where prompt.inspection_id = inspection.inspection_id
          order by 1
        ) as prompts,
        overall.evidence as overall
      from rating.overall_result as overall join core.inspection using (inspection_id)
      where inspection_code like 'wigan%'`.execute(trx);
    return rows;
  });
  expect(evidence).toEqual([{ prompts: ['published percentages'], overall: 'published counts' }]);
});

test('an inspection rests on the weakest evidence of a key question', async () => {
  const evidence = await rolledBack(database.db, async (trx) => {
    await sql`
      update core.published_result set relevant = null, yes = null, percent = 50
      from core.question, core.inspection
      where question.question_id = published_result.question_id and question.question_code = '2.1.1'
        and inspection.inspection_id = published_result.inspection_id and inspection.inspection_code like 'wigan%'`.execute(
      trx,
    );
    await renew(trx);
    const { rows } = await sql<{ evidence: string }>`
      select evidence
      from rating.overall_result join core.inspection using (inspection_id)
      where inspection_code like 'wigan%'`.execute(trx);
    return rows;
  });
  expect(evidence).toEqual([{ evidence: 'published percentages' }]);
});
