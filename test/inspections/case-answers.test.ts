import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { load } from '../../src/import/load.js';
import { dbPath } from '../../src/paths.js';
import { reconciliation } from '../../src/queries/reconciliation.js';
import { compareSqlAndTypescript } from '../../src/reconcile/sql-and-typescript.js';
import { testFolder } from '../support/bundles.js';
import { askedQuestions, bundleFiles, caseTables, wide } from '../support/case-files.js';
import { rolledBack, testDatabase } from '../support/database.js';
import { renew } from '../support/renew.js';

// Case answers are the best evidence. Made to realise every published count, they have to give every published figure back.

const database = testDatabase();
const files = testFolder();

/** A folder with a bundled inspection as it is, and case files beside it that realise its counts. */
async function withCaseFiles(bundle: string, form: 'long' | 'wide'): Promise<string> {
  const yaml = readFileSync(dbPath('inspections', bundle, 'inspection.yaml'), 'utf8');
  const { cases, answers } = caseTables(parse(yaml), askedQuestions('2018'));
  return files.folder(bundleFiles({ yaml, cases, answers: form === 'wide' ? wide(answers) : answers }));
}

describe.each([
  // court: 12 key questions and 51 prompts; out of court: 11 and 42. A case file has an answer in every cell, also where
  // the report lost one: there Kensington and Chelsea's two (3.1.3.a, 3.2.1.e) are na.
  {
    area: 'Kensington and Chelsea',
    bundle: 'kensington-and-chelsea-2021-03',
    form: 'long' as const,
    answers: 63 * 4 + 53 * 3,
    lost: ['3.1.3.a', '3.2.1.e'],
    // of its lost cell a yes is legible, which is three
    denied: ['3.2.1.e'],
  },
  {
    area: 'Wigan',
    bundle: 'wigan-2021-08',
    form: 'wide' as const,
    answers: 63 * 9 + 53 * 5,
    lost: [] as string[],
    denied: [] as string[],
  },
])('$area as case answers, $form', ({ area, bundle, form, answers, lost, denied }) => {
  test('gives back every published figure, now from case answers', async () => {
    await rolledBack(database.db, async (trx) => {
      const key = (row: { level: string; code: string }) => `${row.level} ${row.code}`;
      const here = async () => {
        const { inspection_id } = await trx
          .selectFrom('analytics.inspection')
          .select('inspection_id')
          .where('area', '=', area)
          .executeTakeFirstOrThrow();
        return (await reconciliation(trx)).filter((row) => row.inspection_id === inspection_id);
      };
      const before = await here();
      const shownBefore = await results(trx, area);
      expect(await load(trx, [await withCaseFiles(bundle, form)])).toMatchObject([
        { outcome: 'replaced', answers },
      ]);
      const after = await here();

      expect(after.map((row) => [key(row), row.published, row.computed, row.status])).toEqual(
        before.map((row) => [
          key(row),
          row.published,
          // no case is relevant to a lost cell's question, for its answers are na
          row.published.endsWith('lost') ? '0 of 0' : row.published === 'N/A' ? 'N/A' : row.computed,
          denied.includes(row.code) ? 'disagrees' : row.status,
        ]),
      );
      const codes = (wanted: string) =>
        after.filter(({ status }) => status === wanted).map(({ code }) => code);
      expect([...codes('not computable'), ...codes('disagrees')]).toEqual(lost);
      expect(codes('disagrees')).toEqual(denied);
      const shown = await results(trx, area);
      const isThere = ({ prompt }: { prompt: string | null }) => !lost.includes(prompt ?? '');
      expect({ ...shown, prompts: shown.prompts.filter(isThere) }).toEqual({
        ...shownBefore,
        prompts: shownBefore.prompts.filter(isThere),
      });
      const ofLost = shown.prompts.filter((row) => !isThere(row));
      expect(ofLost.map((row) => [row.prompt, row.relevant, row.not_applicable, row.percent])).toEqual(
        lost.map((prompt) => [prompt, 0, 3, null]),
      );

      const evidence = await trx
        .selectFrom('analytics.key_question_result')
        .select('evidence')
        .distinct()
        .where('area', '=', area)
        .execute();
      expect(evidence).toEqual([{ evidence: 'case answers' }]);
      expect((await compareSqlAndTypescript(trx)).differences).toEqual([]);
    });
  });

  test('disagrees when one answer is changed', async () => {
    await rolledBack(database.db, async (trx) => {
      await load(trx, [await withCaseFiles(bundle, form)]);
      const question = await trx
        .selectFrom('core.question')
        .select('question_id')
        .where('question_code', '=', '2.1.1')
        .where('edition_code', '=', '2018')
        .executeTakeFirstOrThrow();
      // the first case's yes becomes a no
      await trx
        .updateTable('core.answer')
        .set({ answer: 'no' })
        .where('question_id', '=', question.question_id)
        .where('case_no', '=', 1)
        .execute();
      // past the loader: what is kept of the results is not true any more, which shows, and is made anew
      const { rows } = await sql<{
        inspection_id: number;
      }>`select distinct inspection_id from rating.kept_difference`.execute(trx);
      expect(rows.length).toBeGreaterThan(0);
      await renew(
        trx,
        rows.map(({ inspection_id }) => inspection_id),
      );
      const after = await sql`select * from rating.kept_difference`.execute(trx);
      expect(after.rows).toEqual([]);
      const disagreeing = (await reconciliation(trx)).filter(({ status }) => status === 'disagrees');
      expect(disagreeing.map(({ level, code }) => `${level} ${code}`)).toContain('key question 2.1.1');
    });
  });
});

/** Counts and percentages as the public views show them, without what they rest on. */
async function results(trx: Parameters<typeof reconciliation>[0], area: string) {
  const columns = [
    'standard',
    'key_question',
    'yes',
    'no',
    'not_applicable',
    'relevant',
    'inspected',
    'percent',
  ] as const;
  const prompts = await trx
    .selectFrom('analytics.prompt_result')
    .select(['prompt', ...columns])
    .where('area', '=', area)
    .orderBy('prompt')
    .execute();
  const keyQuestions = await trx
    .selectFrom('analytics.key_question_result')
    .select([...columns, 'rating', 'low', 'high'])
    .where('area', '=', area)
    .orderBy('key_question')
    .execute();
  return { prompts, keyQuestions };
}
