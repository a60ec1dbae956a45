import { type Refusal, refusal } from './refusal.js';

/** Wrong rows of the records: of loads, of what they replaced, of ratings, of migrations and of what these made. */
export const recordRefusals: Refusal[] = [
  refusal(
    'a load of an unknown kind',
    'load_kind_check',
    "insert into core.load (kind, subject, content_hash, program) values ('gossip', '', '', '')",
  ),
  refusal(
    'a file of a load twice',
    'load_file_pkey',
    'insert into core.load_file select * from core.load_file limit 1',
  ),
  refusal(
    'a file of a load that there is not',
    'load_file_load_id_fkey',
    "insert into core.load_file values (-1, 'some.csv', '', 0)",
  ),
  refusal(
    'a file of fewer than no bytes',
    'load_file_bytes_check',
    "insert into core.load_file (load_id, file, sha256, bytes) select max(load_id), 'other.csv', '', -1 from core.load",
  ),
  refusal(
    'a table of fewer than no rows',
    'load_file_rows_check',
    "insert into core.load_file (load_id, file, sha256, bytes, rows) select max(load_id), 'other.csv', '', 0, -1 from core.load",
  ),
  refusal(
    'a replaced rating of no load',
    'replaced_rating_load_id_fkey',
    "insert into core.replaced_rating values (-1, '2.1', 'Good', 2)",
  ),
  refusal(
    'two replaced ratings of one standard',
    'replaced_rating_pkey',
    "insert into core.replaced_rating select max(load_id), '2.1' from core.load, generate_series(1, 2) group by generate_series",
  ),
  refusal(
    'a remark of no load',
    'load_remark_load_id_fkey',
    "insert into core.load_remark values (-1, 1, 'some.csv', 1, 'why')",
  ),
  refusal(
    'two remarks of one number',
    'load_remark_pkey',
    "insert into core.load_remark select max(load_id), 1, 'some.csv', 1, 'why' from core.load, generate_series(1, 2) group by generate_series",
  ),
  refusal(
    'a record of ratings for an unknown reason',
    'rating_record_why_check',
    "insert into core.rating_record (inspection_id, why, service, area, edition_code, year, is_synthetic) values (1, 'gossip', '', '', '', 2020, false)",
  ),
  refusal(
    'a record of ratings of no load',
    'rating_record_load_id_fkey',
    "insert into core.rating_record (inspection_id, load_id, why, service, area, edition_code, year, is_synthetic) values (1, -1, 'loaded', '', '', '', 2020, false)",
  ),
  refusal(
    'a rating of no record',
    'recorded_rating_record_id_fkey',
    "insert into core.recorded_rating values (-1, 1, '2.1', 'Good', 2, false)",
  ),
  refusal(
    'two ratings of one standard in a record',
    'recorded_rating_pkey',
    'insert into core.recorded_rating select * from core.recorded_rating limit 1',
  ),
  refusal(
    'two digests of one migration',
    'applied_migration_pkey',
    "insert into core.applied_migration (version, sha256, program) select 'none', '', '' from generate_series(1, 2)",
  ),
  refusal(
    'a made object that is neither view nor function',
    'made_object_kind_check',
    "insert into core.made_object values ('table', 'core.answer')",
  ),
  refusal(
    'a made object twice',
    'made_object_pkey',
    'insert into core.made_object select * from core.made_object limit 1',
  ),
];
