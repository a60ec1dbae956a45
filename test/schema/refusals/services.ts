import { type Refusal, refusal } from './refusal.js';

const name = (service: string, text: string, usage: string, valid: string): string =>
  `insert into core.service_name (service_id, name, usage, valid)
   values (service('${service}'), '${text}', '${usage}', '${valid}')`;

const authority = (nameNationValid: string, code = 'E09999999', number = '302'): string =>
  `insert into core.local_authority (name, nation, valid, ons_code, dfe_la_code, region, authority_type, police_area)
   values (${nameNationValid}, '${code}', '${number}', 'London', 'county', 'Metropolitan Police')`;

/** Wrong rows of services, local authorities, and what links them. */
export const serviceRefusals: Refusal[] = [
  refusal(
    'a local authority without a name',
    'local_authority_name_check',
    authority("'', 'England', '(,)'"),
  ),
  refusal(
    'a local authority outside England and Wales',
    'local_authority_nation_check',
    authority("'Fife', 'Scotland', '(,)'"),
  ),
  refusal(
    'a local authority that never was',
    'local_authority_valid_check',
    authority("'Rutlandshire', 'England', '[2020-01-01,2020-01-01)'"),
  ),
  refusal(
    'two local authorities of one name at one time, whatever its case',
    'name_belongs_to_one_authority_at_a_time',
    authority("'BARNET', 'England', '(,)'"),
  ),
  refusal(
    'a code of a local authority twice',
    'local_authority_ons_code_key',
    authority("'Newland', 'England', '(,)'", 'E09000003'),
  ),
  refusal(
    'a code of a local authority that is none',
    'local_authority_ons_code_check',
    authority("'Newland', 'England', '(,)'", 'S12000036'),
  ),
  refusal(
    'a number of the Department for Education that is none',
    'local_authority_dfe_la_code_check',
    authority("'Newland', 'England', '(,)'", 'E09999999', '30'),
  ),
  refusal(
    'a service outside England and Wales',
    'service_nation_check',
    "insert into core.service (service_code, area, nation) values ('fife', 'Fife', 'Scotland')",
  ),
  ...(['service_name', 'service_authority'] as const).flatMap((table) =>
    (['from', 'until'] as const).map((end) =>
      refusal(
        `an end of a period known to the century: ${end} of ${table}`,
        `${table}_${end}_precision_check`,
        `update core.${table} set ${end}_precision = 'century' where service_id = service('bridgend')`,
      ),
    ),
  ),
  refusal(
    'another name of a local authority twice',
    'local_authority_name_pkey',
    'insert into core.local_authority_name select * from core.local_authority_name limit 1',
  ),
  refusal(
    'another name that is empty',
    'local_authority_name_name_check',
    "insert into core.local_authority_name values (authority('Barnet'), '')",
  ),
  refusal(
    'another name of a local authority that there is not',
    'local_authority_name_local_authority_id_fkey',
    "insert into core.local_authority_name values (-1, 'Nowhere')",
  ),
  refusal(
    'two services of one code',
    'service_service_code_key',
    "insert into core.service (service_code, area) values ('barnet', 'Barnet')",
  ),
  refusal(
    'a service code that would not do in a file name',
    'service_service_code_check',
    "insert into core.service (service_code, area) values ('Barnet/2', 'Barnet')",
  ),
  refusal('a name that is empty', 'service_name_name_check', name('barnet', '', 'alias', '(,)')),
  refusal(
    'a name that is neither official nor an alias',
    'service_name_usage_check',
    name('barnet', 'BYOS', 'nickname', '(,)'),
  ),
  refusal(
    'a name that never held',
    'service_name_valid_check',
    name('barnet', 'BYOS', 'alias', '[2020-01-01,2020-01-01)'),
  ),
  refusal(
    'a name of a service that there is not',
    'service_name_service_id_fkey',
    "insert into core.service_name (service_id, name, usage) values (-1, 'Nowhere YOS', 'alias')",
  ),
  refusal(
    'one name for two services at one time',
    'service_name_belongs_to_one_service_at_a_time',
    name('essex', 'Barnet YOS', 'alias', '[2020-01-01,2021-01-01)'),
  ),
  refusal(
    'one name for two services at one time, in another case',
    'service_name_belongs_to_one_service_at_a_time',
    name('essex', 'bArNeT yos', 'alias', '[2020-01-01,2021-01-01)'),
  ),
  refusal(
    'an official name of a service that overlaps with its other one',
    'service_has_one_official_name_at_a_time',
    name('bridgend', 'Bridgend YJP', 'official', '[2030-01-01,)'),
  ),
  refusal(
    'a service that works for a local authority twice at one time',
    'service_has_an_authority_once_at_a_time',
    "insert into core.service_authority values (service('enfield'), authority('Enfield'), '[2030-06-01,2032-01-01)')",
  ),
  refusal(
    'a service that never works for a local authority',
    'service_authority_valid_check',
    "insert into core.service_authority values (service('barnet'), authority('Essex'), 'empty')",
  ),
  refusal(
    'a local authority of a service that there is not',
    'service_authority_service_id_fkey',
    "insert into core.service_authority values (-1, authority('Essex'))",
  ),
  refusal(
    'a service of a local authority that there is not',
    'service_authority_local_authority_id_fkey',
    "insert into core.service_authority values (service('barnet'), -1)",
  ),
  refusal(
    'a service that is its own successor',
    'service_does_not_succeed_itself',
    "insert into core.service_succession values (service('barnet'), service('barnet'), '2020-01-01', 'day')",
  ),
  refusal(
    'a succession twice',
    'service_succession_pkey',
    "insert into core.service_succession values (service('western-bay'), service('bridgend'), '2020-01-01', 'day')",
  ),
  refusal(
    'a succession dated to the century',
    'service_succession_precision_check',
    "insert into core.service_succession values (service('barnet'), service('essex'), '2020-01-01', 'century')",
  ),
  refusal(
    'a successor of nobody',
    'service_succession_predecessor_id_fkey',
    "insert into core.service_succession values (-1, service('essex'), '2020-01-01', 'day')",
  ),
  refusal(
    'a predecessor of nobody',
    'service_succession_successor_id_fkey',
    "insert into core.service_succession values (service('essex'), -1, '2020-01-01', 'day')",
  ),
];
