import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { loadRatingsTable } from '../../src/ratings-table/index.js';
import { testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';

const database = testDatabase();
const files = testFolder();

// A printed score of 33 of 36 (Outstanding), where overall is at most Good once two of 1.1, 2.1 and 4.1 are Inadequate, and not all
// three are known: the rating that it gives, and the standards that might limit it.
test.each([
  ['none of three is known', 'Good', ['', '', ''], 'Outstanding', '1.1, 2.1, 4.1'],
  ['one is low, and another might be', 'Good', ['Inadequate', 'Good', ''], 'Outstanding', '4.1'],
  ['one is unknown, and one alone does not limit', 'Good', ['Good', 'Good', ''], 'Outstanding', null],
  ['the limit would not come to what is printed', 'Requires improvement', ['', '', ''], 'Outstanding', null],
  ['two are low, and one unknown', 'Good', ['Inadequate', 'Inadequate', ''], 'Good', null],
])(
  'a printed score under a limit of two standards: %s',
  async (_, overall, ratings, rating, mightBeLimitedBy) => {
    const folder = await files.folder({
      'table.csv': `service,published,score,overall,1.1,2.1,4.1\nLeeds,2023-03,33,${overall},${ratings}\n`,
    });
    const found = await rolledBack(database.db, async (trx) => {
      const { rows: limits } = await sql`
      with limited as (
        update core.limiting_judgement set minimum_standards = 2 where edition_code = '2021' returning rule_set_id, limit_no
      )
      insert into core.limiting_judgement_standard (rule_set_id, limit_no, edition_code, standard_code)
      select rule_set_id, limit_no, '2021', unnest(array['1.1', '2.1']) from limited
      returning standard_code`.execute(trx);
      expect(limits).toHaveLength(2);
      const [row] = await loadRatingsTable(trx, `${folder}/table.csv`);
      return sql`
      select rating, might_be_limited_by from rating.overall_band
      where kind = 'printed' and inspection_id = ${row?.inspectionId}`.execute(trx);
    });
    expect(found.rows).toEqual([{ rating, might_be_limited_by: mightBeLimitedBy }]);
  },
);
