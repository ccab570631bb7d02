-- What cron calls: keeps the scheduler's own history a week, and answers of
-- callbacks without a job a week.
create function private.purge_history(p_now timestamptz default now())
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from cron.job_run_details as d where d.end_time < p_now - interval '7 days';
  delete from private.provider_tasks as k
  where k.job_id is null and k.created_at < p_now - interval '7 days';
end;
$$;
