-- Wrong rows of inspections, of samples, their cases, and the answers in them.

-- two inspections of a service and publication, neither of known fieldwork: inspection_known_by_publication
insert into core.inspection
  (inspection_code, fieldwork_start, fieldwork_precision, published, published_year, published_precision)
  select 'bridgend-' || number, null, 'not known', '2020-03-01', 2020, 'month' from generate_series(1, 2) as number;
-- an unknown fieldwork date that is there: fieldwork_is_as_precise_as_it_says
insert into core.inspection (fieldwork_precision) values ('not known');
-- a known fieldwork date that is not there: fieldwork_is_as_precise_as_it_says
insert into core.inspection (published_year, published_precision, fieldwork_start)
  values (2020, 'year', null);
-- an inspection of which neither fieldwork nor publication is known: fieldwork_or_publication_is_known
insert into core.inspection (fieldwork_precision, fieldwork_start) values ('not known', null);
-- an empty text instead of none: inspection_type: inspection_inspection_type_check
insert into core.inspection (inspection_type) values ('');
-- an empty text instead of none: report_url: inspection_report_url_check
insert into core.inspection (report_url) values ('');
-- an empty text instead of none: source: inspection_source_check
insert into core.inspection (source) values ('');
-- an empty text instead of none: certainty: inspection_certainty_check
insert into core.inspection (certainty) values ('');
-- two inspections of a service with one fieldwork date: inspection_service_id_fieldwork_start_key
insert into core.inspection (service_id, fieldwork_start)
  select service_id, fieldwork_start from core.inspection where inspection_id = barnet();
-- two inspections of one code: inspection_inspection_code_key
update core.inspection set inspection_code = (select min(inspection_code) from core.inspection);
-- two inspections of one key: inspection_pkey
insert into core.inspection (inspection_id) values (barnet());
-- an inspection code that would not do in a file name: inspection_inspection_code_check
update core.inspection set inspection_code = 'Barnet 2022' where inspection_id = barnet();
-- an inspection of a service that there is not: inspection_service_id_fkey
update core.inspection set service_id = -1 where inspection_id = barnet();
-- an inspection under an unknown edition: inspection_edition_code_fkey
insert into core.inspection (edition_code) values ('1999');
-- an inspection of a programme that its edition does not have: inspection_edition_code_programme_fkey
update core.inspection set programme = 'small' where inspection_id = barnet();
-- fieldwork that ends before it starts: fieldwork_ends_after_it_starts
insert into core.inspection (fieldwork_start, fieldwork_end) values ('2020-06-02', '2020-06-01');
-- fieldwork known to the minute: inspection_fieldwork_precision_check
insert into core.inspection (fieldwork_precision) values ('minute');
-- fieldwork of a month that is not dated to its first day: fieldwork_month_is_its_first_day
insert into core.inspection (fieldwork_start, fieldwork_precision) values ('2020-06-02', 'month');
-- fewer than no recommendations: inspection_recommendations_made_check
update core.inspection set recommendations_made = -1;
-- publication known to the decade: inspection_published_precision_check
insert into core.inspection (published_year, published_precision) values (2020, 'decade');
-- publication in a month that is not dated to its first day: published_is_as_precise_as_it_says
insert into core.inspection (published, published_year, published_precision)
  values ('2020-09-15', 2020, 'month');
-- publication in a month that is not given: published_is_as_precise_as_it_says
insert into core.inspection (published_year, published_precision) values (2020, 'month');
-- publication on a day that is not given: published_is_as_precise_as_it_says
insert into core.inspection (published_year, published_precision) values (2020, 'day');
-- publication in a year, on a day: published_is_as_precise_as_it_says
insert into core.inspection (published, published_year, published_precision)
  values ('2020-09-15', 2020, 'year');
-- publication on a day, of unknown precision: published_is_as_precise_as_it_says
insert into core.inspection (published) values ('2020-09-15');
-- publication to a precision, without its year: published_year_is_known_with_any_precision
insert into core.inspection (published, published_precision) values ('2020-09-15', 'day');
-- publication in one year, on a day of another: published_year_is_that_of_published
insert into core.inspection (published, published_year, published_precision)
  values ('2020-09-15', 2021, 'day');

-- a sample of an edition twice: sample_edition_code_sample_key
insert into core.sample (edition_code, sample, position) values ('2018', 'court', 9);
-- a sample of an unknown edition: sample_edition_code_fkey
insert into core.sample (edition_code, sample, position) values ('1999', 'court', 1);
-- a sample without a name: sample_sample_check
insert into core.sample (edition_code, sample, position) values ('2018', '', 9);
-- a kind of case twice in a sample: case_kind_pkey
insert into core.case_kind values (sample('2021', 'court'), 'referral_order', null, 9);
-- a kind of case without a name: case_kind_kind_check
insert into core.case_kind values (sample('2021', 'court'), '', null, 9);
-- a kind of case of a sample that there is not: case_kind_sample_id_fkey
insert into core.case_kind values (-1, 'fine', null, 9);
-- a kind of case that is part of one of another sample: case_kind_sample_id_part_of_fkey
insert into core.case_kind values (sample('2021', 'court'), 'warning', 'youth_caution', 9);
-- a kind of case that is part of itself: kind_is_not_part_of_itself
insert into core.case_kind values (sample('2021', 'court'), 'fine', 'fine', 9);
-- an attribute of cases twice: case_attribute_pkey
insert into core.case_attribute values ('2018', 'gender', 9);
-- an attribute of cases that could be no column: case_attribute_attribute_check
insert into core.case_attribute values ('2018', 'Hair colour', 9);
-- an attribute of cases of an unknown edition: case_attribute_edition_code_fkey
insert into core.case_attribute values ('1999', 'gender', 9);
-- a value of an attribute twice: attribute_value_pkey
insert into core.attribute_value values ('2018', 'gender', 'male', 9);
-- a value that says that none is known: attribute_value_value_check
insert into core.attribute_value values ('2018', 'gender', 'not known', 9);
-- a value of an attribute that the edition does not have: attribute_value_edition_code_attribute_fkey
insert into core.attribute_value values ('2018', 'hair', 'red', 9);
-- a sample drawn twice: inspection_sample_pkey
insert into core.inspection_sample select * from core.inspection_sample limit 1;
-- a sample drawn under another edition than the inspection is of: inspection_sample_inspection_id_edition_code_fkey
insert into core.inspection_sample (inspection_id, sample_id, edition_code)
  values (wigan(), sample('2021', 'court'), '2021');
-- another edition's sample: inspection_sample_sample_id_edition_code_fkey
insert into core.inspection_sample (inspection_id, sample_id, edition_code)
  values (wigan(), sample('2021', 'court'), '2018');
-- fewer than no cases: inspection_sample_cases_check
update core.inspection_sample set cases = -1;
-- fewer eligible cases than inspected ones: sample_is_of_the_eligible
update core.inspection_sample set eligible_cases = cases - 1 where cases > 0;
-- fewer than no interviews: inspection_sample_case_manager_interviews_check
update core.inspection_sample set case_manager_interviews = -1;
-- two contradictions with one number: printed_contradiction_pkey
insert into core.printed_contradiction (beside) values ('8'), ('7');
-- a contradiction of no inspection: printed_contradiction_inspection_id_fkey
insert into core.printed_contradiction (inspection_id) values (-1);
-- a contradiction without its code: printed_contradiction_code_check
insert into core.printed_contradiction (code) values ('');
-- a contradiction without its published: printed_contradiction_published_check
insert into core.printed_contradiction (published) values ('');
-- a contradiction without its beside: printed_contradiction_beside_check
insert into core.printed_contradiction (beside) values ('');
-- a contradiction without its explanation: printed_contradiction_explanation_check
insert into core.printed_contradiction (explanation) values ('');
-- a kind of case twice in the make-up of a sample: sample_kind_pkey
insert into core.sample_kind select * from core.sample_kind limit 1;
-- fewer than no cases of a kind: sample_kind_cases_check
update core.sample_kind set cases = -1;
-- a kind of case of another sample in the make-up of a sample: sample_kind_sample_id_kind_fkey
insert into core.sample_kind values (barnet(), sample('2021', 'court'), 'youth_caution', 1);
-- the make-up of a sample that the inspection did not draw: sample_kind_inspection_id_sample_id_fkey
insert into core.sample_kind values (wigan(), sample('2021', 'court'), 'referral_order', 1);
-- a case in two samples: inspected_case_pkey
insert into core.inspected_case values (barnet(), 1, sample('2021', 'out of court'), 'B9', 'youth_caution');
-- a pseudonym in two samples: inspected_case_inspection_id_pseudonym_key
insert into core.inspected_case values (barnet(), 9, sample('2021', 'out of court'), 'B1', 'youth_caution');
-- a case number below 1: inspected_case_case_no_check
insert into core.inspected_case values (barnet(), 0, sample('2021', 'court'), 'B9', 'referral_order');
-- a case without a pseudonym: inspected_case_pseudonym_check
insert into core.inspected_case values (barnet(), 9, sample('2021', 'court'), '', 'referral_order');
-- attributes of a case that are a list: inspected_case_attributes_check
insert into core.inspected_case
  values (barnet(), 9, sample('2021', 'court'), 'B9', 'referral_order', '["male"]');
-- a case of another edition's sample: inspected_case_inspection_id_sample_id_fkey
insert into core.inspected_case values (barnet(), 9, sample('2018', 'court'), 'B9', 'referral_order');
-- a case of a kind of another sample: inspected_case_sample_id_kind_fkey
insert into core.inspected_case values (barnet(), 9, sample('2021', 'court'), 'B9', 'youth_caution');
-- two answers of a case to a question: answer_pkey
insert into core.answer values (barnet(), question('2021', '2.1.1'), 1, sample('2021', 'court'), 'no');
-- an answer to a question of another edition: answer_question_id_sample_id_fkey
insert into core.answer values (barnet(), question('2018', '2.1.2'), 1, sample('2021', 'court'), 'yes');
-- an answer to a question of another edition, in that edition's sample: answer_inspection_id_case_no_sample_id_fkey
insert into core.answer values (barnet(), question('2018', '2.1.2'), 1, sample('2018', 'court'), 'yes');
-- an answer to a question of another domain's sample: answer_question_id_sample_id_fkey
insert into core.answer values (barnet(), question('2021', '3.1.1'), 1, sample('2021', 'court'), 'yes');
-- an answer to a question of another domain's sample, in that sample: answer_inspection_id_case_no_sample_id_fkey
insert into core.answer
  values (barnet(), question('2021', '3.1.1'), 1, sample('2021', 'out of court'), 'yes');
-- an answer to a judged question: answer_question_id_sample_id_fkey
insert into core.answer values (barnet(), question('2021', '1.1.1'), 1, sample('2021', 'court'), 'yes');
-- an answer for a case of another inspection: answer_inspection_id_case_no_sample_id_fkey
insert into core.answer values (barnet(), question('2021', '2.1.1'), 3, sample('2021', 'court'), 'yes');
