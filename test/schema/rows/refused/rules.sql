-- Wrong rows of an edition's rules: percentages, bands, scores and limits.

-- two sets of rules of a programme from one date on: rule_set_edition_code_programme_effective_from_key
insert into core.rule_set (edition_code, effective_from)
  select edition_code, effective_from from core.rule_set where edition_code = '2018';
-- rules of an unknown edition: rule_set_edition_code_fkey
insert into core.rule_set (edition_code, effective_from) values ('1999', '1999-01-01');
-- rules of a programme that there is not: rule_set_edition_code_programme_fkey
update core.rule_set set programme = 'small' where edition_code = '2018';
-- an overall rating that is come by as nobody knows: rule_set_overall_check
update core.rule_set set overall = 'averaged';
-- a rounding that nobody can compute: rule_set_rounding_check
update core.rule_set set rounding = 'to the nearest five';
-- bands on neither the rounded nor the exact percentage: rule_set_band_on_check
update core.rule_set set band_on = 'gut feeling';
-- a confidence level without its quantile: rule_set_confidence_level_fkey
update core.rule_set set confidence_level = 81;
-- discretion within fewer than no points: rule_set_discretion_points_check
update core.rule_set set discretion_points = -1;
-- discretion for fewer than no judgements: rule_set_discretion_judgements_check
update core.rule_set set discretion_judgements = -1;
-- discretion for fewer than no cases: rule_set_discretion_sample_check
update core.rule_set set discretion_sample = -1;
-- an unknown consequence of an unrated standard: rule_set_unrated_standard_check
update core.rule_set set unrated_standard = 'guess';
-- two bases for one level: percentage_base_pkey
insert into core.percentage_base values (rules('2018'), '2018', 'prompt', 'inspected');
-- a base for what is neither key question nor prompt: percentage_base_level_check
insert into core.percentage_base values (rules('2018'), '2018', 'standard', 'inspected');
-- a percentage of something else: percentage_base_base_check
update core.percentage_base set base = 'children';
-- a base of rules that there are not: percentage_base_rule_set_id_edition_code_fkey
insert into core.percentage_base values (-1, '2018', 'prompt', 'inspected');
-- a band twice: band_pkey
insert into core.band values (rules('2018'), '2018', 'Good', 66);
-- two bands from one percentage: band_rule_set_id_from_percent_key
update core.band set from_percent = 80 where rule_set_id = rules('2018') and rating = 'Good';
-- a band above 100%: band_from_percent_check
update core.band set from_percent = 101 where rule_set_id = rules('2018') and rating = 'Good';
-- a band of another edition's rules: band_rule_set_id_edition_code_fkey
update core.band set edition_code = '2021' where rule_set_id = rules('2018') and rating = 'Good';
-- a band for a rating outside the scale: band_edition_code_rating_fkey
update core.band set rating = 'Excellent' where rule_set_id = rules('2018') and rating = 'Good';
-- two scores for one rating: rating_score_pkey
insert into core.rating_score values (rules('2018'), '2018', 'Good', 5);
-- a score below 0: rating_score_score_check
update core.rating_score set score = -1 where rating = 'Inadequate';
-- a score of another edition's rules: rating_score_rule_set_id_edition_code_fkey
update core.rating_score set edition_code = '2021' where rule_set_id = rules('2018') and rating = 'Good';
-- a score for a rating outside the scale: rating_score_edition_code_rating_fkey
update core.rating_score set rating = 'Excellent' where rule_set_id = rules('2018') and rating = 'Good';
-- an overall band twice: overall_band_pkey
insert into core.overall_band values (rules('2018'), '2018', 'Good', 20);
-- two overall bands from one score: overall_band_rule_set_id_from_score_key
update core.overall_band set from_score = 31 where rule_set_id = rules('2018') and rating = 'Good';
-- an overall band from a score below 0: overall_band_from_score_check
update core.overall_band set from_score = -1 where rating = 'Inadequate';
-- an overall band of another edition's rules: overall_band_rule_set_id_edition_code_fkey
update core.overall_band set edition_code = '2021' where rule_set_id = rules('2018') and rating = 'Good';
-- an overall band for a rating outside the scale: overall_band_edition_code_rating_fkey
update core.overall_band set rating = 'Excellent' where rule_set_id = rules('2018') and rating = 'Good';
-- a standard that counts twice: counting_standard_pkey
insert into core.counting_standard values (rules('2018'), '2018', '2.1');
-- a counting standard that only another edition has: counting_standard_edition_code_standard_code_fkey
insert into core.counting_standard values (rules('2018'), '2018', '4.1');
-- a counting standard of another edition's rules: counting_standard_rule_set_id_edition_code_fkey
insert into core.counting_standard values (rules('2018'), '2021', '4.1');
-- a standard that counts no times: counting_standard_weight_check
update core.counting_standard set weight = 0;
-- a limiting judgement twice: limiting_judgement_pkey
insert into core.limiting_judgement values (rules('2021'), '2021', 1, 'Inadequate', 1, 'Good');
-- a limiting judgement that needs no standard: limiting_judgement_minimum_standards_check
update core.limiting_judgement set minimum_standards = 0;
-- a limiting judgement of another edition's rules: limiting_judgement_rule_set_id_edition_code_fkey
insert into core.limiting_judgement values (rules('2018'), '2021', 1, 'Inadequate', 1, 'Good');
-- a limiting judgement at a rating outside the scale: limiting_judgement_edition_code_at_or_below_fkey
update core.limiting_judgement set at_or_below = 'Dire';
-- a limit to a rating outside the scale: limiting_judgement_edition_code_overall_at_most_fkey
update core.limiting_judgement set overall_at_most = 'Dire';
-- a limiting judgement that looks at a standard twice: limiting_judgement_standard_pkey
insert into core.limiting_judgement_standard values (rules('2021'), 1, '2021', '4.1');
-- a limiting judgement that looks at an unknown standard: limiting_judgement_standard_edition_code_standard_code_fkey
insert into core.limiting_judgement_standard values (rules('2021'), 1, '2021', '4.2');
-- a limiting judgement that looks at another edition's standard: limiting_judgement_standard_rule_set_id_limit_no_edition_c_fkey
insert into core.limiting_judgement_standard values (rules('2021'), 1, '2018', '2.1');
