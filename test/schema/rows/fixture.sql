-- What the statements beside this file are about, and the bundled inspections lack.

-- Names for keys: barnet() and wigan() are inspections of 2021 and 2018.
create function public.barnet() returns bigint language sql
  as $$ select inspection_id from core.inspection where inspection_code like 'barnet-%' $$;
create function public.wigan() returns bigint language sql
  as $$ select inspection_id from core.inspection where inspection_code like 'wigan-%' $$;
create function public.question(edition text, code text) returns integer language sql
  as $$ select question_id from core.question where edition_code = edition and question_code = code $$;
create function public.sample(edition text, called text) returns smallint language sql
  as $$ select sample_id from core.sample where edition_code = edition and sample = called $$;
create function public.rules(edition text) returns integer language sql
  as $$ select rule_set_id from core.rule_set where edition_code = edition $$;
create function public.service(code text) returns integer language sql
  as $$ select service_id from core.service where service_code = code $$;
create function public.authority(called text) returns integer language sql
  as $$ select local_authority_id from core.local_authority where name = called and upper_inf(valid) $$;
create function public.last_load() returns bigint language sql
  as $$ select max(load_id) from core.load $$;

insert into core.inspected_case values
  (barnet(), 1, sample('2021', 'court'), 'B1', 'referral_order'),
  (barnet(), 2, sample('2021', 'out of court'), 'B2', 'youth_caution'),
  (wigan(), 3, sample('2018', 'court'), 'W3', 'referral_order');
insert into core.answer values (barnet(), question('2021', '2.1.1'), 1, sample('2021', 'court'), 'yes');
insert into core.prose_count (inspection_id, question_id, sample_id, yes, relevant)
  values (wigan(), question('2018', '2.1.1'), sample('2018', 'court'), 2, 5);
insert into core.question_not_asked values (question('2021', '2.1.1'), '2021', 'age_band', '18 and over');
insert into core.judged_question (inspection_id, edition_code, question_id, rating)
  values (wigan(), '2018', question('2018', '1.1.1'), 'Good');
insert into core.service_authority
  values (service('barnet'), authority('Enfield'), '[2030-01-01,2031-01-01)');
insert into core.comparator_group values ('families', 'A');
insert into core.load (kind, subject, content_hash, program) values ('edition', 'none', 'none', 'none');
insert into core.load_file values (last_load(), 'some.csv', 'none', 0);

-- Columns that a statement does not name are right: what it names is what the row is about.
alter table core.inspection
  alter inspection_code set default 'bridgend-new', alter service_id set default service('bridgend'),
  alter edition_code set default '2018', alter service_at_inspection set default 'Bridgend YJS',
  alter fieldwork_start set default '2020-06-01', alter fieldwork_precision set default 'day';
alter table core.question
  alter edition_code set default '2018', alter question_code set default '9.9.9',
  alter level set default 'key question', alter standard_code set default '2.1', alter basis set default 'cases',
  alter sample_id set default sample('2018', 'court'), alter position set default 999,
  alter text set default 'Is it?';
alter table core.local_authority
  alter name set default 'Newland', alter nation set default 'England', alter region set default 'London',
  alter authority_type set default 'county', alter ons_code set default 'E09999999',
  alter dfe_la_code set default '302', alter police_area set default 'Metropolitan Police';
alter table core.service_name alter usage set default 'alias';
alter table core.crosswalk
  alter from_question_id set default question('2018', '2.1.1'), alter from_edition_code set default '2018',
  alter to_question_id set default question('2021', '3.4.1'), alter to_edition_code set default '2021',
  alter relation set default 'replaced';
alter table core.question_pair
  alter edition_code set default '2018', alter first_question_id set default question('2018', '2.1.1'),
  alter second_question_id set default question('2018', '3.1.1');
alter table core.published_total alter inspectorate_year set default '2022';
alter table core.listed_figure alter inspection_id set default barnet();
alter table core.printed_contradiction
  alter inspection_id set default wigan(), alter contradiction_no set default 1, alter code set default 'court',
  alter published set default '9', alter beside set default '8', alter explanation set default '9, not 8';
alter table core.published_result
  alter inspection_id set default wigan(), alter question_id set default question('2018', '2.1.1'),
  alter sample_id set default sample('2018', 'court');
alter table core.prose_count
  alter inspection_id set default wigan(), alter sample_id set default sample('2018', 'court'),
  alter yes set default 1;
alter table core.judged_question
  alter inspection_id set default wigan(), alter edition_code set default '2018',
  alter rating set default 'Good';
alter table core.panel_decision
  alter inspection_id set default wigan(), alter edition_code set default '2018',
  alter standard_code set default '2.1', alter from_rating set default 'Good',
  alter to_rating set default 'Outstanding', alter reason set default 'why';
alter table core.context_fact
  alter inspection_id set default wigan(), alter edition_code set default '2018', alter fact_no set default 1,
  alter measure set default 'budget', alter value set default 1, alter unit set default 'pounds';
alter table core.finding
  alter inspection_id set default wigan(), alter edition_code set default '2018',
  alter finding_no set default 1, alter kind set default 'strength', alter summary set default 'Good';
alter table core.load
  alter subject set default '', alter content_hash set default '', alter program set default '';
alter table core.load_file
  alter load_id set default last_load(), alter file set default 'other.csv', alter sha256 set default '',
  alter bytes set default 0;
alter table core.rating_record
  alter inspection_id set default 1, alter why set default 'loaded', alter service set default '',
  alter area set default '', alter edition_code set default '', alter year set default 2020,
  alter is_synthetic set default false;
