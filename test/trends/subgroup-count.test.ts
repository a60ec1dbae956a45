import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { dbPath } from '../../src/paths.js';
import { valuesOf } from '../support/asked.js';
import { testDatabase } from '../support/database.js';
import { loadProgramme } from '../support/programme.js';

describe('groups of an invented programme are what plain counting of answers gives', () => {
  const database = testDatabase();
  beforeAll(() => loadProgramme(database, { inspections: 4, seed: 5 }));
  const counts = `count(*) filter (where answer = 'yes') as yes, count(*) filter (where answer = 'no') as no`;
  const answers = `
    core.answer
    join core.question using (question_id)
    join core.inspected_case using (inspection_id, case_no)`;

  test('for every characteristic', async () => {
    const expected = await valuesOf(
      database.db,
      `select inspection_id, question_code, attribute, coalesce(given, 'not known'), count(*) as cases, ${counts},
        count(*) filter (where answer = 'not applicable') as na, count(*) filter (where answer <> 'not applicable') as relevant
      from ${answers}
      cross join lateral (values
        ('disposal', kind), ('gender', attributes ->> 'gender'), ('age_band', attributes ->> 'age_band'),
        ('ethnicity', attributes ->> 'ethnicity'), ('risk_of_serious_harm', attributes ->> 'risk_of_serious_harm'),
        ('safety_and_wellbeing', attributes ->> 'safety_and_wellbeing'), ('looked_after', attributes ->> 'looked_after')
      ) as characteristic (attribute, given)
      where level = 'key question'
      group by 1, 2, 3, 4
      order by 1, 2, 3, 4`,
    );
    const found = await valuesOf(
      database.db,
      `select inspection_id, key_question, attribute, value, cases, yes, no, not_applicable, relevant
      from analytics.subgroup_count order by 1, 2, 3, 4`,
    );
    expect(found.length).toBeGreaterThan(1000);
    expect(found).toEqual(expected);
  });

  test('for two characteristics at once, as the file of the view says', async () => {
    const file = readFileSync(dbPath('views', '9-public', 'subgroup_count.sql'), 'utf8');
    const example = [...file.matchAll(/^-- {3}(.*)$/gm)].map(([, line]) => line).join('\n');
    const expected = await valuesOf(
      database.db,
      `select inspection_id, question_id, coalesce(attributes ->> 'gender', 'not known'), kind,
        ${counts}
      from ${answers} where level = 'key question' group by 1, 2, 3, 4`,
    );
    // a gender and a kind that no case has together count nothing
    const counted = (all: unknown[][]) =>
      all
        .filter((row) => row.slice(-2).some((count) => count !== 0))
        .map(String)
        .sort();
    expect(counted(expected).length).toBeGreaterThan(200);
    expect(counted(await valuesOf(database.db, example))).toEqual(counted(expected));
  });
});
