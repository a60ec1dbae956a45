-- Editions, each as one document
-- One row: an edition.
-- The document has all that the tables say of it, in lists; rating.write_edition writes it. Beside that it has the keys of samples and
-- questions, and of rules what they leave open: rounding and quantile of figures that belong to no edition.
-- Never NULL; in the document that is null which is not known.
create view rating.edition_document as
select
  edition_code,
  json_build_object(
    'code', edition_code,
    'title', title,
    'kindOfCase', kind_of_case,
    'inUse', json_build_object(
      'reports', json_build_object('from', reports_from, 'until', reports_until),
      'fieldwork', json_build_object('from', fieldwork_from, 'until', fieldwork_until)),
    'ratings', array(select rating from core.rating where rating.edition_code = edition.edition_code order by rating_rank),
    'samples', array(
      select json_build_object('id', sample_id, 'name', sample, 'kinds', array(
        select json_build_object('kind', kind, 'partOf', part_of, 'also', also_written)
        from core.case_kind where case_kind.sample_id = sample.sample_id order by position))
      from core.sample where sample.edition_code = edition.edition_code order by position),
    'attributes', array(
      select json_build_object('name', attribute, 'about', about, 'values', array(
        select json_build_object('value', value, 'alsoWritten', also_written)
        from core.attribute_value
        where attribute_value.edition_code = edition.edition_code and attribute_value.attribute = case_attribute.attribute
        order by position))
      from core.case_attribute where case_attribute.edition_code = edition.edition_code order by position),
    'programmes', array(
      select json_build_object('name', programme, 'title', programme.title, 'standards', array(
        select standard_code from core.programme_standard as inspects
        where inspects.edition_code = edition.edition_code and inspects.programme = programme.programme))
      from core.programme where programme.edition_code = edition.edition_code order by position),
    'domains', array(
      select json_build_object('code', domain_code, 'title', domain.title, 'sample', sample)
      from core.domain where domain.edition_code = edition.edition_code
      order by (
        select min(position) from core.standard
        where standard.edition_code = edition.edition_code and standard.domain_code = domain.domain_code)),
    'standards', array(
      select json_build_object(
        'code', standard_code, 'title', standard.title, 'statement', statement, 'domain', domain_code, 'basis', basis,
        'ratedFrom', rated_from)
      from core.standard where standard.edition_code = edition.edition_code order by position),
    'questions', array(
      select json_build_object(
        'id', question_id, 'code', question_code, 'level', level, 'standard', standard_code, 'basis', basis,
        'parent', (select above.question_code from core.question as above where above.question_id = question.parent_question_id),
        'sample', sample, 'sampleId', question.sample_id, 'text', text, 'appliesWhen', applies_when,
        'from', lower(in_force), 'until', upper(in_force),
        'own', json_build_object(
          'kinds', array(select kind from core.question_kind as own where own.question_id = question.question_id order by kind),
          'notAsked', array(
            select json_build_object('attribute', attribute, 'value', value)
            from core.question_not_asked as never where never.question_id = question.question_id order by attribute, value)))
      from core.question
      left join core.sample using (sample_id)
      where question.edition_code = edition.edition_code
      order by question.position),
    'rules', array(
      select json_build_object(
        'programme', programme, 'effectiveFrom', effective_from, 'note', note, 'confidenceLevel', rule_set.confidence_level,
        'ownRounding', rule_set.rounding, 'rounding', coalesce(rule_set.rounding, display_rule.rounding), 'bandOn', band_on,
        'z', coalesce(level.z, display_rule.z),
        'discretion', json_build_object(
          'points', discretion_points, 'judgements', discretion_judgements, 'sample', discretion_sample),
        'overall', overall, 'unratedStandard', unrated_standard,
        'percentageBase', coalesce(
          (select json_object_agg(level, base) from core.percentage_base as own where own.rule_set_id = rule_set.rule_set_id), '{}'),
        'bands', array(
          select json_build_object('fromPercent', from_percent, 'rating', rating)
          from core.band where band.rule_set_id = rule_set.rule_set_id order by from_percent),
        'scores', coalesce(
          (select json_object_agg(rating, score) from core.rating_score as own where own.rule_set_id = rule_set.rule_set_id), '{}'),
        'weights', coalesce(
          (select json_object_agg(standard_code, weight) from core.counting_standard as own where own.rule_set_id = rule_set.rule_set_id),
          '{}'),
        'countingStandards', array(
          select standard_code from core.counting_standard as own where own.rule_set_id = rule_set.rule_set_id),
        'overallBands', array(
          select json_build_object('fromScore', from_score, 'rating', rating)
          from core.overall_band as band where band.rule_set_id = rule_set.rule_set_id order by from_score),
        'limits', array(
          select json_build_object(
            'standards', array(
              select standard_code from core.limiting_judgement_standard as named
              where named.rule_set_id = limits.rule_set_id and named.limit_no = limits.limit_no order by standard_code),
            'atOrBelow', at_or_below, 'minimumStandards', minimum_standards, 'overallAtMost', overall_at_most)
          from core.limiting_judgement as limits where limits.rule_set_id = rule_set.rule_set_id order by limit_no))
      from core.rule_set
      cross join core.display_rule
      left join core.confidence_level as level on level.confidence_level = rule_set.confidence_level
      join core.programme using (edition_code, programme)
      where rule_set.edition_code = edition.edition_code
      order by programme.position, effective_from)
  ) as document
from core.edition;

comment on view rating.edition_document is 'An edition as one document: its words, questions and rules.';
comment on column rating.edition_document.edition_code is 'Code of the edition.';
comment on column rating.edition_document.document is 'All of it, in lists: src/framework/framework.ts has its shape (EditionDocument).';
