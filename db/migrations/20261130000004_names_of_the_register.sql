-- migrate:up
-- Of most services the register knows no official name: they are shown by their area, and a name would rename them. A service that a
-- loader adds is named before it is given authorities; every service of the register has some.
drop policy loaders_rename_nothing on core.service_name;
create policy loaders_rename_nothing on core.service_name for insert to yot_ratings_loader
  with check (usage = 'alias' or not (core.is_named(service_id) or core.has_authorities(service_id)));

-- migrate:down
drop policy loaders_rename_nothing on core.service_name;
create policy loaders_rename_nothing on core.service_name for insert to yot_ratings_loader
  with check (usage = 'alias' or not core.is_named(service_id));
