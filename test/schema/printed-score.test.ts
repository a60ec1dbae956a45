import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { loadRatingsTable } from '../../src/ratings-table/index.js';
import { testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';

// What a printed score of 33 of 36 (Outstanding) gives where overall is at most Good once two of 1.1, 2.1 and 4.1 are
// Inadequate, and not all three are known.

const database = testDatabase();
const files = testFolder();

interface Printed {
  rating: string;
  unrated_limiting: string | null;
}

/** rating.overall_band of an inspection that prints 33 points, an overall rating, and ratings of 1.1, 2.1 and 4.1. */
async function printedScore(overall: string, ratings: readonly string[]): Promise<Printed | undefined> {
  const folder = await files.folder({
    'table.csv': `service,published,score,overall,1.1,2.1,4.1\nLeeds,2023-03,33,${overall},${ratings.join(',')}\n`,
  });
  return rolledBack(database.db, async (trx) => {
    const { rows: limits } = await sql<{ rule_set_id: number; limit_no: number }>`
      update core.limiting_judgement set minimum_standards = 2 where edition_code = '2021'
      returning rule_set_id, limit_no`.execute(trx);
    expect(limits).toHaveLength(1);
    await sql`
      insert into core.limiting_judgement_standard (rule_set_id, limit_no, edition_code, standard_code)
      select ${limits[0]?.rule_set_id}::integer, ${limits[0]?.limit_no}::smallint, '2021', unnest(array['1.1', '2.1'])`.execute(
      trx,
    );
    const [row] = await loadRatingsTable(trx, `${folder}/table.csv`);
    const { rows } = await sql<Printed>`
      select rating, might_be_limited_by as unrated_limiting
      from rating.overall_band
      where kind = 'printed' and inspection_id = ${row?.inspectionId}`.execute(trx);
    return rows[0];
  });
}

describe('a printed score under a limit of two standards', () => {
  test.each<[why: string, overall: string, ratings: [string, string, string], unless: string | null]>([
    ['none of three is known', 'Good', ['', '', ''], '1.1, 2.1, 4.1'],
    ['two are unknown, and both might be low', 'Good', ['Good', '', ''], '2.1, 4.1'],
    ['one is low, and another might be', 'Good', ['Inadequate', 'Good', ''], '4.1'],
    ['one is unknown, and one alone does not limit', 'Good', ['Good', 'Good', ''], null],
    ['one is low, and none unknown', 'Good', ['Inadequate', 'Good', 'Good'], null],
    ['the limit would not come to what is printed', 'Requires improvement', ['', '', ''], null],
    ['what is printed is not limited', 'Outstanding', ['', '', ''], null],
  ])('is not limited: %s', async (_, overall, ratings, unless) => {
    expect(await printedScore(overall, ratings)).toEqual({ rating: 'Outstanding', unrated_limiting: unless });
  });

  test.each<[ratings: [string, string, string]]>([
    [['Inadequate', 'Inadequate', '']],
    [['Inadequate', '', 'Inadequate']],
    [['Inadequate', 'Inadequate', 'Inadequate']],
  ])('is limited once two are low: %j', async (ratings) => {
    expect(await printedScore('Good', ratings)).toEqual({ rating: 'Good', unrated_limiting: null });
  });
});
