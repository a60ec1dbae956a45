import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { valuesOf } from '../support/asked.js';
import { invented, testFolder } from '../support/bundles.js';
import { asCsv, askedQuestions } from '../support/case-files.js';
import { asReaderOf, rolledBack, testDatabase } from '../support/database.js';
import { loadProgramme } from '../support/programme.js';

// Five cases are too few: the number that core.disclosure_control has.
const database = testDatabase();
const files = testFolder();

const forget = () => database.db.deleteFrom('core.inspection').where('is_synthetic', '=', true).execute();
afterEach(forget);

/** A letter for each case's answer to 2.1.1, by value of a characteristic. */
type Groups = Record<string, string>;
const answerOf: Record<string, string> = { y: 'yes', n: 'no', x: 'na' };

/** Loads court cases; all are of one kind but for so many of the last ones, which are of another. */
async function loadGroups(attribute: string, groups: Groups, ofAnotherKind = 0): Promise<void> {
  const cases = Object.entries(groups).flatMap(([value, letters]) =>
    [...letters].map((letter, at) => ({
      pseudonym: `${value}-${at + 1}`,
      value,
      answer: answerOf[letter] as string,
    })),
  );
  const ofOneKind = cases.length - ofAnotherKind;
  const questions = askedQuestions('2018').filter(({ sample }) => sample === 'court');
  const folder = await files.folder({
    'inspection.yaml': invented({
      sample: {
        court_disposals: {
          cases: cases.length,
          referral_order: ofOneKind,
          custodial_sentence: ofAnotherKind,
        },
      },
    }),
    'cases.csv': asCsv([
      ['case', 'sample', 'disposal', attribute],
      ...cases.map(({ pseudonym, value }, at) => [
        ...[pseudonym, 'court', at < ofOneKind ? 'referral_order' : 'custodial_sentence', value],
      ]),
    ]),
    'answers.csv': asCsv([
      ['case', 'question', 'answer'],
      ...cases.flatMap(({ pseudonym, answer }) =>
        questions.map(({ code }) => [pseudonym, code, code === '2.1.1' ? answer : 'na']),
      ),
    ]),
  });
  await load(database.db, [folder]);
}

/** What readers see of a characteristic and 2.1.1. */
const seen = (attribute: string) =>
  asReaderOf(database, async (reader) => {
    const rows = await reader
      .selectFrom('analytics.subgroup_result')
      .select(['value', 'cases', 'yes', 'no', 'not_applicable', 'relevant', 'percent', 'marker'])
      .select(['low', 'high', 'low_95', 'high_95'])
      .where('key_question', '=', '2.1.1')
      .where('attribute', '=', attribute)
      .orderBy('value')
      .execute();
    return rows.map((row) =>
      Object.values(row).map((cell) => (Number.isInteger(cell) ? cell : rounded(cell))),
    );
  });
const rounded = (cell: string | number | null) => (typeof cell === 'number' ? Number(cell.toFixed(4)) : cell);

const noInterval = [null, null, null, null];
const hidden = [null, null, null, null, null, '[c]', ...noInterval];
const allHidden = ['another gender', 'female', 'male', 'not known'].map((value) => [value, null, ...hidden]);
const sizesShown = [
  ['female', 6, ...hidden],
  ['male', 10, ...hidden],
];

// Of each group: cases, yes, no, not applicable, relevant, percent, marker, and both intervals.
test.each<[string, Groups, (string | number | null)[][]]>([
  [
    'shown when every group is large enough, with intervals',
    { male: 'nnyyyyyyy', female: 'nnyyyx' },
    // 3 of 5 and 7 of 9: Wilson's quadratic solved by another program
    [
      ['female', 6, 3, 2, 1, 5, 60, null, 33.0421, 82.0127, 23.0724, 88.2379],
      ['male', 9, 7, 2, 0, 9, 78, null, 56.6058, 90.3762, 45.2589, 93.6775],
    ],
  ],
  [
    'hidden for a group of too few, and for the other that the total would give it away with',
    { male: 'yyyyyyynnx', female: 'ynx' },
    allHidden,
  ],
  [
    'hidden where a group could have too few relevant cases; the sizes of such groups are not',
    { male: 'yyyyyyynnn', female: 'ynxxxx' },
    sizesShown,
  ],
  [
    'shown where the total tells them all',
    { male: 'xxxxxxxxxx', female: 'xxxxxx' },
    [
      ['female', 6, 0, 0, 6, 0, null, '[z]', ...noInterval],
      ['male', 10, 0, 0, 10, 0, null, '[z]', ...noInterval],
    ],
  ],
  [
    'hidden in a sample of too few cases for two groups, and all values that there could be are listed',
    { female: 'ynxxxxxxx' },
    allHidden,
  ],
])('answers of groups are %s', async (_, groups, expected) => {
  await loadGroups('gender', groups);
  expect(await seen('gender')).toEqual(expected);
});

test('answers of groups are no more than the published total where all cases share the value', async () => {
  await loadGroups('gender', { female: 'ynxxxxxxxx' });
  expect((await seen('gender')).map((row) => row.slice(0, 8))).toEqual([
    ['female', 10, 1, 1, 8, 2, 50, null],
  ]);
});

test('answers by kind of case are hidden where a kind has few, but not its size, which the report prints', async () => {
  await loadGroups('gender', { male: 'yyyyyyynnnnn' }, 2);
  expect(await seen('disposal')).toEqual([
    ['custodial_sentence', 2, ...hidden],
    ['referral_order', 10, ...hidden],
  ]);
});

// What bounds the sizes of some values protects them however large they are: a question that is asked of these alone, and no other rule.
test('a question that is asked of some cases only is not split by what tells them, nor are the sizes of these shown beside another', async () => {
  await loadProgramme(database, { inspections: 2, seed: 3 });
  await rolledBack(database.db, async (trx) => {
    const of = async (question: string) => {
      const rows = await valuesOf(
        trx,
        `select attribute, bool_or(cases is not null) from analytics.subgroup_result
        where key_question = '${question}' and edition = '2018' and attribute in ('disposal', 'gender') group by 1 order by 1`,
      );
      return rows.map((row) => row.join(' ')).join(', ');
    };
    await trx.updateTable('core.disclosure_control').set({ fewest_cases: 2 }).execute();
    expect(await of('3.4.2')).toBe('gender true');
    expect(await of('3.4.1')).toBe('disposal true, gender true');
    // of which the report does not print how many there are
    await trx.deleteFrom('core.sample_kind').execute();
    expect(await of('3.4.1')).toBe('disposal false, gender true');
    await sql`
      insert into core.question_not_asked (question_id, edition_code, attribute, value)
      select question_id, edition_code, 'gender', 'male'
      from core.question where edition_code = '2018' and question_code = '3.4.1'`.execute(trx);
    expect(await of('3.4.1')).toBe('disposal false');
    expect(await of('3.3.1')).toBe('disposal false, gender false');
  });
});

test('what the server did for a reader does not tell how many groups there are', async () => {
  const counts = async (groups: Groups) => {
    await loadGroups('ethnicity', groups);
    // an index has what was deleted before, too, until it is taken out
    await sql`vacuum kept.case_group`.execute(database.db);
    const plan = await asReaderOf(database, (reader) =>
      sql<{ 'QUERY PLAN': string }>`
        explain (analyze, costs off, timing off, summary off, buffers off)
        select * from analytics.subgroup_result where attribute = 'ethnicity'`.execute(reader),
    );
    await forget();
    return plan.rows
      .map((row) => row['QUERY PLAN'])
      .filter((line) => /case_group|WindowAgg|Subquery Scan|Removed by Filter/.test(line))
      .map((line) => line.trim());
  };
  const one = await counts({ White: 'yyyyyyyyynx', Asian: 'y' });
  expect(one.filter((line) => line.includes('case_group')).length).toBeGreaterThan(0);
  expect(await counts({ White: 'yyyyynx', Asian: 'yyy', Black: 'y', Mixed: 'y' })).toEqual(one);
});

test('the number below which figures are protected is a row', async () => {
  await loadGroups('gender', { male: 'yyyyyyynnx', female: 'yyynnx' });
  const set = (fewest_cases: number) =>
    database.db.updateTable('core.disclosure_control').set({ fewest_cases }).execute();
  expect(await seen('gender')).toHaveLength(2);
  await set(7);
  expect(await seen('gender')).toEqual(allHidden);
  await set(5);
});
