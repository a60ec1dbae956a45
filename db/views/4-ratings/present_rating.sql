-- Ratings as they are now
-- One row: an inspection, and a standard of its edition or 'overall'.
-- Rule: what core.recorded_rating records: the rating that stands, and its points.
-- rating and score are NULL where there is none.
create view rating.present_rating as
select service_id, inspection_id, standard_code as code, rating, score::integer as score
from kept.standard_result
union all
select service_id, inspection_id, 'overall', rating, score
from kept.overall_result;

comment on view rating.present_rating is 'An inspection, and a standard or overall, with its rating as it is now.';
comment on column rating.present_rating.code is 'Code of the standard; overall for the overall rating.';
comment on column rating.present_rating.score is 'Points of the rating, or the score; NULL where there is none.';
