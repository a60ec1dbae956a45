import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { rolledBack, testDatabase } from '../support/database.js';

// The views give the 95% interval beside that of the edition.
const database = testDatabase();

type Ends = Record<string, number | null>;
const rounded = (row: Ends | undefined) =>
  Object.values(row ?? {}).map((end) => (end === null ? null : Math.round(100 * end) / 100));

/** Low and high at the level of the edition, then at 95%, with something before the names of the columns. */
const ends = (of = '') => ['low', 'high', 'low_95', 'high_95'].map((end) => `${of}${end}`).join(', ');
const _both = `${ends('relevant_')}, ${ends('inspected_')}`;

test.each<[string, string, string, string, (number | null)[]]>([
  // (8 + z²/2 ∓ z √(8 · 1 / 9 + z²/4)) / (9 + z²), for z² = 1.642374 and 3.841459
  ['a key question: 8 of 9', 'Wigan', '2.1.1', ends(), [69.16, 96.61, 56.5, 98.01]],
  // which only 5 of 11 gives: 5 · 6 / 11 under the root
  ['a printed percentage: 45% of 11', 'Barnet', '2.1.3.a', ends(), [28.09, 64, 21.27, 71.99]],
  ['a percentage that no whole count gives', 'Barnet', '2.3.1.d', ends(), [null, null, null, null]],
  // 5 of 8 relevant cases, of 9 inspected ones
  ['relevant cases', 'Wigan', '2.2.2', ends('relevant_'), [40.28, 80.46, 30.57, 86.32]],
  ['inspected cases', 'Wigan', '2.2.2', ends('inspected_'), [35.16, 74.24, 26.67, 81.12]],
])('of %s', async (_, area, code, columns, expected) => {
  const [view, column] =
    code.length === 5 ? ['key_question_result', 'key_question'] : ['prompt_result', 'prompt'];
  const { rows } = await sql<Ends>`
    select ${sql.raw(columns)} from ${sql.table(`analytics.${view}`)}
    where area = ${area} and ${sql.ref(column as string)} = ${code}`.execute(database.db);
  expect(rows.map(rounded)).toEqual([expected]);
});

// Wigan 2.2.2: 5 of 9 inspected cases; figures from a program of another language
test.each([
  ['half of them', 18, [18, 40.31, 69.82, 33.17, 75.89]],
  ['all of them', 9, [9, 55.56, 55.56, 55.56, 55.56]],
  ['no one knows how many', null, [null, null, null, null, null]],
])('among eligible cases, which are inspected: %s', async (_, eligible, expected) => {
  const row = await rolledBack(database.db, async (trx) => {
    await sql`
      update core.inspection_sample set eligible_cases = ${eligible}
      where sample_id = (select sample_id from core.sample where edition_code = '2018' and sample = 'court')
        and inspection_id = (select inspection_id from analytics.inspection where area = 'Wigan')`.execute(
      trx,
    );
    const { rows } = await sql<Ends>`
      select eligible, ${sql.raw(ends('eligible_'))} from analytics.key_question_result
      where area = 'Wigan' and key_question = '2.2.2'`.execute(trx);
    return rows[0];
  });
  expect(rounded(row)).toEqual(expected);
});
