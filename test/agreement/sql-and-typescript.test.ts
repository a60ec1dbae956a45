import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EditionFile } from '../../src/import/edition/edition-entries.js';
import { writeEdition } from '../../src/import/edition/write-edition.js';
import { compareSqlAndTypescript, rowsOfViews } from '../../src/reconcile/sql-and-typescript.js';
import { rolledBack, testDatabase } from '../support/database.js';
import { randomEdition } from '../support/random-edition.js';
import { randomInspection, writeRandomInspection } from '../support/random-inspection.js';
import { renew } from '../support/renew.js';

const database = testDatabase();
const seed = Number(process.env.AGREEMENT_SEED ?? 20_210_804);
const editions = Number(process.env.AGREEMENT_RUNS ?? 12);

test('SQL and TypeScript give the same for every bundled inspection', async () => {
  const { cells, differences } = await compareSqlAndTypescript(database.db);
  expect(differences).toEqual([]);
  expect(cells).toBeGreaterThan(4000);
});

test('SQL and TypeScript give the same for random inspections under random editions', async () => {
  const seen = new Map<string, number>();
  const note = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(
      randomEdition(),
      fc.array(randomInspection(), { minLength: 8, maxLength: 8 }),
      async (edition, inspections) => {
        await rolledBack(database.db, async (trx) => {
          await writeEdition(trx, edition);
          const judged = judgedQuestions(edition);
          const ids: number[] = [];
          for (const [at, inspection] of inspections.entries())
            ids.push(await writeRandomInspection(trx, edition, inspection, at));
          await renew(trx, ids);
          expect((await compareSqlAndTypescript(trx)).differences).toEqual([]);
          const rows = await rowsOfViews(trx);
          for (const id of ids) {
            const overall = rows.get(id)?.get('overall');
            if (overall?.not_computed_because)
              note(`${overall.not_computed_because}`.replace(/ (for|rated:) .*/, ''));
            note(overall?.rating_without_discretion ? 'overall computed' : `overall not computed`);
            if (overall?.limited_by) note('limited');
            for (const [key, row] of rows.get(id) ?? []) {
              if (key.startsWith('standard') && row.computed_rating) note('standard computed');
              if (key.startsWith('standard') && judged.has(`${row.driving_key_question}`))
                note('set by a judged key question');
              if (row.not_computed_because === 'the bands of the edition are not known')
                note('bands not known');
              if (row.one_case_flips === true) note('one case flips');
              if (row.rounding_matters === true) note('rounding matters');
              if (row.not_computed_because === 'no relevant case') note('standard without a relevant case');
            }
          }
        });
      },
    ),
    { seed, numRuns: editions, endOnFailure: true },
  );
  // Agreement about nothing would prove nothing: every kind of outcome has to have come up.
  for (const outcome of [
    'overall computed',
    'overall not computed',
    'limited',
    'standard computed',
    'one case flips',
    'rounding matters',
    'standard without a relevant case',
    'set by a judged key question',
    'bands not known',
    'no rating is known',
    'the rule of the overall rating is not known',
    'it is judged, not computed',
    'the edition has no overall rating',
  ]) {
    expect(seen.get(outcome) ?? 0, outcome).toBeGreaterThan(0);
  }
}, 300_000);

/** Codes of the key questions of case-based standards that are judged. */
const judgedQuestions = ({ domains }: EditionFile) =>
  new Set(
    domains
      .flatMap(({ standards }) => standards)
      .filter(({ basis }) => basis === 'cases')
      .flatMap(({ key_questions = [] }) => key_questions)
      .filter(({ basis }) => basis === 'qualitative')
      .map(({ code }) => code),
  );
