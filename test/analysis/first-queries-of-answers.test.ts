import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { askedProgramme, isKeyQuestion } from '../support/asked-programme.js';
import type { Worked } from '../support/from-answers.js';

// Of answers, questions and reports, what an analyst types first, with the data dictionary and no source code,
// beside what the case answers give.
const { database, ask, figure, rows, count, worked } = askedProgramme();

describe('answers', () => {
  const summed = (code: string, is: (one: Worked) => boolean = () => true) =>
    worked.filter(is).reduce(
      (sum, { questions }) => {
        const { yes, no } = questions.get(code) ?? { yes: 0, no: 0 };
        return [sum[0] + yes, sum[1] + yes + no] as [number, number];
      },
      [0, 0] as [number, number],
    );

  test('a key question over the years, both editions of a series together', async () => {
    const query = `
      select year, sum(yes)::integer as yes, sum(relevant)::integer as relevant from analytics.key_question_trend
      where question_series = '2021 2.1.2' and is_synthetic group by year order by year`;
    const years = [...new Set(worked.map(({ year }) => year))].sort();
    expect(await rows(query)).toEqual(years.map((of) => [of, ...summed('2.1.2', ({ year }) => year === of)]));
  });

  test('a prompt over the years, an edition at a time', async () => {
    const query = `
      select year, edition, yes, relevant from analytics.prompt_trend
      where prompt = '2.1.1.a' and is_synthetic order by year, edition`;
    const keys = [...new Set(worked.map(({ year, edition }) => `${year} ${edition}`))].sort();
    expect(await rows(query)).toEqual(
      keys.map((key) => {
        const [year, edition] = key.split(' ');
        return [Number(year), edition, ...summed('2.1.1.a', (one) => `${one.year} ${one.edition}` === key)];
      }),
    );
  });

  test.each([
    ['in a year', 'key_question_trend', 'year'],
    ['in all years of an edition', 'key_question_all_years', 'last_year'],
  ])('how alike are answers of one inspection, %s?', async (_, view, latest) => {
    const [row] = await ask(`
      select *, high_95 - low_95 as width from analytics.${view}
      where key_question = '2.1.1' and is_synthetic order by inspections desc, ${latest} limit 1`);
    const own = worked
      .filter(({ year, edition }) => (row?.year ?? year) === year && edition === row?.edition)
      .map(({ questions }) => questions.get('2.1.1') as { yes: number; no: number });
    expect(row?.inspections).toBe(own.length);
    const n = own.reduce((sum, { yes, no }) => sum + yes + no, 0);
    const p = own.reduce((sum, { yes }) => sum + yes, 0) / n;
    const between =
      (own.length / (own.length - 1)) *
      own.reduce((sum, { yes, no }) => sum + (yes - p * (yes + no)) ** 2, 0);
    const effect = Math.max(1, between / (n * p * (1 - p)));
    expect(row).toMatchObject({ relevant: n, percent: Math.floor((200 * p * n + n) / (2 * n)) });
    expect(row?.design_effect).toBeCloseTo(effect, 8);
    expect(row?.effective_relevant).toBeCloseTo(n / effect, 6);
    // a little wider than the normal interval, for the degrees of freedom
    const normal = 2 * 1.96 * Math.sqrt((p * (1 - p) * effect) / n) * 100;
    expect(row?.width).toBeGreaterThan(0.95 * normal);
    expect(row?.width).toBeLessThan(1.3 * normal);
  });

  test('how many inspections does a trend leave out?', async () => {
    expect(
      await figure(
        'select sum(inspections_without_counts)::integer from analytics.key_question_trend where is_synthetic',
      ),
    ).toBe(0);
    // of the five real ones, counts are known of two; two of 2022 and one of 2018 print percentages
    expect(
      await rows(`
        select year, inspections, inspections_without_counts, percentages_only from analytics.standard_trend
        where standard = '2.1' and not is_synthetic order by year`),
    ).toEqual([
      [2018, 0, 1, 1],
      [2020, 1, 0, 0],
      [2021, 1, 0, 0],
      [2022, 0, 2, 2],
    ]);
  });

  test('where does the base of the percentage matter?', async () => {
    const other = worked
      .filter(({ edition }) => edition === '2021')
      .flatMap(({ questions }) => [...questions])
      .filter(([code, { yes, no, all }]) => {
        const relevant = yes + no;
        const half = (base: number) => Math.floor((200 * yes + base) / (2 * base));
        return isKeyQuestion(code) && relevant > 0 && half(relevant) !== half(all);
      });
    expect(
      await figure(`
        select count(*)::integer from analytics.key_question_result
        where base = 'inspected' and percent <> percent_of_relevant and is_synthetic`),
    ).toBe(other.length);
  });

  test('how many court disposals were inspected?', async () => {
    const cases = worked.reduce((sum, { questions }) => sum + (questions.get('2.1.1')?.all ?? 0), 0);
    expect(
      await figure('select sum(court_cases)::integer from analytics.inspection where is_synthetic'),
    ).toBe(cases);
    expect(
      await figure(`
        select sum(inspected)::integer from analytics.key_question_result
        where key_question = '2.1.1' and is_synthetic`),
    ).toBe(cases);
  });

  test('which prompt applies to fewest cases?', async () => {
    const [row] = await rows(`
      select edition, prompt, sum(not_applicable)::integer as times from analytics.prompt_result
      where edition = '2018' and is_synthetic group by 1, 2 order by times desc, prompt limit 1`);
    const times = new Map<string, number>();
    for (const { edition, questions } of worked)
      if (edition === '2018')
        for (const [code, { yes, no, all }] of questions)
          if (!isKeyQuestion(code)) times.set(code, (times.get(code) ?? 0) + all - yes - no);
    const most = Math.max(...times.values());
    const first = [...times]
      .filter(([, all]) => all === most)
      .map(([code]) => code)
      .sort()[0];
    expect(row).toEqual(['2018', first, most]);
  });

  test.each([
    ['of a year', 'subgroup_trend'],
    ['of all years', 'subgroup_all_years'],
  ])('children by what they are, over all inspections %s', async (_, view) => {
    const asked = await ask(`
      select *, high_95 - low_95 as width
      from analytics.${view}
      where key_question in ('2.1.1', '2.2.3') and attribute <> 'disposal' and value <> 'not known'
        and marker is null and is_synthetic`);
    expect(asked.length).toBeGreaterThan(1);
    for (const row of asked) {
      const cases = await rows(`
        select inspection.inspection_id, answer.answer, attributes ->> '${row.attribute}' is not distinct from '${row.value}', count(*)::integer
        from core.answer join core.question using (question_id) join core.inspection using (inspection_id)
        join core.inspected_case using (inspection_id, case_no)
        where question_code = '${row.key_question}' and answer <> 'not applicable' and is_synthetic
          and inspection.year = ${row.year ?? 'inspection.year'} and inspection.edition_code = '${row.edition}'
        group by 1, 2, 3`);
      const of = (is: (row: unknown[]) => boolean) =>
        cases.filter(is).reduce((sum, [, , , count]) => sum + Number(count), 0);
      const relevant = of(([, , isOfValue]) => isOfValue === true);
      const yes = of(([, answer, isOfValue]) => isOfValue === true && answer === 'yes');
      expect(row).toMatchObject({
        yes,
        relevant,
        percent: Math.floor((200 * yes + relevant) / (2 * relevant)),
      });
      // the ratio estimator over all cases, as far above 1 as the value's part of them
      const ids = [...new Set(cases.map(([id]) => id))];
      const n = of(() => true);
      const p = of(([, answer]) => answer === 'yes') / n;
      const residuals = ids.map(
        (id) => of(([of, answer]) => of === id && answer === 'yes') - p * of(([of]) => of === id),
      );
      const between = (ids.length / (ids.length - 1)) * residuals.reduce((sum, one) => sum + one ** 2, 0);
      const effect = 1 + ((Math.max(1, between / (n * p * (1 - p))) - 1) * relevant) / n;
      expect(row.design_effect).toBeCloseTo(effect, 8);
      expect(row.effective_relevant).toBeCloseTo(relevant / effect, 6);
      const alone =
        2 * 1.96 * Math.sqrt(((yes / relevant) * (1 - yes / relevant)) / (relevant / effect)) * 100;
      expect(row.width).toBeGreaterThan(0.8 * alone);
    }
  });
});

describe('questions and their series', () => {
  test('what is asked in domain 1?', async () => {
    expect(
      await rows(`
        select edition, basis, count(*)::integer from analytics.question
        where domain = '1' and level = 'key question' and edition <> '2025' group by 1, 2 order by 1`),
    ).toEqual([
      ['2018', 'qualitative', 14],
      ['2021', 'qualitative', 15],
    ]);
  });

  test('a code that asks two things is two series', async () => {
    const twice = await figure(`
      select count(*)::integer from (
        select question from analytics.question where edition <> '2025' group by question
        having count(*) > 1 and count(distinct question_series) > 1) as code`);
    // by the crosswalk's own rows: shared codes of which the later does not continue the earlier
    const { rows: shared } = await sql<{ codes: number }>`
      select count(*)::integer as codes
      from core.question as earlier
      join core.question as later using (question_code)
      where earlier.edition_code = '2018' and later.edition_code = '2021'
        and not exists (
          select from core.crosswalk
          where relation = 'continues' and from_question_id = earlier.question_id and to_question_id = later.question_id)`.execute(
      database.db,
    );
    expect(twice).toBe(shared[0]?.codes);
    expect(twice).toBeGreaterThan(10);
  });

  test('which questions of cases go on in other words?', async () => {
    const found = await figure(`
      select count(*)::integer from analytics.crosswalk where relation = 'continues' and wording_changed`);
    const { rows: texts } = await sql<{ before: string; after: string }>`
      select earlier.text as before, later.text as after
      from core.crosswalk
      join core.question as earlier on earlier.question_id = from_question_id
      join core.question as later on later.question_id = to_question_id
      where relation = 'continues'`.execute(database.db);
    const plain = (text: string) =>
      text
        .toLowerCase()
        .match(/[a-z0-9]+/g)
        ?.join(' ');
    expect(found).toBe(texts.filter(({ before, after }) => plain(before) !== plain(after)).length);
  });
});

describe('reports', () => {
  test('who made no recommendation, and of whom is it not known?', async () => {
    // Wigan's and Hammersmith's reports make five each, which were not read
    expect(
      await rows(`
        select area, recommendations_made, recommendations_listed from analytics.inspection
        where not is_listed_only and not is_synthetic order by area`),
    ).toEqual([
      ['Barnet', 7, 7],
      ['Essex', 5, 5],
      ['Hammersmith and Fulham', 5, null],
      ['Kensington and Chelsea', 3, 3],
      ['Wigan', 5, null],
    ]);
    expect(
      await figure(`
        select count(*)::integer from analytics.inspection where recommendations_listed = 0 and not is_synthetic`),
    ).toBe(0);
  });

  test('of which inspections are facts known?', async () => {
    const known = await sql<{ inspections: number }>`
      select count(distinct inspection_id)::integer as inspections from core.context_fact`.execute(
      database.db,
    );
    expect(await figure('select count(facts_listed)::integer from analytics.inspection')).toBe(
      known.rows[0]?.inspections,
    );
  });

  test('how many children does a service work with?', async () => {
    expect(
      await rows(`
        select area, value::integer from analytics.context_fact
        where comparable = 'caseload' and not is_synthetic order by area`),
    ).toEqual([['Barnet', 158]]);
  });

  test('how far are published percentages from computed ones?', async () => {
    expect(
      await figure(`
        select max(abs(published_number - computed_number))::double precision from analytics.reconciliation
        where number_of = 'percent' and status = 'agrees' and not is_synthetic`),
    ).toBeLessThanOrEqual(0.5);
  });

  test('how large are the populations?', async () => {
    expect(
      await rows(`
        select area, value::integer from analytics.context_fact
        where comparable = 'population' and not is_synthetic order by area`),
    ).toEqual([
      ['Barnet', 399007],
      ['Hammersmith and Fulham', 183544],
      ['Kensington and Chelsea', 156129],
      ['Wigan', 328662],
    ]);
  });
});

describe('lists', () => {
  test('how often do key questions of a standard tie?', async () => {
    const ties = worked.flatMap(({ edition, standards, questions }) =>
      [...standards].flatMap(([standard, { computed }]) => {
        const percents = [...questions].flatMap(([code, { yes, no, all }]) => {
          const base = edition === '2018' ? yes + no : all;
          const isOwn = isKeyQuestion(code) && code.startsWith(`${standard}.`) && yes + no > 0;
          return isOwn ? [Math.floor((200 * yes + base) / (2 * base))] : [];
        });
        const tied = percents.filter((percent) => percent === Math.min(...percents)).length - 1;
        return computed === null || tied === 0 ? [] : [tied];
      }),
    );
    expect(ties.length).toBeGreaterThan(10);
    expect(
      await rows(`
        select count(*)::integer as standards, sum(cardinality(tied_key_questions))::integer as tied from analytics.standard_rating
        where tied_key_questions is not null and is_synthetic`),
    ).toEqual([[ties.length, ties.reduce((sum, tied) => sum + tied, 0)]]);
  });

  test('which key questions have to rise, and by how much?', async () => {
    // Wigan 2.2: 8 of 9, 5 of 8, 4 of 7; Good begins at 65%
    expect(
      await rows(`
        select moving.key_question, moving.answers
        from analytics.standard_distance
        cross join unnest(key_questions, key_question_answers) as moving (key_question, answers)
        where area = 'Wigan' and standard = '2.2' and direction = 'up' and not is_synthetic
        order by 1`),
    ).toEqual([
      ['2.2.2', 1],
      ['2.2.3', 1],
    ]);
    const parts = `
      select sum(moving.answers)::integer
      from analytics.standard_distance
      cross join unnest(key_question_answers) as moving (answers)
      where direction = 'up' and is_synthetic`;
    expect(await figure(parts)).toBe(
      await figure(`
        select sum(answers)::integer from analytics.standard_distance where direction = 'up' and is_synthetic`),
    );
  });

  test('of which kinds were the court disposals?', async () => {
    const { rows: kinds } = await sql<{ kind: string; cases: number }>`
      select kind, count(*)::integer as cases
      from core.inspected_case
      join core.sample using (sample_id)
      join core.inspection using (inspection_id)
      where sample = 'court' and is_synthetic
      group by kind order by kind`.execute(database.db);
    expect(
      await rows(`
        select kind, sum(cases)::integer from analytics.sample_kind
        where sample = 'court' and not is_in_whole and is_synthetic group by kind having sum(cases) > 0 order by kind`),
    ).toEqual(kinds.map(({ kind, cases }) => [kind, cases]));
    // of four cases three had a community sentence: two a referral order, one a rehabilitation order
    expect(
      await rows(`
        select sum(cases)::integer as rows, (sum(cases) filter (where not is_in_whole))::integer as cases
        from analytics.sample_kind
        where area = 'Kensington and Chelsea' and sample = 'court' and not is_synthetic`),
    ).toEqual([[7, 4]]);
  });

  test('whose is an authority, by its code?', async () => {
    expect(
      await rows(
        `select area, cardinality(ons_codes) from analytics.service where 'E09000003' = any(ons_codes)`,
      ),
    ).toEqual([['Barnet', 1]]);
  });
});

describe('what is left out', () => {
  test('how many inspections does a count of drivers rest on?', async () => {
    // of 2020 Kensington & Chelsea, of 2022 Barnet and Hammersmith by their printed percentages, of 2018 Essex
    expect(
      await rows(`
        select
          year, sum(inspections)::integer as inspections, sum(from_percentages)::integer as from_percentages,
          max(inspections_not_computed) as left_out
        from analytics.rating_driver where key_question = '2.1.1' and not is_synthetic group by year order by year`),
    ).toEqual([
      [2018, 1, 1, 0],
      [2020, 1, 0, 0],
      [2021, 1, 0, 0],
      [2022, 2, 2, 0],
    ]);
  });

  test('and a comparison of court with out-of-court disposals?', async () => {
    expect(
      await rows(`
        select year, inspections, inspections_without_counts, yes is null from analytics.question_pair_trend
        where key_question = '2.1.1' and not is_synthetic order by year`),
    ).toEqual([
      [2018, 0, 1, true],
      [2020, 1, 0, false],
      [2021, 1, 0, false],
      [2022, 0, 2, true],
    ]);
  });

  test('and groups of cases?', async () => {
    const by2018 = count(({ year, edition }) => year === 2019 && edition === '2018');
    expect(
      await rows(`
        select distinct inspections, inspections_without_answers from analytics.subgroup_trend
        where year = 2019 and edition = '2018' and key_question = '2.1.1' and is_synthetic`),
    ).toEqual([[by2018, 0]]);
  });
});
