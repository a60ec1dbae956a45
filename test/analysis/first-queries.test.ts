import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../support/database.js';
import { fromAnswers, type Worked } from '../support/from-answers.js';
import { loadProgramme } from '../support/programme.js';

// What an analyst types first, with the data dictionary and no source code, beside what the case answers give.
const database = testDatabase();
let worked: Worked[];

beforeAll(async () => {
  await loadProgramme(database, { inspections: 80, seed: 26 });
  worked = await fromAnswers(database.db);
});

const ask = async (query: string) =>
  (await sql.raw<Record<string, unknown>>(query).execute(database.db)).rows;
/** The one figure of a query that asks for one. */
const figure = async (query: string) => {
  const [row] = await ask(query);
  return Object.values(row as Record<string, unknown>)[0];
};
const count = (is: (one: Worked) => boolean) => worked.filter(is).length;

describe('discretion', () => {
  test('how often did it change the overall rating?', async () => {
    const changed = count(({ overall, overallWithout }) => overall !== overallWithout);
    expect(changed).toBeGreaterThan(0);
    expect(
      await figure(`
        select count(*)::integer from analytics.overall_rating
        where rating <> rating_without_discretion and is_synthetic`),
    ).toBe(changed);
  });

  test('how many points did it bring?', async () => {
    const brought = worked.reduce((sum, { score, scoreWithout }) => sum + score - scoreWithout, 0);
    expect(
      await figure(
        'select sum(score - score_without_discretion)::integer from analytics.overall_rating where is_synthetic',
      ),
    ).toBe(brought);
  });

  test('how often did it change the rating of a standard?', async () => {
    const standards = worked.flatMap(({ standards }) => [...standards.values()]);
    expect(
      await figure(`
        select count(*)::integer from analytics.standard_rating
        where rating_rank <> computed_rating_rank and is_synthetic`),
    ).toBe(standards.filter(({ computed, rating }) => computed !== null && computed !== rating).length);
  });
});

describe('the rules are rows', () => {
  test('what if boundaries were five points higher?', async () => {
    const percents = worked.flatMap(({ edition, questions }) =>
      [...questions].flatMap(([code, { yes, no, all }]) => {
        const base = edition === '2018' ? yes + no : all;
        return /^\d\.\d\.\d$/.test(code) && yes + no > 0 ? [Math.floor((200 * yes + base) / (2 * base))] : [];
      }),
    );
    const lower = percents.filter((percent) =>
      [50, 65, 80].some((from) => from <= percent && percent < from + 5),
    );
    expect(
      await figure(`
        select count(*)::integer
        from analytics.key_question_result as result
        join analytics.rating_scale as scale using (edition, rating)
        where result.percent < scale.from_percent + 5 and scale.from_percent > 0 and is_synthetic`),
    ).toBe(lower.length);
  });

  test('what is a percentage taken of, and how near is near a boundary?', async () => {
    expect(
      await ask(`
        select edition, rule, value, number from analytics.edition_rule
        where rule in ('key_question_base', 'discretion_points', 'fewest_cases') and edition <> '2025'
        order by edition, rule`),
    ).toEqual([
      { edition: '2018', rule: 'discretion_points', value: '5', number: 5 },
      { edition: '2018', rule: 'fewest_cases', value: '5', number: 5 },
      { edition: '2018', rule: 'key_question_base', value: 'relevant', number: null },
      { edition: '2021', rule: 'discretion_points', value: '5', number: 5 },
      { edition: '2021', rule: 'fewest_cases', value: '5', number: 5 },
      { edition: '2021', rule: 'key_question_base', value: 'inspected', number: null },
    ]);
  });
});

const isKeyQuestion = (code: string) => /^\d\.\d\.\d$/.test(code);
/** A figure by a key of inspections, summed; keys in order. */
function by(
  keyOf: (one: Worked) => string | number,
  of: (one: Worked) => number,
): [string | number, number][] {
  const sums = new Map<string | number, number>();
  for (const one of worked) sums.set(keyOf(one), (sums.get(keyOf(one)) ?? 0) + of(one));
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
}
const rows = async (query: string) => (await ask(query)).map((row) => Object.values(row));
/** Inspections of a service after its first, each with the one before it. */
function pairs(): { before: Worked; after: Worked }[] {
  const ordered = [...worked].sort((a, b) => (a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : a.id - b.id));
  return ordered.flatMap((after, at) => {
    const before = ordered.slice(0, at).findLast(({ serviceId }) => serviceId === after.serviceId);
    return before ? [{ before, after }] : [];
  });
}

describe('overall ratings', () => {
  test('the mix by year', async () => {
    const query = `
      select year, sum(inspections)::integer as inspections from analytics.rating_trend
      where standard = 'overall' and rating_rank >= 2 and is_synthetic group by year order by year`;
    expect(await rows(query)).toEqual(
      by(
        ({ year }) => year,
        ({ overall }) => (overall >= 2 ? 1 : 0),
      ),
    );
  });

  test('how many inspections that rests on', async () => {
    const query = `
      select year, sum(inspections)::integer from analytics.rating_trend
      where standard = 'overall' and is_synthetic group by year order by year`;
    expect(await rows(query)).toEqual(
      by(
        ({ year }) => year,
        () => 1,
      ),
    );
  });

  test('the mean score, an edition at a time', async () => {
    const query = `
      select edition, avg(score)::double precision from analytics.overall_rating where is_synthetic group by edition order by edition`;
    const counts = new Map(
      by(
        ({ edition }) => edition,
        () => 1,
      ),
    );
    const sums = by(
      ({ edition }) => edition,
      ({ score }) => score,
    );
    const found = await rows(query);
    expect(found.map(([edition]) => edition)).toEqual(sums.map(([edition]) => edition));
    for (const [at, [edition, sum]] of sums.entries())
      expect(found[at]?.[1]).toBeCloseTo(sum / (counts.get(edition) as number), 10);
  });

  test('which rating was followed by which?', async () => {
    const query = `
      select previous_rating_rank, rating_rank, count(*)::integer from analytics.service_history
      where previous_rating is not null and rating is not null and is_synthetic group by 1, 2 order by 1, 2`;
    const moved = new Map<string, number>();
    for (const { before, after } of pairs()) {
      const key = `${before.overall} ${after.overall}`;
      moved.set(key, (moved.get(key) ?? 0) + 1);
    }
    const told = [...moved]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, times]) => [...key.split(' ').map(Number), times]);
    expect(told.length).toBeGreaterThan(2);
    expect(await rows(query)).toEqual(told);
  });

  test('does what was poor rise, and what was good fall?', async () => {
    const query = `
      select previous_rating_rank, avg(rating_change)::double precision from analytics.service_history
      where rating_change is not null and is_synthetic group by 1 order by 1`;
    for (const [rank, mean] of await rows(query)) {
      const own = pairs().filter(({ before }) => before.overall === rank);
      const change = own.reduce((sum, { before, after }) => sum + after.overall - before.overall, 0);
      expect(mean).toBeCloseTo(change / own.length, 10);
    }
  });

  test('how many times was each service inspected?', async () => {
    const query = `
      select service_id, max(sequence) from analytics.service_history where is_synthetic group by 1 order by 1`;
    expect(await rows(query)).toEqual(
      by(
        ({ serviceId }) => serviceId,
        () => 1,
      ),
    );
  });

  test('how often did a limiting judgement hold it down?', async () => {
    const limited = count(({ standards, score }) => {
      const counting = [...standards].filter(
        ([code, { rating }]) => code !== '4.1' && rating !== null,
      ).length;
      return standards.get('4.1')?.rating === 0 && score * 36 >= 31 * 3 * counting;
    });
    expect(
      await figure(
        'select count(*)::integer from analytics.overall_rating where limited_by is not null and is_synthetic',
      ),
    ).toBe(limited);
  });

  test('who is first in an edition, ties kept?', async () => {
    const query = `
      select edition, count(*)::integer from analytics.league_table
      where rank_in_edition = 1 and is_synthetic group by edition order by edition`;
    const last = new Map<number, Worked>();
    for (const one of [...worked].sort((a, b) => (a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : a.id - b.id)))
      last.set(one.serviceId, one);
    const shareOf = ({ standards, score }: Worked) =>
      score / [...standards].filter(([code, { rating }]) => code !== '4.1' && rating !== null).length;
    const latest = [...last.values()];
    const firsts = [...new Set(latest.map(({ edition }) => edition))].sort().map((edition) => {
      const shares = latest.filter((one) => one.edition === edition).map(shareOf);
      return [edition, shares.filter((share) => share === Math.max(...shares)).length];
    });
    expect(await rows(query)).toEqual(firsts);
  });
});

describe('standards', () => {
  test('which is most often Inadequate?', async () => {
    const query = `
      select edition || ' ' || standard as which, sum(inspections)::integer from analytics.rating_trend
      where rating = 'Inadequate' and standard <> 'overall' and is_synthetic
      group by 1 having sum(inspections) > 0 order by 1`;
    const times = new Map<string, number>();
    for (const { edition, standards } of worked)
      for (const [code, { rating }] of standards)
        if (rating === 0) times.set(`${edition} ${code}`, (times.get(`${edition} ${code}`) ?? 0) + 1);
    expect(await rows(query)).toEqual([...times].sort(([a], [b]) => (a < b ? -1 : 1)));
  });

  test('how many were not rated, for want of a relevant case?', async () => {
    const unrated = worked.flatMap(({ standards }) =>
      [...standards.values()].filter(({ rating }) => rating === null),
    );
    expect(
      await figure(`
        select coalesce(sum(inspections), 0)::integer from analytics.rating_trend
        where rating = 'not rated' and standard not in ('overall', '4.1') and is_synthetic`),
    ).toBe(unrated.length);
  });

  test('how many rose and fell between two inspections, as far as they go on?', async () => {
    const query = `
      select
        count(*) filter (where rating_change > 0)::integer as rose,
        count(*) filter (where rating_change < 0)::integer as fell
      from analytics.standard_history where continues and is_synthetic`;
    let [rose, fell] = [0, 0];
    for (const { before, after } of pairs())
      for (const [code, { rating }] of after.standards) {
        // joint working ended with the edition of 2018
        if (code === '3.4' && before.edition !== after.edition) continue;
        const earlier = before.standards.get(code)?.rating;
        if (rating === null || earlier === null || earlier === undefined) continue;
        if (rating > earlier) rose++;
        if (rating < earlier) fell++;
      }
    expect(rose + fell).toBeGreaterThan(20);
    expect(await rows(query)).toEqual([[rose, fell]]);
  });

  test('what share of computed ratings did panels replace?', async () => {
    const all = worked.flatMap(({ standards }) =>
      [...standards.values()].filter(({ computed }) => computed !== null),
    );
    const changed = all.filter(({ computed, rating }) => computed !== rating);
    expect(
      await figure(`
        select sum(decisions)::double precision / sum(inspections) from analytics.discretion_trend where is_synthetic`),
    ).toBeCloseTo(changed.length / all.length, 12);
  });

  test('how do domains compare?', async () => {
    const query = `
      select domain_title, sum(yes)::integer as yes, sum(relevant)::integer as relevant from analytics.key_question_result
      where edition = '2018' and is_synthetic group by domain, domain_title order by domain`;
    const of = (domain: string, add: 'yes' | 'relevant') =>
      worked
        .filter(({ edition }) => edition === '2018')
        .flatMap(({ questions }) => [...questions])
        .filter(([code]) => isKeyQuestion(code) && code.startsWith(domain))
        .reduce((sum, [, { yes, no }]) => sum + (add === 'yes' ? yes : yes + no), 0);
    expect(await rows(query)).toEqual([
      ['Court disposals', of('2', 'yes'), of('2', 'relevant')],
      ['Out-of-court disposals', of('3', 'yes'), of('3', 'relevant')],
    ]);
  });

  test('in how many inspections did a key question alone set the rating?', async () => {
    const query = `
      select key_question, sum(alone)::integer from analytics.rating_driver
      where standard = '2.1' and is_synthetic group by key_question order by key_question`;
    const alone = new Map(['2.1.1', '2.1.2', '2.1.3'].map((code) => [code, 0]));
    for (const { edition, questions } of worked) {
      const percents = [...alone.keys()].flatMap((code) => {
        const { yes, no, all } = questions.get(code) as { yes: number; no: number; all: number };
        const base = edition === '2018' ? yes + no : all;
        return yes + no === 0 ? [] : [{ code, percent: Math.floor((200 * yes + base) / (2 * base)) }];
      });
      const least = Math.min(...percents.map(({ percent }) => percent));
      const lowest = percents.filter(({ percent }) => percent === least);
      if (lowest.length === 1)
        alone.set(lowest[0]?.code as string, (alone.get(lowest[0]?.code as string) ?? 0) + 1);
    }
    expect(await rows(query)).toEqual([...alone]);
    expect(
      await rows(`
        select key_question, count(*)::integer from analytics.driving_key_question
        where standard = '2.1' and not is_tied and is_synthetic group by key_question order by key_question`),
    ).toEqual([...alone].filter(([, times]) => times > 0));
  });
});

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

  test('how alike are answers of one inspection?', async () => {
    const [row] = await ask(`
      select year, edition, inspections, design_effect, effective_relevant from analytics.key_question_trend
      where key_question = '2.1.1' and is_synthetic order by inspections desc, year limit 1`);
    const own = worked
      .filter(({ year, edition }) => year === row?.year && edition === row?.edition)
      .map(({ questions }) => questions.get('2.1.1') as { yes: number; no: number });
    expect(row?.inspections).toBe(own.length);
    const n = own.reduce((sum, { yes, no }) => sum + yes + no, 0);
    const p = own.reduce((sum, { yes }) => sum + yes, 0) / n;
    const between =
      (own.length / (own.length - 1)) *
      own.reduce((sum, { yes, no }) => sum + (yes - p * (yes + no)) ** 2, 0);
    const effect = Math.max(1, between / (n * p * (1 - p)));
    expect(row?.design_effect).toBeCloseTo(effect, 8);
    expect(row?.effective_relevant).toBeCloseTo(n / effect, 6);
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
