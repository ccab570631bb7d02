-- Before a row goes that others of its user name: locks those by id, as everybody who
-- locks many does, since the foreign key would take them in any order. Arguments: the
-- table and its column.
create function private.video_lock_linked()
returns trigger
language plpgsql
security definer            -- a lock needs the right to update
set search_path = ''
as $$
begin
  execute format(
    'select from video.%I as t where t.%I = $1 order by t.id for no key update', tg_argv[0], tg_argv[1]
  ) using old.id;
  return old;
end;
$$;
