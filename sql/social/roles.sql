-- Who LangGraph's checkpointer connects as: DML on its tables and nothing else. Made
-- without a password and without login; the installation gives both (docs/deploy.md):
--   alter role langgraph login password '…';
-- Roles belong to the server, not to the database, so it may be there already; two
-- databases may be made at once. It passes row level security since it serves every
-- user's threads: the server that uses it asks the thread's owner first.
do $$
begin
  if not exists (select from pg_catalog.pg_roles as r where r.rolname = 'langgraph') then
    create role langgraph nologin noinherit bypassrls;
    -- For savers that name no schema.
    alter role langgraph set search_path to social;
  end if;
exception when duplicate_object or unique_violation then
  null;
end;
$$;
