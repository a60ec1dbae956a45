import { type Refusal, refusal } from './refusal.js';

const limit = (role: string, setting: string, value: string): string =>
  `insert into core.role_limit values ('${role}', '${setting}', '${value}')`;

/** Wrong rows of what roles queue by and are limited by. */
export const roleRefusals: Refusal[] = [
  refusal('a queue twice', 'load_queue_pkey', 'insert into core.load_queue values (7)'),
  refusal(
    'two limits of one thing',
    'role_limit_pkey',
    limit('yot_ratings_reader', 'statement_timeout', '1h'),
  ),
  refusal(
    'a limit of a role that is not ours',
    'role_limit_role_check',
    limit('postgres', 'lock_timeout', '1s'),
  ),
  refusal(
    'a setting that is no limit',
    'role_limit_setting_check',
    limit('yot_ratings_reader', 'work_mem', '64MB'),
  ),
  refusal(
    'no connection at all',
    'role_limit_check',
    "update core.role_limit set value = '0' where setting = 'connections'",
  ),
];
