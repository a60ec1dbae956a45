import { type Kysely, sql } from 'kysely';
import type { DB } from '../../../src/database/schema.js';

/**
 * Adds what the statements are about and the bundled inspections lack (cases, an answer, a limit on a question, a judged one), and
 * names for keys: barnet() and wigan() are inspections of 2021 and 2018, question('2018', '2.1.1') is a question's key,
 * sample('2018', 'court') a sample's.
 */
export async function addFixture(db: Kysely<DB>): Promise<void> {
  const keys = {
    'barnet() returns bigint':
      "select inspection_id from core.inspection where inspection_code like 'barnet-%'",
    'wigan() returns bigint':
      "select inspection_id from core.inspection where inspection_code like 'wigan-%'",
    'question(edition text, code text) returns integer':
      'select question_id from core.question where edition_code = edition and question_code = code',
    'sample(edition text, of_name text) returns smallint':
      'select sample_id from core.sample where edition_code = edition and sample = of_name',
    'rules(edition text) returns integer':
      'select rule_set_id from core.rule_set where edition_code = edition',
    'service(code text) returns integer': 'select service_id from core.service where service_code = code',
    'authority(of_name text) returns integer':
      'select local_authority_id from core.local_authority where name = of_name and upper_inf(valid)',
  };
  for (const [signature, query] of Object.entries(keys)) {
    await sql.raw(`create function public.${signature} language sql as $$ ${query} $$`).execute(db);
  }
  const rows = [
    `insert into core.inspected_case values
      (barnet(), 1, sample('2021', 'court'), 'B1', 'referral_order'),
      (barnet(), 2, sample('2021', 'out of court'), 'B2', 'youth_caution'),
      (wigan(), 3, sample('2018', 'court'), 'W3', 'referral_order')`,
    `insert into core.answer values
      (barnet(), question('2021', '2.1.1'), 1, sample('2021', 'court'), 'yes')`,
    `insert into core.prose_count (inspection_id, question_id, sample_id, yes, relevant) values
      (wigan(), question('2018', '2.1.1'), sample('2018', 'court'), 2, 5)`,
    "insert into core.question_not_asked values (question('2021', '2.1.1'), '2021', 'age_band', '18 and over')",
    `insert into core.judged_question (inspection_id, edition_code, question_id, rating)
     values (wigan(), '2018', question('2018', '1.1.1'), 'Good')`,
    `insert into core.service_authority values (service('barnet'), authority('Enfield'), '[2030-01-01,2031-01-01)')`,
    `insert into core.load (kind, subject, content_hash, program) values ('edition', 'none', 'none', 'none')`,
    "insert into core.load_file select max(load_id), 'some.csv', 'none', 0 from core.load",
  ];
  for (const row of rows) await sql.raw(row).execute(db);
}
