import { describe, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { UserError } from '../../src/problem.js';
import { compareSqlAndTypescript } from '../../src/reconcile/sql-and-typescript.js';
import { valuesOf } from '../support/asked.js';
import { invented, testFolder } from '../support/bundles.js';
import { command } from '../support/command.js';
import { rolledBack, testDatabase } from '../support/database.js';
import { bundle as caseFiles, small } from './case-tables/small.js';

// What a report prints though it can't all be true is refused, because it is mostly a slip of whoever wrote the file down. Said to be
// as printed, both figures are kept and shown, and nothing is computed from what can't be.

const database = testDatabase();
const files = testFolder();

const inspection = (court_disposals: object, figures: object = {}) =>
  invented({
    service: { name: 'Barset Youth Justice Service', area: 'Barset' },
    ...{ sample: { court_disposals }, ...figures },
  });

/** What is shown of a bundle that is loaded as printed. It is refused otherwise, with the option named. */
async function asPrinted(bundle: string) {
  return rolledBack(database.db, async (trx) => {
    const refusal = await load(trx, [bundle], { newService: true }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UserError);
    for (const { message } of (refusal as UserError).problems) expect(message).toContain('--as-printed');
    const [loaded] = await load(trx, [bundle], { newService: true, asPrinted: true });
    const { inspectionId = 0, notices = [] } = loaded ?? {};
    expect(notices.map(({ message }) => message)).toEqual(
      (refusal as UserError).problems.map(({ message }) => message.replace(/ \(if.*/, ': loaded as printed')),
    );
    expect((await compareSqlAndTypescript(trx, [inspectionId])).differences).toEqual([]);
    const one = async (query: string) =>
      (await valuesOf(trx, `${query} and inspection_id = ${inspectionId}`))[0];
    const disagreeing = await valuesOf(
      trx,
      `select level, code, published, computed, explanation from analytics.reconciliation
      where status = 'disagrees' and inspection_id = ${inspectionId} order by level_rank, explanation`,
    );
    const question = await one(
      "select yes, relevant, not_applicable, percent, rating, inspected from analytics.key_question_result where key_question = '2.1.1'",
    );
    const sample = await one(
      "select cases from core.inspection_sample join core.sample using (sample_id) where sample = 'court'",
    );
    return { disagreeing, question, sample };
  });
}

describe('figures of a question that can not be are kept, and unknown for computing', () => {
  test.each<[figures: object, published: string, why: string]>([
    [{ relevant_cases: 6, yes: 7 }, '7 of 6', 'yes 7 is more than 6 relevant cases'],
    [{ lost: ['relevant_cases'], yes: 10 }, '10 of lost', '10 is more than the 9 cases of the sample'],
  ])('%j', async (figures, published, why) => {
    const text = inspection({ cases: 9 }, { key_questions: { '2.1.1': figures } });
    const { disagreeing, question } = await asPrinted(await files.bundle(text));
    expect(disagreeing).toEqual([
      ['key question', '2.1.1', published, null, expect.stringMatching(new RegExp(`^${why}`))],
    ]);
    expect(question).toEqual([...Array(5).fill(null), 9]);
  });
});

test('a score above its maximum', async () => {
  const { disagreeing } = await asPrinted(
    await files.bundle(inspection({ cases: 9 }, { overall: { score: 37, out_of: 36 } })),
  );
  expect(disagreeing).toEqual([
    ['score', 'score', '37/36', null, expect.stringMatching(/; the score is more than its maximum$/)],
  ]);
});

describe('figures of a sample', () => {
  test.each<[sample: object, code: string, figures: [string, string], why: string]>([
    [{ cases: 9, custodial_sentence: 10 }, 'cases', ['9', '10'], 'the disposals sum to 10, but cases is 9'],
    [
      { cases: 9, community_sentence: 4, referral_order: 5 },
      'community_sentence',
      ['4', '5'],
      'community_sentence is 4, but its parts sum to 5',
    ],
  ])('%j', async (sample, code, figures, why) => {
    const found = await asPrinted(await files.bundle(inspection(sample)));
    expect(found.disagreeing).toEqual([
      ['sample', `court_disposals.${code}`, ...figures, `court_disposals: ${why}`],
    ]);
    expect(found.sample).toEqual([9]);
  });

  test('unlike the listed cases, which are what is computed from', async () => {
    const found = await asPrinted(
      await files.folder(caseFiles({ yaml: small.yaml.replace('cases: 2, referral', 'cases: 3, referral') })),
    );
    expect(found.disagreeing).toEqual([
      ['sample', 'court_disposals.cases', '3', '2', 'court_disposals: cases is 3, but cases.csv lists 2'],
    ]);
    expect([found.question?.at(-1), found.sample]).toEqual([2, [2]]);
  });
});

test('the command takes it as an option, for bundles', async () => {
  const bundle = await files.bundle(
    inspection({ cases: 9 }, { key_questions: { '2.1.1': { relevant_cases: 6, yes: 7 } } }),
  );
  const env = { DATABASE_URL: database.url };
  const load = (...args: string[]) => command(['load', '--new-service', ...args], { env });
  expect((await load(bundle)).stderr).toContain('load it with --as-printed');
  expect((await load(bundle, '--as-printed')).code).toBe(0);
  expect((await command(['reconcile', '--synthetic'], { env })).code).toBe(1);
  expect(await load('--ratings', 'table.csv', '--as-printed')).toMatchObject({ code: 2 });
});
