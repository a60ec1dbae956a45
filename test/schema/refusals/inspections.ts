import { type Refusal, refusal } from './refusal.js';

/** An inspection of Bridgend, which has none, with the given columns besides those that it must have. */
const inspection = (columns: string, values: string): string =>
  `insert into core.inspection (inspection_code, service_id, edition_code, service_at_inspection, ${columns})
   values ('bridgend-new', service('bridgend'), '2018', 'Bridgend YJS', ${values})`;

const published = (published: string, year: string, precision: string): string =>
  inspection(
    'fieldwork_start, fieldwork_precision, published, published_year, published_precision',
    `'2020-06-01', 'day', ${published}, ${year}, ${precision}`,
  );

/** Inspections of which a table says no more than the publication. */
const listed = (...rows: string[]): string =>
  `insert into core.inspection (inspection_code, service_id, edition_code, service_at_inspection, fieldwork_precision,
     published, published_year, published_precision) values ${rows.join(', ')}`;
const inMarch = (code: string) =>
  `('bridgend-${code}', service('bridgend'), '2018', 'Bridgend YJS', 'not known', '2020-03-01', 2020, 'month')`;

/** Wrong rows of inspections. */
export const inspectionRefusals: Refusal[] = [
  refusal(
    'two inspections of a service and publication, neither of known fieldwork',
    'inspection_known_by_publication',
    listed(inMarch('one'), inMarch('two')),
  ),
  refusal(
    'an unknown fieldwork date that is there',
    'fieldwork_is_as_precise_as_it_says',
    inspection('fieldwork_start, fieldwork_precision', "'2020-06-01', 'not known'"),
  ),
  refusal(
    'a known fieldwork date that is not there',
    'fieldwork_is_as_precise_as_it_says',
    inspection('fieldwork_precision, published_year, published_precision', "'day', 2020, 'year'"),
  ),
  refusal(
    'an inspection of which neither fieldwork nor publication is known',
    'fieldwork_or_publication_is_known',
    inspection('fieldwork_precision', "'not known'"),
  ),
  ...['inspection_type', 'report_url', 'source', 'certainty'].map((column) =>
    refusal(
      `an empty text instead of none: ${column}`,
      `inspection_${column}_check`,
      inspection(`fieldwork_start, fieldwork_precision, ${column}`, "'2020-06-01', 'day', ''"),
    ),
  ),
  refusal(
    'two inspections of a service with one fieldwork date',
    'inspection_service_id_fieldwork_start_key',
    `insert into core.inspection
       (inspection_code, service_id, edition_code, service_at_inspection, fieldwork_start, fieldwork_precision)
     select 'barnet-again', service_id, '2018', 'Barnet', fieldwork_start, 'day'
     from core.inspection where inspection_id = barnet()`,
  ),
  refusal(
    'two inspections of one code',
    'inspection_inspection_code_key',
    `update core.inspection set inspection_code = (select inspection_code from core.inspection where inspection_id = wigan())
     where inspection_id = barnet()`,
  ),
  refusal(
    'two inspections of one key',
    'inspection_pkey',
    `insert into core.inspection
       (inspection_id, inspection_code, service_id, edition_code, service_at_inspection, fieldwork_start, fieldwork_precision)
     values (barnet(), 'bridgend-new', service('bridgend'), '2018', 'Bridgend YJS', '2020-06-01', 'day')`,
  ),
  refusal(
    'an inspection code that would not do in a file name',
    'inspection_inspection_code_check',
    "update core.inspection set inspection_code = 'Barnet 2022' where inspection_id = barnet()",
  ),
  refusal(
    'an inspection of a service that there is not',
    'inspection_service_id_fkey',
    'update core.inspection set service_id = -1 where inspection_id = barnet()',
  ),
  refusal(
    'an inspection under an unknown edition',
    'inspection_edition_code_fkey',
    `insert into core.inspection
       (inspection_code, service_id, edition_code, service_at_inspection, fieldwork_start, fieldwork_precision)
     values ('bridgend-new', service('bridgend'), '1999', 'Bridgend YJS', '2020-06-01', 'day')`,
  ),
  refusal(
    'an inspection of a programme that its edition does not have',
    'inspection_edition_code_programme_fkey',
    "update core.inspection set programme = 'small' where inspection_id = barnet()",
  ),
  refusal(
    'fieldwork that ends before it starts',
    'fieldwork_ends_after_it_starts',
    inspection('fieldwork_start, fieldwork_end, fieldwork_precision', "'2020-06-02', '2020-06-01', 'day'"),
  ),
  refusal(
    'fieldwork known to the minute',
    'inspection_fieldwork_precision_check',
    inspection('fieldwork_start, fieldwork_precision', "'2020-06-01', 'minute'"),
  ),
  refusal(
    'fieldwork of a month that is not dated to its first day',
    'fieldwork_month_is_its_first_day',
    inspection('fieldwork_start, fieldwork_precision', "'2020-06-02', 'month'"),
  ),
  refusal(
    'fewer than no recommendations',
    'inspection_recommendations_made_check',
    'update core.inspection set recommendations_made = -1',
  ),
  refusal(
    'publication known to the decade',
    'inspection_published_precision_check',
    published('null', '2020', "'decade'"),
  ),
  refusal(
    'publication in a month that is not dated to its first day',
    'published_is_as_precise_as_it_says',
    published("'2020-09-15'", '2020', "'month'"),
  ),
  refusal(
    'publication in a month that is not given',
    'published_is_as_precise_as_it_says',
    published('null', '2020', "'month'"),
  ),
  refusal(
    'publication on a day that is not given',
    'published_is_as_precise_as_it_says',
    published('null', '2020', "'day'"),
  ),
  refusal(
    'publication in a year, on a day',
    'published_is_as_precise_as_it_says',
    published("'2020-09-15'", '2020', "'year'"),
  ),
  refusal(
    'publication on a day, of unknown precision',
    'published_is_as_precise_as_it_says',
    published("'2020-09-15'", 'null', 'null'),
  ),
  refusal(
    'publication to a precision, without its year',
    'published_year_is_known_with_any_precision',
    published("'2020-09-15'", 'null', "'day'"),
  ),
  refusal(
    'publication in one year, on a day of another',
    'published_year_is_that_of_published',
    published("'2020-09-15'", '2021', "'day'"),
  ),
];
