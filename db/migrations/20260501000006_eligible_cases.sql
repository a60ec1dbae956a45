-- migrate:up
alter table core.inspection_sample
  add column eligible_cases smallint,
  add constraint sample_is_of_the_eligible check (eligible_cases >= cases);
comment on column core.inspection_sample.eligible_cases is
  'Cases of the service that could have been inspected, the inspected ones among them; NULL when it is not known.';

-- migrate:down
alter table core.inspection_sample drop column eligible_cases;
