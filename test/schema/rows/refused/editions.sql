-- Wrong rows of editions, their domains, standards and questions, of the crosswalk, and of what holds for all editions.

-- a confidence level twice: confidence_level_pkey
insert into core.confidence_level values (80, 1.3);
-- a quantile of 0: confidence_level_z_check
insert into core.confidence_level values (50, 0);
-- a grade of evidence twice: evidence_pkey
insert into core.evidence values ('case answers', 9);
-- two grades of evidence of one rank: evidence_evidence_rank_key
insert into core.evidence values ('hearsay', 3);
-- an edition twice: edition_pkey
insert into core.edition values ('2018', 'Again');
-- an edition whose code begins with a blank: edition_edition_code_check
insert into core.edition values (' 2018', 'Blank');
-- a rating of an unknown edition: rating_edition_code_fkey
insert into core.rating values ('1999', 'Good', 2);
-- a rating without a name: rating_rating_check
insert into core.rating values ('2018', '', 4);
-- a rating below the lowest rank: rating_rating_rank_check
insert into core.rating values ('2018', 'Dire', -1);
-- a rating twice: rating_pkey
insert into core.rating values ('2018', 'Good', 4);
-- two ratings of one rank: rating_edition_code_rating_rank_key
insert into core.rating values ('2018', 'Fine', 2);
-- an edition whose kinds of case are called nothing: edition_kind_of_case_check
update core.edition set kind_of_case = '' where edition_code = '2018';
-- a programme twice: programme_pkey
insert into core.programme values ('2018', 'full', null, 9);
-- a programme without a name: programme_programme_check
insert into core.programme values ('2018', '', null, 9);
-- a programme of an unknown edition: programme_edition_code_fkey
insert into core.programme values ('1999', 'full', null, 9);
-- a standard twice in a programme: programme_standard_pkey
insert into core.programme_standard values ('2018', 'full', '2.1');
-- a standard in a programme that there is not: programme_standard_edition_code_programme_fkey
insert into core.programme_standard values ('2018', 'small', '2.1');
-- another edition's standard in a programme: programme_standard_edition_code_standard_code_fkey
insert into core.programme_standard values ('2018', 'full', '4.1');

-- a domain twice: domain_pkey
insert into core.domain values ('2018', '2', 'Again');
-- a domain of an unknown edition: domain_edition_code_fkey
insert into core.domain values ('1999', '1', 'Old');
-- a domain judged on a sample that only another edition has: domain_edition_code_sample_fkey
insert into core.domain values ('2018', '9', 'New', 'resettlement');
-- a standard twice: standard_pkey
insert into core.standard values ('2018', '2.1', '2', 99, 'Again', null, 'cases');
-- a standard that would be the overall rating: standard_standard_code_check
insert into core.standard values ('2018', 'overall', '2', 99, 'All', null, 'cases');
-- a standard in a domain that only another edition has: standard_edition_code_domain_code_fkey
insert into core.standard values ('2018', '4.1', '4', 99, 'Resettlement', null, 'qualitative');
-- a standard that is judged on a basis not known: standard_basis_check
insert into core.standard values ('2018', '2.9', '2', 99, 'New', null, 'hearsay');
-- a standard that is rated from what nobody knows: standard_rated_from_check
update core.standard set rated_from = 'the best of them' where edition_code = '2018';
-- two questions of one code in an edition: question_edition_code_question_code_key
insert into core.question (question_code) values ('2.1.1');
-- a question that is neither key question nor prompt: question_level_check
insert into core.question (level) values ('domain');
-- a question that is answered on a basis not known: question_basis_check
insert into core.question (basis, sample_id) values ('hearsay', null);
-- a question of a standard that only another edition has: question_edition_code_standard_code_fkey
insert into core.question (standard_code, basis, sample_id) values ('4.1', 'qualitative', null);
-- a judged question with a sample: question_of_cases_and_no_other_has_a_sample
insert into core.question (standard_code, basis) values ('1.1', 'qualitative');
-- a question of cases without a sample: question_of_cases_and_no_other_has_a_sample
insert into core.question (sample_id) values (null);
-- a question with another edition's sample: question_sample_id_edition_code_fkey
insert into core.question (sample_id) values (sample('2021', 'court'));
-- a prompt without its key question: prompt_and_no_other_has_a_key_question
insert into core.question (level) values ('prompt');
-- a key question below a key question: prompt_and_no_other_has_a_key_question
insert into core.question (parent_question_id) values (question('2018', '2.1.1'));
-- a prompt below a key question of another standard: question_parent_question_id_edition_code_standard_code_par_fkey
insert into core.question (level, parent_question_id) values ('prompt', question('2018', '2.2.1'));
-- a prompt below a key question of another edition: question_parent_question_id_edition_code_standard_code_par_fkey
insert into core.question (level, parent_question_id) values ('prompt', question('2021', '2.1.1'));
-- a prompt below a prompt: question_parent_question_id_edition_code_standard_code_par_fkey
insert into core.question (level, parent_question_id) values ('prompt', question('2018', '2.1.1.a'));
-- a question that is never asked: question_in_force_check
update core.question set in_force = 'empty' where question_code = '2.1.1';
-- a question limited to a kind of case twice: question_kind_pkey
insert into core.question_kind select * from core.question_kind limit 1;
-- a question limited to a kind of case of another sample: question_kind_sample_id_kind_fkey
insert into core.question_kind values (question('2018', '2.1.1'), sample('2018', 'court'), 'youth_caution');
-- a question limited to a kind of case of a sample that it is not asked of: question_kind_question_id_sample_id_fkey
insert into core.question_kind
  values (question('2018', '2.1.1'), sample('2018', 'out of court'), 'youth_caution');
-- a judged question limited to a kind of case: question_kind_question_id_sample_id_fkey
insert into core.question_kind values (question('2018', '1.1.1'), sample('2018', 'court'), 'referral_order');
-- a question not asked where a value stands, twice: question_not_asked_pkey
insert into core.question_not_asked select * from core.question_not_asked limit 1;
-- a question not asked where a value stands that nobody codes: question_not_asked_edition_code_attribute_value_fkey
insert into core.question_not_asked values (question('2021', '2.1.2'), '2021', 'age_band', 'ancient');
-- a question not asked where another edition's value stands: question_not_asked_question_id_edition_code_fkey
insert into core.question_not_asked values (question('2018', '2.1.1'), '2021', 'age_band', '18 and over');

-- a crosswalk that no edition brought: crosswalk_brought_by_fkey
update core.crosswalk set brought_by = '1999';
-- a new question that comes from one: new_and_nothing_else_comes_from_nowhere
insert into core.crosswalk (relation) values ('new');
-- a continuation of nothing: new_and_nothing_else_comes_from_nowhere
insert into core.crosswalk (from_question_id, from_edition_code, relation) values (null, null, 'continues');
-- an ended question that leads to one: ended_and_nothing_else_leads_nowhere
insert into core.crosswalk (relation) values ('ended');
-- a continuation to nowhere: ended_and_nothing_else_leads_nowhere
insert into core.crosswalk (to_question_id, to_edition_code, relation) values (null, null, 'continues');
-- a question that is followed in its own edition: question_is_followed_in_another_edition
insert into core.crosswalk (to_question_id, to_edition_code) values (question('2018', '2.1.2'), '2018');
-- a question without its edition: crosswalk_names_editions_with_questions
insert into core.crosswalk (from_edition_code) values (null);
-- a question of another edition than is said: crosswalk_from_question_id_from_edition_code_fkey
insert into core.crosswalk (from_edition_code, to_edition_code) values ('2021', '2018');
-- an unknown relation: crosswalk_relation_check
insert into core.crosswalk (relation) values ('resembles');
-- a pair of questions twice: crosswalk_from_question_id_to_question_id_key
insert into core.crosswalk (to_question_id) values (question('2021', '2.1.1'));
-- a new question twice: crosswalk_from_question_id_to_question_id_key
insert into core.crosswalk (from_question_id, from_edition_code, to_question_id, relation)
  values (null, null, question('2021', '1.2.5'), 'new');
-- a question with two continuations: crosswalk_continues_from
insert into core.crosswalk (to_question_id, relation) values (question('2021', '2.1.2'), 'continues');
-- a question that continues two: crosswalk_continues_to
insert into core.crosswalk (from_question_id, to_question_id, relation)
  values (question('2018', '1.3.1'), question('2021', '2.1.1'), 'continues');
-- a crosswalk from a question that there is not: crosswalk_from_question_id_from_edition_code_fkey
insert into core.crosswalk (from_question_id, to_question_id) values (-1, question('2021', '2.1.1'));
-- a crosswalk to a question that there is not: crosswalk_to_question_id_to_edition_code_fkey
insert into core.crosswalk (to_question_id) values (-1);

-- a second number of too few cases: disclosure_control_pkey
insert into core.disclosure_control (fewest_cases) values (3);
-- another number of too few cases, said not to be the only one: disclosure_control_is_only_check
insert into core.disclosure_control (is_only, fewest_cases) values (false, 3);
-- a number of too few cases that protects nobody: disclosure_control_fewest_cases_check
update core.disclosure_control set fewest_cases = 1;
-- a second rule of display: display_rule_pkey
insert into core.display_rule (rounding, confidence_level, wider_confidence_level) values ('down', 80, 95);
-- another rule of display, said not to be the only one: display_rule_is_only_check
insert into core.display_rule values (false, 'down', 80, 95);
-- figures rounded as nobody rounds: display_rule_rounding_check
update core.display_rule set rounding = 'nearest';
-- intervals at a level without a quantile: display_rule_confidence_level_fkey
update core.display_rule set confidence_level = 81;
-- wider intervals at a level without a quantile: display_rule_wider_confidence_level_fkey
alter table core.display_rule drop constraint wider_level_is_in_names_of_columns;
update core.display_rule set wider_confidence_level = 96;
-- wider intervals that are not wider: wider_level_is_wider
update core.display_rule set confidence_level = 95;
-- intervals at 99% in columns that say 95: wider_level_is_in_names_of_columns
update core.display_rule set wider_confidence_level = 99;
