import { describe, expect, test } from 'vitest';
import { askedProgramme, isKeyQuestion } from '../support/asked-programme.js';
import type { Worked } from '../support/from-answers.js';

// Of ratings, what an analyst types first, with the data dictionary and no source code, beside what the case answers give.
const { ask, figure, rows, count, by, pairs, worked } = askedProgramme();

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

  test('a code that names two standards is two series', async () => {
    const query = (code: string) => `
      select edition, standard_series from analytics.standard_history
      where standard = '${code}' and is_synthetic group by edition, standard_series order by edition`;
    expect(await rows(query('3.4'))).toEqual([
      ['2018', '2018 3.4'],
      ['2021', '2021 3.4'],
    ]);
    expect(await rows(query('2.1'))).toEqual([
      ['2018', '2021 2.1'],
      ['2021', '2021 2.1'],
    ]);
  });

  test('standards over all years, joint working and what came to have its code apart', async () => {
    const query = `
      select standard_series, count(*)::integer from analytics.standard_rating
      where is_synthetic and rating is not null and standard in ('2.1', '3.4')
      group by standard_series order by standard_series`;
    const rated = (code: string, is: (one: Worked) => boolean = () => true) =>
      count((one) => is(one) && one.standards.get(code)?.rating != null);
    expect(await rows(query)).toEqual([
      ['2018 3.4', rated('3.4', ({ edition }) => edition === '2018')],
      ['2021 2.1', rated('2.1')],
      ['2021 3.4', rated('3.4', ({ edition }) => edition === '2021')],
    ]);
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
