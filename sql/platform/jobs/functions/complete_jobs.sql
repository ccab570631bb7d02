-- Many successes in one call: [{job_id, lock_token, result}]. Locks are taken in
-- phases, each in order: product rows, lanes, jobs, accounts. An item whose lease is
-- lost is told so alone; the others stand. Jobs without a handler and a hold end
-- together, in three statements however many they are.
create function private.complete_jobs(p_completions jsonb, p_now timestamptz default now())
returns table (job_id uuid, status text, error text)
language plpgsql
security definer            -- jobs and product rows are not the caller's to write
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_ids uuid[];
  v_held uuid[];
  v_plain uuid[];
  v_job public.jobs;
begin
  if p_completions is null or jsonb_typeof(p_completions) <> 'array'
    or jsonb_array_length(p_completions) > 1000 then
    raise exception using
      errcode = 'PT400', message = 'batch_invalid',
      detail = 'p_completions must be an array of at most 1000 completions.',
      hint = 'Send [{"job_id", "lock_token", "result"}, …].';
  end if;
  select array_agg(distinct (c.value ->> 'job_id')::uuid) into v_ids
  from jsonb_array_elements(p_completions) as c;
  perform private.lock_jobs(v_ids);

  -- Which of them are still the caller's, read under the locks.
  select
    array_agg(j.id order by j.user_id, j.id),
    array_agg(j.id) filter (where j.hold_id is null and t.on_success is null)
  into v_held, v_plain
  from jsonb_array_elements(p_completions) as c
  join public.jobs as j on j.id = (c.value ->> 'job_id')::uuid
  join public.job_types as t on t.type = j.type
  where j.status = 'processing' and j.lock_token = (c.value ->> 'lock_token')::uuid
    and j.lease_expires_at > p_now
    and pg_column_size(c.value -> 'result') <= 1048576;

  perform private.complete_plain_jobs(v_plain, p_completions, p_now);
  for v_job in
    select *
    from public.jobs as j
    where j.id = any (v_held) and j.finished_at is null
    order by j.user_id, j.id
  loop
    select coalesce(c.value -> 'result', '{}'::jsonb) into v_job.result
    from jsonb_array_elements(p_completions) as c
    where (c.value ->> 'job_id')::uuid = v_job.id
    limit 1;
    perform private.succeed_locked_job(v_job, p_now);
  end loop;

  return query
    select
      (c.value ->> 'job_id')::uuid,
      j.status,
      case
        when j.id is null then 'job_not_found'
        when pg_column_size(c.value -> 'result') > 1048576 then 'result_too_large'
        when j.id <> all (coalesce(v_held, '{}')) then 'lease_lost'
      end
    from jsonb_array_elements(p_completions) with ordinality as c
    left join public.jobs as j on j.id = (c.value ->> 'job_id')::uuid
    order by c.ordinality;
end;
$$;
grant execute on function private.complete_jobs(jsonb, timestamptz) to service_role;
