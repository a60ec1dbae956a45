import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../support/database.js';

const database = testDatabase();

// What analysts and BI tools rely on, version 1: names and meanings here are fixed. Views and columns may be added.
const keys = {
  inspection_id: 'bigint',
  service: 'text',
  area: 'text',
  edition: 'text',
  fieldwork_start: 'date',
  year: 'integer',
  published: 'date',
  is_synthetic: 'boolean',
};

const counts = {
  yes: 'integer',
  no: 'integer',
  not_applicable: 'integer',
  relevant: 'integer',
  inspected: 'integer',
  percent_of_relevant: 'integer',
  percent_of_inspected: 'integer',
  percent: 'integer',
  evidence: 'text',
};

const interval = {
  low: 'double precision',
  high: 'double precision',
  low_95: 'double precision',
  high_95: 'double precision',
};

const rating = { rating: 'text', rating_rank: 'integer' };

const views: Record<string, Record<string, string>> = {
  inspection: {
    ...keys,
    service_at_inspection: 'text',
    inspection_type: 'text',
    report_url: 'text',
    court_cases: 'integer',
    out_of_court_cases: 'integer',
    resettlement_cases: 'integer',
    evidence: 'text',
  },
  prompt_result: {
    ...keys,
    standard: 'text',
    key_question: 'text',
    prompt: 'text',
    text: 'text',
    ...counts,
    ...interval,
  },
  key_question_result: {
    ...keys,
    standard: 'text',
    key_question: 'text',
    text: 'text',
    ...counts,
    ...rating,
    ...interval,
    rounding_matters: 'boolean',
  },
  standard_rating: {
    ...keys,
    standard: 'text',
    title: 'text',
    basis: 'text',
    lowest_percent: 'integer',
    driving_key_question: 'text',
    computed_rating: 'text',
    ...rating,
    score: 'integer',
    discretion: 'boolean',
    discretion_reason: 'text',
    near_boundary: 'boolean',
    one_case_flips: 'boolean',
    small_sample: 'boolean',
    published_rating: 'text',
    evidence: 'text',
  },
  overall_rating: {
    ...keys,
    score: 'integer',
    max_score: 'integer',
    ...rating,
    limited_by: 'text',
    not_rated_because: 'text',
    published_score: 'integer',
    published_rating: 'text',
  },
  // published is the printed figure here, and the date goes by another name
  reconciliation: {
    ...keys,
    published: 'text',
    published_on: 'date',
    level: 'text',
    code: 'text',
    computed: 'text',
    status: 'text',
    explanation: 'text',
  },
  service_history: {
    ...keys,
    sequence: 'integer',
    previous_inspection_id: 'bigint',
    ...rating,
    score: 'integer',
    score_change: 'integer',
    rating_change: 'integer',
  },
  service: {
    service_id: 'integer',
    nation: 'text',
    region: 'text',
    last_inspection_id: 'bigint',
    last_published: 'date',
    days_since: 'integer',
    last_rating: 'text',
    previous_rating: 'text',
  },
  service_authority: {
    service_id: 'integer',
    authority: 'text',
    ons_code: 'text',
    dfe_la_code: 'text',
    region: 'text',
    nation: 'text',
    police_area: 'text',
    valid_from: 'date',
    valid_until: 'date',
  },
  standard_history: {
    ...keys,
    standard: 'text',
    ...rating,
    previous_rating: 'text',
    rating_change: 'integer',
    days_since: 'integer',
    continues: 'boolean',
  },
  rating_trend: {
    year: 'integer',
    is_synthetic: 'boolean',
    edition: 'text',
    standard: 'text',
    ...rating,
    inspections: 'integer',
    share: 'double precision',
  },
  key_question_trend: {
    year: 'integer',
    is_synthetic: 'boolean',
    key_question: 'text',
    services: 'integer',
    yes: 'integer',
    relevant: 'integer',
    percent: 'integer',
    ...interval,
    series_break: 'boolean',
  },
  subgroup_result: {
    ...keys,
    key_question: 'text',
    attribute: 'text',
    value: 'text',
    yes: 'integer',
    no: 'integer',
    relevant: 'integer',
    percent: 'integer',
    marker: 'text',
  },
  subgroup_trend: {
    year: 'integer',
    is_synthetic: 'boolean',
    edition: 'text',
    key_question: 'text',
    attribute: 'text',
    value: 'text',
    yes: 'integer',
    no: 'integer',
    relevant: 'integer',
    percent: 'integer',
    ...interval,
    marker: 'text',
  },
  recommendation: { ...keys, addressed_to: 'text', domain: 'text' },
  finding: { ...keys, kind: 'text', domain: 'text', standard: 'text' },
  context_fact: { ...keys, value: 'numeric', unit: 'text', period: 'text', source: 'text', domain: 'text' },
};

const found = new Map<string, Record<string, string>>();
beforeAll(async () => {
  const { rows } = await sql<{ view: string; column: string; type: string }>`
    select relname as view, attname as column, format_type(atttypid, atttypmod) as type
    from pg_attribute
    join pg_class on pg_class.oid = attrelid and relkind = 'v' and relnamespace = 'analytics'::regnamespace
    where attnum > 0`.execute(database.db);
  for (const { view, column, type } of rows) found.set(view, { ...found.get(view), [column]: type });
});

test.each(Object.entries(views))('analytics.%s has the columns that others rely on', (view, columns) => {
  expect(found.get(view)).toMatchObject(columns);
});

test('every view of analytics that is about an inspection has its key, service, edition and year', () => {
  for (const [view, columns] of found) {
    if ('inspection_id' in columns)
      expect(columns, view).toMatchObject({
        ...keys,
        ...(view === 'reconciliation' ? { published: 'text' } : {}),
      });
  }
});

test('its domain stands beside every standard, with the titles of both', () => {
  for (const [view, columns] of found) {
    if (!('standard' in columns)) continue;
    expect(columns, view).toMatchObject({ domain: 'text', domain_title: 'text' });
    expect('title' in columns || 'standard_title' in columns, view).toBe(true);
  }
});

test('region and nation stand beside every service', () => {
  for (const [view, columns] of found) {
    if ('service' in columns)
      expect(columns, view).toMatchObject({ service_id: 'integer', region: 'text', nation: 'text' });
  }
});

test('analytics holds views and nothing else', async () => {
  const { rows } = await sql`
    select relname from pg_class where relnamespace = 'analytics'::regnamespace and relkind <> 'v'
    union all
    select proname from pg_proc where pronamespace = 'analytics'::regnamespace`.execute(database.db);
  expect(rows).toEqual([]);
});
