import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { DB } from '../../src/database/schema.js';
import { load } from '../../src/import/load.js';
import { changed, good2018, good2021, testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';

// What the two invented inspections say, written down again by hand as rows.

const database = testDatabase();
const files = testFolder();
let db: Kysely<DB>;
let id2018: number;
let id2021: number;

beforeAll(async () => {
  db = database.db;
  // a kind of case by another of its names
  const { text } = changed(good2018, 'community_sentence: 7', 'Community order: 7');
  await load(db, [await files.bundle(text), await files.bundle(good2021)]);
  const ids = await db
    .selectFrom('core.inspection')
    .select('inspection_id')
    .where('is_synthetic', '=', true)
    .orderBy('fieldwork_start')
    .execute();
  [id2018, id2021] = ids.map(({ inspection_id }) => inspection_id) as [number, number];
});

test('the inspection with its dates, as exactly as they are known', async () => {
  const rows = await db
    .selectFrom('core.inspection')
    .selectAll()
    .where('is_synthetic', '=', true)
    .orderBy('fieldwork_start')
    .execute();
  expect(rows).toMatchObject([
    {
      inspection_code: 'barset-2019-05-13',
      edition_code: '2018',
      service_at_inspection: 'Barset Youth Justice Service',
      title: 'An invented inspection',
      isbn: '978-0-00-000000-0',
      lead_inspector: 'Nobody',
      fieldwork_start: '2019-05-13',
      fieldwork_end: '2019-05-17',
      fieldwork_precision: 'day',
      published: '2019-08-01',
      published_year: 2019,
      published_precision: 'month',
      recommendations_made: 2,
      about: 'Invented for a test; no such inspection took place.',
    },
    {
      inspection_code: 'westminster-2022-03-01',
      edition_code: '2021',
      service_at_inspection: 'Westminster Youth Offending Team',
      title: null,
      isbn: null,
      fieldwork_start: '2022-03-01',
      fieldwork_end: null,
      fieldwork_precision: 'month',
      published: null,
      published_year: 2022,
      published_precision: 'year',
      recommendations_made: 5,
      about: null,
    },
  ]);
});

test('a service not met before', async () => {
  const row = await db
    .selectFrom('core.service')
    .innerJoin('core.service_name', 'core.service_name.service_id', 'core.service.service_id')
    .select([
      'service_code',
      'core.service.region',
      'core.service_name.name',
      'core.service_name.kind',
      'usage',
    ])
    .where('area', '=', 'Barset')
    .execute();
  expect(row).toEqual([
    {
      service_code: 'barset',
      region: 'East Midlands',
      name: 'Barset Youth Justice Service',
      kind: 'YJS',
      usage: 'official',
    },
  ]);
});

test('samples, with an unknown number of cases where the file says nothing', async () => {
  const rows = await db
    .selectFrom('core.inspection_sample')
    .innerJoin('core.sample', 'core.sample.sample_id', 'core.inspection_sample.sample_id')
    .select(['inspection_id', 'sample', 'cases', 'case_manager_interviews', 'eligible_cases', 'place'])
    .where('inspection_id', 'in', [id2018, id2021])
    .orderBy('inspection_id')
    .orderBy('sample')
    .execute();
  expect(rows.map((row) => Object.values(row).slice(1))).toEqual([
    ['court', 9, 8, 12, 'page 9'],
    ['out of court', 6, null, null, null],
    ['court', 11, null, null, null],
    ['out of court', 8, null, null, null],
    ['resettlement', 2, null, null, null],
  ]);
});

test('samples by kind of case', async () => {
  const rows = await db
    .selectFrom('core.sample_kind')
    .innerJoin('core.sample', 'core.sample.sample_id', 'core.sample_kind.sample_id')
    .select(['sample', 'kind', 'cases'])
    .where('inspection_id', '=', id2018)
    .orderBy('sample')
    .orderBy('kind')
    .execute();
  expect(rows.map((row) => Object.values(row))).toEqual([
    ['court', 'community_sentence', 7],
    ['court', 'custodial_sentence', 2],
    ['court', 'referral_order', 4],
    ['out of court', 'community_resolution', 3],
    ['out of court', 'youth_caution', 2],
  ]);
});

test('results of questions, with what was lost', async () => {
  const rows = await db
    .selectFrom('core.published_result')
    .innerJoin('core.question', 'core.question.question_id', 'core.published_result.question_id')
    .select(['question_code', 'relevant', 'yes', 'percent', 'no_relevant_case'])
    .select(['relevant_lost', 'yes_lost', 'percent_lost', 'place'])
    .where('inspection_id', '=', id2018)
    .orderBy('question_code')
    .execute();
  expect(rows.map((row) => Object.values(row))).toEqual([
    ['2.1.1', 9, 7, null, false, false, false, false, null],
    ['2.1.1.a', 9, 8, null, false, false, false, false, null],
    ['2.1.1.b', 0, 0, null, false, false, false, false, null],
    ['2.1.1.c', null, null, null, false, true, true, false, '40'],
    ['2.1.2', 8, 6, null, false, false, false, false, 'page 14'],
    ['2.1.3', null, null, 67, false, false, false, false, null],
    ['2.2.1', 9, 9, null, false, false, false, false, null],
    ['2.2.2', 4, 3, null, false, false, false, false, null],
    ['2.2.3', null, null, null, true, false, false, false, null],
    ['3.1.1', null, 4, null, false, true, false, false, null],
  ]);
});

test('counts of the running text', async () => {
  const rows = await db
    .selectFrom('core.prose_count')
    .selectAll()
    .where('inspection_id', '=', id2018)
    .execute();
  expect(rows).toMatchObject([{ yes: 6, relevant: 9, place: 'line 20' }]);
});

test('ratings of standards as published, and judgements beside them', async () => {
  const published = await db
    .selectFrom('core.published_standard_rating')
    .select(['standard_code', 'rating', 'lost', 'place'])
    .where('inspection_id', '=', id2018)
    .orderBy('standard_code')
    .execute();
  expect(published.map((row) => Object.values(row))).toEqual([
    ['1.1', 'Good', false, null],
    ['1.2', 'Outstanding', false, 'page 3'],
    ['1.3', 'Good', false, null],
    ['1.4', null, true, null],
    ['2.1', 'Good', false, null],
    ['2.2', 'Outstanding', false, null],
    ['3.1', 'Requires improvement', false, null],
  ]);
  const judged = await db
    .selectFrom('core.qualitative_rating')
    .select(['standard_code', 'rating'])
    .where('inspection_id', 'in', [id2018, id2021])
    .orderBy('inspection_id')
    .orderBy('standard_code')
    .execute();
  // of 2018, domain 1; of 2021, 3.4 and 4.1 too
  expect(judged.map((row) => Object.values(row))).toEqual([
    ['1.1', 'Good'],
    ['1.2', 'Outstanding'],
    ['1.3', 'Good'],
    ['1.4', 'Requires improvement'],
    ['3.4', 'Requires improvement'],
    ['4.1', 'Good'],
  ]);
});

test('the published overall rating', async () => {
  const rows = await db
    .selectFrom('core.published_overall')
    .selectAll()
    .where('inspection_id', 'in', [id2018, id2021])
    .execute();
  expect(rows).toMatchObject([
    {
      inspection_id: id2018,
      rating: 'Good',
      rating_lost: false,
      score: 24,
      score_lost: false,
      out_of: 36,
      place: '3',
    },
  ]);
});

test('decisions of the ratings panel', async () => {
  const rows = await db
    .selectFrom('core.panel_decision')
    .selectAll()
    .where('inspection_id', '=', id2018)
    .execute();
  expect(rows).toMatchObject([
    {
      standard_code: '2.2',
      from_rating: 'Good',
      to_rating: 'Outstanding',
      reason: 'The one case was a late referral.',
      place: '12',
    },
  ]);
});

test('contextual facts, a value and its percentage as two', async () => {
  const rows = await db
    .selectFrom('core.context_fact')
    .select(['fact_no', 'measure', 'category', 'value', 'unit', 'lost', 'comparator', 'comparator_value'])
    .select(['period', 'as_at', 'domain_code', 'standard_code'])
    .where('inspection_id', '=', id2018)
    .orderBy('fact_no')
    .execute();
  expect(rows.map((row) => Object.values(row))).toEqual([
    [1, 'total population', null, 41000, 'people', false, null, null, '2019', null, null, null],
    [2, 'caseload', 'Female', 3, 'number', false, null, null, '2018 to 2019', null, null, null],
    [
      3,
      'caseload',
      'Female',
      18,
      'percent',
      false,
      'England and Wales',
      15,
      '2018 to 2019',
      null,
      null,
      null,
    ],
    [4, 'reoffending', null, 30.5, 'percent', false, 'neighbours', 33, null, '2019-03-31', null, null],
    [5, 'budget', null, null, 'pounds', true, null, null, null, null, '1', '1.2'],
  ]);
});

test('recommendations and findings', async () => {
  const recommendations = await db
    .selectFrom('core.recommendation')
    .select(['inspection_id', 'recommendation_no', 'addressed_to', 'summary', 'domain_code', 'place'])
    .where('inspection_id', 'in', [id2018, id2021])
    .orderBy('recommendation_no')
    .execute();
  expect(recommendations.map((row) => Object.values(row))).toEqual([
    [id2018, 1, 'The management board', 'Review the plan.', '1', '5'],
    [id2018, 4, 'The service', 'Write assessments in time.', null, null],
  ]);
  const findings = await db
    .selectFrom('core.finding')
    .select(['finding_no', 'kind', 'standard_code', 'summary', 'place'])
    .where('inspection_id', '=', id2018)
    .orderBy('finding_no')
    .execute();
  expect(findings.map((row) => Object.values(row))).toEqual([
    [1, 'strength', '1.1', 'Leaders know the children.', null],
    [2, 'area for improvement', null, 'Reviews come late.', '7'],
  ]);
});
