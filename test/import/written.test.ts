import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { changed, good2018, good2021, testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';

// What the two invented inspections say, written down again by hand as rows.

const database = testDatabase();
const files = testFolder();

beforeAll(async () => {
  // a kind of case by another of its names
  const { text } = changed(good2018, 'community_sentence: 7', 'Community order: 7');
  await load(database.db, [await files.bundle(text), await files.bundle(good2021)]);
});

/** By table, with its columns as SQL: the rows of the invented inspections, in the order of inspections and of their first columns. */
const expected: [table: string, columns: string, rows: unknown[][]][] = [
  [
    'inspection',
    'inspection_code, service_at_inspection, title, isbn, lead_inspector, recommendations_made, about',
    [
      [
        ...[
          'barset-2019-05-13',
          'Barset Youth Justice Service',
          'An invented inspection',
          '978-0-00-000000-0',
        ],
        ...['Nobody', 2, 'Invented for a test; no such inspection took place.'],
      ],
      ['westminster-2022-03-01', 'Westminster Youth Offending Team', null, null, null, 5, null],
    ],
  ],
  [
    'inspection',
    'fieldwork_start, fieldwork_end, fieldwork_precision, published, published_year, published_precision',
    [
      ['2019-05-13', '2019-05-17', 'day', '2019-08-01', 2019, 'month'],
      ['2022-03-01', null, 'month', null, 2022, 'year'],
    ],
  ],
  [
    'inspection join core.service using (service_id) join core.service_name using (service_id)',
    'service_code, service.region, service_name.name, service_name.kind, usage',
    [['barset', 'East Midlands', 'Barset Youth Justice Service', 'YJS', 'official']],
  ],
  [
    'inspection join core.inspection_sample using (inspection_id) join core.sample using (sample_id)',
    'sample, cases, case_manager_interviews, eligible_cases, place',
    [
      ['court', 9, 8, 12, 'page 9'],
      ['out of court', 6, null, null, null],
      ['court', 11, null, null, null],
      ['out of court', 8, null, null, null],
      ['resettlement', 2, null, null, null],
    ],
  ],
  [
    'inspection join core.sample_kind using (inspection_id) join core.sample using (sample_id)',
    'sample, kind, sample_kind.cases',
    [
      ['court', 'community_sentence', 7],
      ['court', 'custodial_sentence', 2],
      ['court', 'referral_order', 4],
      ['out of court', 'community_resolution', 3],
      ['out of court', 'youth_caution', 2],
      ['out of court', 'triage', 1],
      ['resettlement', 'custodial_sentence', 2],
    ],
  ],
  [
    'inspection join core.published_result using (inspection_id) join core.question using (question_id)',
    'question_code, relevant, yes, percent, no_relevant_case, relevant_lost, yes_lost, percent_lost, place',
    [
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
      ['2.1.1', null, null, 91, false, false, false, false, null],
      ['2.1.1.a', null, null, 45, false, false, false, false, null],
      ['2.1.2', 10, 8, null, false, false, false, false, null],
    ],
  ],
  ['inspection join core.prose_count using (inspection_id)', 'yes, relevant, place', [[6, 9, 'line 20']]],
  [
    'inspection join core.published_standard_rating using (inspection_id)',
    'standard_code, rating, lost, place',
    [
      ['1.1', 'Good', false, null],
      ['1.2', 'Outstanding', false, 'page 3'],
      ['1.3', 'Good', false, null],
      ['1.4', null, true, null],
      ['2.1', 'Good', false, null],
      ['2.2', 'Outstanding', false, null],
      ['3.1', 'Requires improvement', false, null],
      ['3.4', 'Requires improvement', false, null],
      ['4.1', 'Good', false, null],
    ],
  ],
  [
    // of 2018, domain 1; of 2021, 3.4 and 4.1 too
    'inspection join core.qualitative_rating using (inspection_id)',
    'standard_code, rating',
    [
      ['1.1', 'Good'],
      ['1.2', 'Outstanding'],
      ['1.3', 'Good'],
      ['1.4', 'Requires improvement'],
      ['3.4', 'Requires improvement'],
      ['4.1', 'Good'],
    ],
  ],
  [
    'inspection join core.published_overall using (inspection_id)',
    'rating, rating_lost, score, score_lost, out_of, place',
    [['Good', false, 24, false, 36, '3']],
  ],
  [
    'inspection join core.panel_decision using (inspection_id)',
    'standard_code, from_rating, to_rating, reason, place',
    [['2.2', 'Good', 'Outstanding', 'The one case was a late referral.', '12']],
  ],
  [
    // a value and its percentage are two
    'inspection join core.context_fact using (inspection_id)',
    'fact_no, measure, category, value, unit, lost, comparator, comparator_value, period, as_at, domain_code, standard_code',
    [
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
    ],
  ],
  [
    'inspection join core.recommendation using (inspection_id)',
    'recommendation_no, addressed_to, summary, domain_code, place',
    [
      [1, 'The management board', 'Review the plan.', '1', '5'],
      [4, 'The service', 'Write assessments in time.', null, null],
    ],
  ],
  [
    'inspection join core.finding using (inspection_id)',
    'finding_no, kind, standard_code, summary, place',
    [
      [1, 'strength', '1.1', 'Leaders know the children.', null],
      [2, 'area for improvement', null, 'Reviews come late.', '7'],
    ],
  ],
];

test.each(expected)('%s: %s', async (table, columns, rows) => {
  const order = columns.split(', ').slice(0, 2).join(', ');
  const onlyNew = table.includes('service_name') ? "and area = 'Barset'" : '';
  const { rows: found } = await sql
    .raw<object>(
      `select ${columns} from core.${table} where inspection.is_synthetic ${onlyNew} order by fieldwork_start, ${order}`,
    )
    .execute(database.db);
  expect(found.map((row) => Object.values(row))).toEqual(rows);
});
