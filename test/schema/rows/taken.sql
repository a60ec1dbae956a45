-- Right rows. What is refused beside them means something only if these go in.

-- an answer to another question of the case
insert into core.answer values (barnet(), question('2021', '2.1.2'), 1, sample('2021', 'court'), 'no');
-- an answer to a prompt
insert into core.answer
  values (barnet(), question('2021', '2.1.1.a'), 1, sample('2021', 'court'), 'not applicable');
-- the same case number and pseudonym in another inspection
insert into core.inspected_case values (wigan(), 1, sample('2018', 'court'), 'B1', 'referral_order');
-- a prompt below a key question of its standard
insert into core.question (level, parent_question_id) values ('prompt', question('2018', '2.1.1'));
-- a name that another service had before
insert into core.service_name (service_id, name, valid) values
  (service('barnet'), 'North Service', '[2010-01-01,2015-01-01)'),
  (service('essex'), 'north service', '[2015-01-01,)');
-- an official name that follows another
update core.service_name set valid = '(,2025-01-01)' where name = 'Barnet Youth Offending Service';
insert into core.service_name (service_id, name, usage, valid)
  values (service('barnet'), 'Barnet Youth Justice Service', 'official', '[2025-01-01,)');
-- an alias beside the official name
insert into core.service_name (service_id, name) values (service('barnet'), 'BYOS');
-- two services for one local authority, and two local authorities for one service
insert into core.service_authority values
  (service('essex'), authority('Barnet')), (service('essex'), authority('Enfield'));
-- a service that split and later merged again
insert into core.service_succession values
  (service('essex'), service('barnet'), '2020-01-01', 'day'),
  (service('essex'), service('wigan'), '2020-01-01', 'day'),
  (service('barnet'), service('essex'), '2030-01-01', 'year'),
  (service('wigan'), service('essex'), '2030-01-01', 'year');
-- a second inspection of a service, published on a day
insert into core.inspection (service_id, edition_code, fieldwork_start, published, published_year, published_precision)
  values (service('wigan'), '2021', '2024-03-11', '2024-07-02', 2024, 'day');
-- an inspection of unknown publication
insert into core.inspection (service_id, fieldwork_start, fieldwork_precision)
  values (service('wigan'), '2024-03-01', 'month');
-- a lost figure beside a given one
update core.published_result set relevant = null, relevant_lost = true
  where inspection_id = wigan() and question_id = question('2018', '2.1.1');
-- a judgement of a key question that is not counted
insert into core.judged_question (question_id) values (question('2018', '1.1.2'));
-- a judged question in a standard of cases, and a case of no kind, of which nothing is known
insert into core.question (basis, sample_id) values ('qualitative', null);
insert into core.inspected_case values (wigan(), 1, sample('2018', 'court'), 'B1', null);
-- a panel decision that changes a rating
insert into core.panel_decision (reason) values ('why');
-- a question that several others follow, none of which continues it
delete from core.crosswalk where from_question_id = question('2018', '2.1.1');
insert into core.crosswalk (to_question_id, relation)
  values (question('2021', '2.1.1'), 'split'), (question('2021', '2.1.2'), 'split');
