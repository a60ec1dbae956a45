import { describe, expect, test } from 'vitest';
import { countByLevel, reconciliation } from '../../src/queries/reconciliation.js';
import { testDatabase } from '../support/database.js';

// What the five bundled inspections have to come to. The figures are the published ones, and counts of them.

const database = testDatabase();

const views = {
  overall: () =>
    database.db
      .selectFrom('analytics.overall_rating')
      .select(['area', 'score', 'max_score', 'rating', 'published_rating', 'published_score'])
      .orderBy('area')
      .execute(),
  standards: () =>
    database.db
      .selectFrom('analytics.standard_rating')
      .select([
        'area',
        'standard',
        'computed_rating',
        'rating',
        'published_rating',
        'near_boundary',
        'one_case_flips',
        'small_sample',
      ])
      .orderBy('area')
      .orderBy('standard')
      .execute(),
};

describe('the five bundled inspections', () => {
  test('have the published overall ratings and scores; Essex, which prints none, comes to 33', async () => {
    expect(await views.overall()).toEqual([
      {
        area: 'Barnet',
        score: 21,
        max_score: 36,
        rating: 'Good',
        published_rating: 'Good',
        published_score: 21,
      },
      {
        area: 'Essex',
        score: 33,
        max_score: 36,
        rating: 'Outstanding',
        published_rating: 'Outstanding',
        published_score: null,
      },
      {
        area: 'Hammersmith and Fulham',
        score: 31,
        max_score: 36,
        rating: 'Outstanding',
        published_rating: 'Outstanding',
        published_score: 31,
      },
      {
        area: 'Kensington and Chelsea',
        score: 29,
        max_score: 36,
        rating: 'Good',
        published_rating: 'Good',
        published_score: 29,
      },
      {
        area: 'Wigan',
        score: 19,
        max_score: 36,
        rating: 'Good',
        published_rating: 'Good',
        published_score: 19,
      },
    ]);
  });

  test('have 62 standard ratings as published', async () => {
    const rows = await views.standards();
    expect(
      rows.filter(({ rating, published_rating }) => rating === published_rating && rating !== null),
    ).toHaveLength(62);
    expect(
      rows.filter(({ standard }) => standard === '4.1').map(({ area, rating }) => [area, rating]),
    ).toEqual([
      ['Barnet', 'Good'],
      ['Hammersmith and Fulham', 'Outstanding'],
    ]);
  });

  test('differ from the computation in five standards, each with grounds for discretion', async () => {
    const rows = (await views.standards()).filter(
      ({ computed_rating, rating }) => computed_rating && computed_rating !== rating,
    );
    expect(rows.map(({ published_rating: _, ...row }) => row)).toEqual([
      // 45%, 5 of 11: five points from 50, and 6 of 11 is 55%, if a sixth case was relevant
      {
        area: 'Barnet',
        standard: '2.1',
        computed_rating: 'Inadequate',
        rating: 'Requires improvement',
        near_boundary: true,
        one_case_flips: null,
        small_sample: null,
      },
      // 64%, 7 of 11: one point from 65; seven cases or more were relevant
      {
        area: 'Barnet',
        standard: '2.3',
        computed_rating: 'Requires improvement',
        rating: 'Good',
        near_boundary: true,
        one_case_flips: null,
        small_sample: false,
      },
      // 63%: two points from 65; of how many cases is not printed
      {
        area: 'Essex',
        standard: '3.4',
        computed_rating: 'Requires improvement',
        rating: 'Good',
        near_boundary: true,
        one_case_flips: null,
        small_sample: null,
      },
      // 1 of 3 in two key questions
      {
        area: 'Kensington and Chelsea',
        standard: '3.1',
        computed_rating: 'Inadequate',
        rating: 'Requires improvement',
        near_boundary: false,
        one_case_flips: false,
        small_sample: true,
      },
      // 0 of 1
      {
        area: 'Kensington and Chelsea',
        standard: '3.2',
        computed_rating: 'Inadequate',
        rating: 'Requires improvement',
        near_boundary: false,
        one_case_flips: true,
        small_sample: true,
      },
    ]);
  });

  test('reconcile with every published figure', async () => {
    const none = {
      agrees: 0,
      'agrees truncated': 0,
      'agrees on another base': 0,
      'explained by discretion': 0,
      'not computable': 0,
      disagrees: 0,
    };
    expect(countByLevel(await reconciliation(database.db))).toEqual([
      { level: 'overall', counts: { ...none, agrees: 5 } },
      { level: 'score', counts: { ...none, agrees: 4 } },
      { level: 'standard', counts: { ...none, agrees: 57, 'explained by discretion': 5 } },
      { level: 'key question', counts: { ...none, agrees: 111 } },
      {
        level: 'prompt',
        counts: {
          ...none,
          agrees: 274,
          'agrees truncated': 4,
          'agrees on another base': 1,
          'not computable': 2,
        },
      },
    ]);
  });

  test("show which of Barnet's percentages no whole number of inspected cases gives", async () => {
    const odd = (await reconciliation(database.db)).filter(
      ({ level, status }) => level === 'prompt' && status !== 'agrees',
    );
    expect(
      odd.map(({ code, published, computed, status, explanation }) => ({
        code,
        published,
        computed,
        status,
        explanation,
      })),
    ).toMatchObject([
      {
        code: '2.3.1.d',
        published: '90%',
        computed: '10/11 truncated',
        status: 'agrees truncated',
        explanation: expect.stringContaining('on another base: 9/10'),
      },
      {
        code: '2.3.1.g',
        published: '90%',
        computed: '10/11 truncated',
        status: 'agrees truncated',
        explanation: expect.stringContaining('on another base: 9/10'),
      },
      {
        code: '3.2.1.c',
        published: '86%',
        computed: '13/15 truncated',
        status: 'agrees truncated',
        explanation: expect.stringContaining('on another base: 12/14, 6/7'),
      },
      {
        code: '3.2.1.e',
        published: '86%',
        computed: '13/15 truncated',
        status: 'agrees truncated',
        explanation: expect.stringContaining('on another base: 12/14, 6/7'),
      },
      {
        code: '3.3.3.b',
        published: '29%',
        computed: '4/14, 2/7 on another base',
        status: 'agrees on another base',
      },
      // Kensington and Chelsea's lost cells
      { code: '3.1.3.a', published: '0 of lost', computed: null, status: 'not computable' },
      { code: '3.2.1.e', published: '3 of lost', computed: null, status: 'not computable' },
    ]);
  });

  test('rest on the evidence that their reports print', async () => {
    const rows = await database.db
      .selectFrom('analytics.inspection')
      .select([
        'area',
        'evidence',
        'fieldwork_start',
        'published',
        'published_year',
        'court_cases',
        'out_of_court_cases',
        'resettlement_cases',
      ])
      .orderBy('area')
      .execute();
    expect(rows).toEqual([
      {
        area: 'Barnet',
        evidence: 'published percentages',
        fieldwork_start: '2022-02-01',
        published: '2022-05-01',
        published_year: 2022,
        court_cases: 11,
        out_of_court_cases: 15,
        resettlement_cases: 5,
      },
      // published in 2018; the month is not printed
      {
        area: 'Essex',
        evidence: 'published percentages',
        fieldwork_start: '2018-10-01',
        published: null,
        published_year: 2018,
        court_cases: 43,
        out_of_court_cases: 28,
        resettlement_cases: null,
      },
      {
        area: 'Hammersmith and Fulham',
        evidence: 'published percentages',
        fieldwork_start: '2022-07-18',
        published: '2022-10-01',
        published_year: 2022,
        court_cases: 13,
        out_of_court_cases: 13,
        resettlement_cases: 3,
      },
      {
        area: 'Kensington and Chelsea',
        evidence: 'published counts',
        fieldwork_start: '2020-10-19',
        published: '2021-03-01',
        published_year: 2021,
        court_cases: 4,
        out_of_court_cases: 3,
        resettlement_cases: null,
      },
      {
        area: 'Wigan',
        evidence: 'published counts',
        fieldwork_start: '2021-04-26',
        published: '2021-08-01',
        published_year: 2021,
        court_cases: 9,
        out_of_court_cases: 5,
        resettlement_cases: null,
      },
    ]);
  });

  test('have 111 key question results and 281 prompt results', async () => {
    const count = (view: 'analytics.key_question_result' | 'analytics.prompt_result') =>
      database.db
        .selectFrom(view)
        .select(({ fn }) => fn.countAll<number>().as('rows'))
        .executeTakeFirst();
    expect(await count('analytics.key_question_result')).toEqual({ rows: 111 });
    expect(await count('analytics.prompt_result')).toEqual({ rows: 281 });
  });
});
