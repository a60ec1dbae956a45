import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { dbPath } from '../../src/paths.js';
import { readMaterial } from '../../src/simulate/material.js';
import { simulateProgramme } from '../../src/simulate/programme.js';
import { writeProgramme } from '../../src/simulate/write-programme.js';
import { testFolder } from '../support/bundles.js';
import { bundleFiles, smallBundle } from '../support/case-files.js';
import { testDatabase } from '../support/database.js';

describe('groups of the small inspection', () => {
  const database = testDatabase();
  const files = testFolder();
  beforeAll(async () => {
    await load(database.db, [await files.folder(bundleFiles(smallBundle()))]);
  });

  /** Rows of a key question, as attribute, value, cases, yes, no, not applicable, relevant, percent, marker. */
  const groups = (question: string, attribute: string) =>
    database.db
      .selectFrom('analytics.subgroup_count')
      .select(['value', 'cases', 'yes', 'no', 'not_applicable', 'relevant'])
      .where('key_question', '=', question)
      .where('attribute', '=', attribute)
      .orderBy('value')
      .execute()
      .then((rows) => rows.map((row) => Object.values(row)));

  test('are counted by their answers', async () => {
    // yes in the referral order, no in custody
    expect(await groups('2.1.2', 'disposal')).toEqual([
      ['custodial_sentence', 1, 0, 1, 0, 1],
      ['referral_order', 1, 1, 0, 0, 1],
    ]);
    expect(await groups('2.1.2', 'gender')).toEqual([['not known', 2, 1, 1, 0, 2]]);
  });

  test('count a case to which the question did not apply as not relevant', async () => {
    expect(await groups('2.1.3', 'disposal')).toEqual([
      ['custodial_sentence', 1, 0, 0, 1, 0],
      ['referral_order', 1, 1, 0, 0, 1],
    ]);
  });

  test('are of the sample that the question is asked of', async () => {
    expect((await groups('3.4.1', 'disposal')).map(([value]) => value)).toEqual([
      'youth_caution',
      'youth_conditional_caution',
    ]);
  });

  test('are there for seven characteristics, and for case answers only', async () => {
    const { rows } = await sql`
      select year, is_synthetic, count(distinct attribute) as attributes, count(distinct key_question) as key_questions
      from analytics.subgroup_count group by year, is_synthetic`.execute(database.db);
    expect(rows).toEqual([{ year: 2019, is_synthetic: true, attributes: 7, key_questions: 23 }]);
  });
});

describe('groups of an invented programme are what plain counting of answers gives', () => {
  const database = testDatabase();
  let home = '';
  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'yot-ratings-subgroups-'));
    const programme = path.join(home, 'programme');
    const material = await readMaterial(database.db);
    await writeProgramme(
      programme,
      simulateProgramme(material, { inspections: 4, seed: 5, firstYear: 2018 }),
    );
    await load(database.db, [programme]);
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  const counts = sql`
    count(*) as cases,
    count(*) filter (where answer = 'yes') as yes,
    count(*) filter (where answer = 'no') as no,
    count(*) filter (where answer = 'not applicable') as not_applicable`;

  test('for every characteristic', async () => {
    const { rows: expected } = await sql`
      with counted as (
        select inspection_id, question_code as key_question, attribute, value, ${counts}
        from core.answer
        join core.question using (question_id)
        join core.inspected_case using (inspection_id, case_no)
        cross join lateral (values
          ('disposal', kind), ('gender', attributes ->> 'gender'), ('age_band', attributes ->> 'age_band'),
          ('ethnicity', attributes ->> 'ethnicity'), ('risk_of_serious_harm', attributes ->> 'risk_of_serious_harm'),
          ('safety_and_wellbeing', attributes ->> 'safety_and_wellbeing'), ('looked_after', attributes ->> 'looked_after')
        ) as characteristic (attribute, given)
        cross join lateral (select coalesce(given, 'not known') as value) as known
        where level = 'key question'
        group by 1, 2, 3, 4
      )
      select *, yes + no as relevant
      from counted
      order by 1, 2, 3, 4`.execute(database.db);
    const { rows } = await sql`
      select inspection_id, key_question, attribute, value, cases, yes, no, not_applicable, relevant
      from analytics.subgroup_count
      order by 1, 2, 3, 4`.execute(database.db);
    expect(rows.length).toBeGreaterThan(1000);
    expect(rows).toEqual(expected);
  });

  test('for two characteristics at once, as the file of the view says', async () => {
    const file = readFileSync(dbPath('views', '9-public', 'subgroup_count.sql'), 'utf8');
    const example = [...file.matchAll(/^-- {3}(.*)$/gm)].map(([, line]) => line).join('\n');
    const { rows } = await sql.raw<Record<string, unknown>>(example).execute(database.db);
    const { rows: expected } = await sql<Record<string, unknown>>`
      select inspection_id, question_id, coalesce(attributes ->> 'gender', 'not known') as gender, kind,
        count(*) filter (where answer = 'yes') as yes, count(*) filter (where answer = 'no') as no
      from core.answer
      join core.question using (question_id)
      join core.inspected_case using (inspection_id, case_no)
      where level = 'key question'
      group by 1, 2, 3, 4`.execute(database.db);
    // a gender and a kind that no case has together count nothing
    const counted = (all: Record<string, unknown>[]) =>
      all
        .filter(({ yes, no }) => yes !== 0 || no !== 0)
        .map((row) => Object.values(row).join(' '))
        .sort();
    expect(counted(expected).length).toBeGreaterThan(200);
    expect(counted(rows)).toEqual(counted(expected));
  });
});
