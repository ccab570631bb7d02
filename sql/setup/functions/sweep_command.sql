-- The command of a sweep for cron: calls p_each with every id that p_due gives, one
-- a transaction, so that a sweep never holds one row while it waits for another;
-- one that raises is reported and does not stop the rest. It is a do block since a
-- procedure that commits cannot pin its search_path.
create function private.sweep_command(p_due text, p_each text)
returns text
language sql
immutable
set search_path = ''
as $function$
  select format(
    $sweep$do $do$
declare
  v_id uuid;
begin
  for v_id in select * from %1$s loop
    begin
      perform %2$s(v_id);
    exception when others then
      raise warning '%2$s(%%): %% (%%)', v_id, sqlerrm, sqlstate;
    end;
    commit;
  end loop;
end;
$do$
$sweep$,
    p_due, p_each
  );
$function$;
