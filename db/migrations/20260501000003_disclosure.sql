-- migrate:up
create table core.disclosure_control (
  is_only boolean primary key default true check (is_only),
  fewest_cases smallint not null check (fewest_cases >= 2)
);
comment on table core.disclosure_control is 'One row: below which number figures of a group of cases could identify a child.';
comment on column core.disclosure_control.fewest_cases is
  'A group of fewer cases, or with fewer relevant cases, has its figures protected wherever readers could see them.';
insert into core.disclosure_control (fewest_cases) values (5);

-- migrate:down
drop table core.disclosure_control;
