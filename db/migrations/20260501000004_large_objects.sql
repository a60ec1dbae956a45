-- migrate:up
-- A large object belongs to whoever makes it, and nothing but this keeps a reader from making some. Only who owns the functions, the
-- server's administrator, can take the right away; elsewhere it stays, and what a reader makes is his own alone.
do $$
begin
  if pg_has_role((select proowner from pg_proc where oid = 'lo_create(oid)'::regprocedure), 'usage') then
    revoke execute on function lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) from public;
  end if;
end
$$;

-- migrate:down
do $$
begin
  if pg_has_role((select proowner from pg_proc where oid = 'lo_create(oid)'::regprocedure), 'usage') then
    grant execute on function lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) to public;
  end if;
end
$$;
