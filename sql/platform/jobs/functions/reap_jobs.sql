-- What cron calls: looks at every job that is due, one a transaction. One that
-- raises is reported and does not block the others. A procedure that commits
-- cannot pin its search_path: every name in it is qualified.
create procedure private.reap_jobs(p_now timestamptz default now(), p_limit integer default 1000)
language plpgsql
as $$
declare
  v_id uuid;
begin
  for v_id in
    select j.id
    from public.jobs as j
    where j.due_at <= p_now
    order by j.due_at
    limit p_limit
  loop
    begin
      perform private.reap_job(v_id, p_now);
    exception when others then
      raise warning 'reap of job % failed: % (%)', v_id, sqlerrm, sqlstate;
    end;
    commit;
  end loop;
end;
$$;
