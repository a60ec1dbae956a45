-- Wrong rows of services and authorities, and of what is known of the country beside inspections.

-- a local authority without a name: local_authority_name_check
insert into core.local_authority (name) values ('');
-- a local authority outside England and Wales: local_authority_nation_check
insert into core.local_authority (name, nation) values ('Fife', 'Scotland');
-- a local authority that never was: local_authority_valid_check
insert into core.local_authority (name, valid) values ('Rutlandshire', '[2020-01-01,2020-01-01)');
-- two local authorities of one name at one time, whatever its case: name_belongs_to_one_authority_at_a_time
insert into core.local_authority (name) values ('BARNET');
-- a code of a local authority twice: local_authority_ons_code_key
insert into core.local_authority (ons_code) values ('E09000003');
-- a code of a local authority that is none: local_authority_ons_code_check
insert into core.local_authority (ons_code) values ('S12000036');
-- a number of the Department for Education that is none: local_authority_dfe_la_code_check
insert into core.local_authority (dfe_la_code) values ('30');
-- two services of one key: service_pkey
insert into core.service (service_id, service_code, area) values (service('barnet'), 'fife', 'Fife');
-- a service outside England and Wales: service_nation_check
insert into core.service (service_code, area, nation) values ('fife', 'Fife', 'Scotland');
-- an end of a period known to the century: from of service_name: service_name_from_precision_check
update core.service_name set from_precision = 'century' where service_id = service('bridgend');
-- an end of a period known to the century: until of service_name: service_name_until_precision_check
update core.service_name set until_precision = 'century' where service_id = service('bridgend');
-- an end of a period known to the century: from of service_authority: service_authority_from_precision_check
update core.service_authority set from_precision = 'century' where service_id = service('bridgend');
-- an end of a period known to the century: until of service_authority: service_authority_until_precision_check
update core.service_authority set until_precision = 'century' where service_id = service('bridgend');
-- another name of a local authority twice: local_authority_name_pkey
insert into core.local_authority_name select * from core.local_authority_name limit 1;
-- another name that is empty: local_authority_name_name_check
insert into core.local_authority_name values (authority('Barnet'), '');
-- another name of a local authority that there is not: local_authority_name_local_authority_id_fkey
insert into core.local_authority_name values (-1, 'Nowhere');
-- two services of one code: service_service_code_key
insert into core.service (service_code, area) values ('barnet', 'Barnet');
-- a service code that would not do in a file name: service_service_code_check
insert into core.service (service_code, area) values ('Barnet/2', 'Barnet');
-- a name that is empty: service_name_name_check
insert into core.service_name (service_id, name) values (service('barnet'), '');
-- a name that is neither official nor an alias: service_name_usage_check
insert into core.service_name (service_id, name, usage) values (service('barnet'), 'BYOS', 'nickname');
-- a name that never held: service_name_valid_check
insert into core.service_name (service_id, name, valid)
  values (service('barnet'), 'BYOS', '[2020-01-01,2020-01-01)');
-- a name of a service that there is not: service_name_service_id_fkey
insert into core.service_name (service_id, name) values (-1, 'Nowhere YOS');
-- one name for two services at one time: service_name_belongs_to_one_service_at_a_time
insert into core.service_name (service_id, name, valid)
  values (service('essex'), 'Barnet YOS', '[2020-01-01,2021-01-01)');
-- one name for two services at one time, in another case: service_name_belongs_to_one_service_at_a_time
insert into core.service_name (service_id, name, valid)
  values (service('essex'), 'bArNeT yos', '[2020-01-01,2021-01-01)');
-- an official name of a service that overlaps with its other one: service_has_one_official_name_at_a_time
insert into core.service_name (service_id, name, usage, valid)
  values (service('bridgend'), 'Bridgend YJP', 'official', '[2030-01-01,)');
-- a service that works for a local authority twice at one time: service_has_an_authority_once_at_a_time
insert into core.service_authority
  values (service('enfield'), authority('Enfield'), '[2030-06-01,2032-01-01)');
-- a service that never works for a local authority: service_authority_valid_check
insert into core.service_authority values (service('barnet'), authority('Essex'), 'empty');
-- a local authority of a service that there is not: service_authority_service_id_fkey
insert into core.service_authority values (-1, authority('Essex'));
-- a service of a local authority that there is not: service_authority_local_authority_id_fkey
insert into core.service_authority values (service('barnet'), -1);
-- a service that is its own successor: service_does_not_succeed_itself
insert into core.service_succession values (service('barnet'), service('barnet'), '2020-01-01', 'day');
-- a succession twice: service_succession_pkey
insert into core.service_succession values (service('western-bay'), service('bridgend'), '2020-01-01', 'day');
-- a succession dated to the century: service_succession_precision_check
insert into core.service_succession values (service('barnet'), service('essex'), '2020-01-01', 'century');
-- a successor of nobody: service_succession_predecessor_id_fkey
insert into core.service_succession values (-1, service('essex'), '2020-01-01', 'day');
-- a predecessor of nobody: service_succession_successor_id_fkey
insert into core.service_succession values (service('essex'), -1, '2020-01-01', 'day');

-- two years of a name: inspectorate_year_pkey
insert into core.inspectorate_year values ('2022', '2030-01-01', '2031-01-01');
-- a year without a name: inspectorate_year_inspectorate_year_check
insert into core.inspectorate_year values ('', '2030-01-01', '2031-01-01');
-- a year that ends before it begins: inspectorate_year_begins_before_it_ends
insert into core.inspectorate_year values ('2030', '2031-01-01', '2030-01-01');
-- a year within another: inspectorate_years_do_not_overlap
insert into core.inspectorate_year values ('2022 again', '2022-03-01', '2022-04-01');
-- two totals of one kind: published_total_pkey
insert into core.published_total (rating, inspections) values ('all', 34);
-- a total of no rating: published_total_rating_check
insert into core.published_total (rating, inspections) values ('', 1);
-- a total below zero: published_total_inspections_check
insert into core.published_total (rating, inspections) values ('Good', -1);
-- a share above a hundred: published_total_percent_check
insert into core.published_total (rating, percent) values ('Good', 101);
-- a total that says nothing: published_total_is_a_number_or_a_share
insert into core.published_total (rating) values ('Good');
-- all inspections as a share: all_inspections_are_a_number
insert into core.published_total (rating, percent) values ('all', 50);
-- a total of a year that is none: published_total_inspectorate_year_fkey
insert into core.published_total (inspectorate_year, rating, inspections) values ('1999', 'all', 1);
-- two listed figures of one kind: listed_figure_pkey
insert into core.listed_figure (code, rating) select '1.1', 'Good' from generate_series(1, 2);
-- a listed figure that says nothing: listed_figure_says_something
insert into core.listed_figure (code) values ('1.1');
-- a listed rating that is none: listed_rating_is_given_or_not
insert into core.listed_figure (code, rating, not_rated) values ('1.1', 'Good', true);
-- a listed score of a standard: listed_score_is_of_the_score
insert into core.listed_figure (code, score) values ('1.1', 2);
-- a listed score below zero: listed_figure_score_check
insert into core.listed_figure (code, score) values ('score', -1);
-- a listed score out of nothing: listed_figure_out_of_check
insert into core.listed_figure (code, score, out_of) values ('score', 1, 0);
-- a listed score above a hundred percent: listed_figure_score_percent_check
insert into core.listed_figure (code, score_percent) values ('score', 101);
-- two groups of one name: comparator_group_pkey
insert into core.comparator_group values ('families', 'A');
-- a list that is called region: comparator_group_comparator_set_check
insert into core.comparator_group values ('region', 'A');
-- a group without a name: comparator_group_group_name_check
insert into core.comparator_group values ('families', '');
-- neighbours of no service: comparator_group_neighbours_of_fkey
insert into core.comparator_group values ('families', 'B', -1);
-- a service twice in a group: comparator_member_pkey
insert into core.comparator_member select 'families', 'A', service('barnet') from generate_series(1, 2);
-- a member of no group: comparator_member_comparator_set_group_name_fkey
insert into core.comparator_member values ('families', 'B', service('barnet'));
-- a member that is no service: comparator_member_service_id_fkey
insert into core.comparator_member values ('families', 'A', -1);
-- a pair twice: question_pair_pkey
insert into core.question_pair (edition_code) values ('2018');
-- a question with itself: question_is_no_pair_with_itself
insert into core.question_pair (second_question_id) values (question('2018', '2.1.1'));
-- a pair whose first is of another edition: question_pair_first_question_id_edition_code_fkey
insert into core.question_pair (first_question_id) values (question('2021', '2.1.1'));
-- a pair whose second is of another edition: question_pair_second_question_id_edition_code_fkey
insert into core.question_pair (second_question_id) values (question('2021', '3.1.1'));
