-- The newest load of everything that was loaded
-- One row: a kind and a subject of loads, with the newest of them, where what it brought is still there: an inspection or a list of
-- groups may have been deleted past the loader since.
-- inspection_id is NULL of what is no inspection.
create view rating.newest_load as
select kind, subject, inspection_id, content_hash, program
from core.load
where (inspection_id is null or exists (select from core.inspection where inspection.inspection_id = load.inspection_id))
  and (kind <> 'groups' or exists (select from core.comparator_group where comparator_set = subject))
  and not exists (
    select
    from core.load as later
    where later.kind = load.kind and later.subject = load.subject and later.load_id > load.load_id
  );

comment on view rating.newest_load is 'The newest load of a subject, of which something is still there.';
comment on column rating.newest_load.kind is 'What was loaded: register, edition, inspection, ….';
comment on column rating.newest_load.subject is 'What the load was about: two loads of one subject are of the same edition, or the same inspection.';
comment on column rating.newest_load.inspection_id is 'Key of the inspection that it brought; NULL of other kinds.';
comment on column rating.newest_load.content_hash is 'What tells its content from another''s.';
comment on column rating.newest_load.program is 'The program that loaded it, and whether what it loaded came with the package.';
