-- migrate:up
create table core.display_rule (
  is_only boolean primary key default true check (is_only),
  rounding text not null check (rounding in ('half up', 'half even', 'down', 'up')),
  confidence_level smallint not null references core.confidence_level,
  wider_confidence_level smallint not null references core.confidence_level,
  constraint wider_level_is_wider check (wider_confidence_level > confidence_level),
  constraint wider_level_is_in_names_of_columns check (wider_confidence_level = 95)
);
comment on table core.display_rule is
  'One row: how figures are shown that belong to no edition, such as trends: rounding, and levels of the intervals beside percentages.';
comment on column core.display_rule.rounding is 'How a percentage that belongs to no edition becomes a whole number.';
comment on column core.display_rule.confidence_level is 'Level of the intervals low to high.';
comment on column core.display_rule.wider_confidence_level is
  'Level of the intervals low_95 to high_95; another one takes other names of columns.';
insert into core.display_rule (rounding, confidence_level, wider_confidence_level) values ('half up', 80, 95);

-- migrate:down
drop table core.display_rule;
