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
  v_accepted integer[];
  v_items jsonb;
  v_job public.jobs;
begin
  if p_completions is null or jsonb_typeof(p_completions) <> 'array'
    or jsonb_array_length(p_completions) > 1000 then
    raise exception using
      errcode = 'PT400', message = 'batch_invalid',
      detail = 'p_completions must be an array of at most 1000 completions.',
      hint = 'Send [{"job_id", "lock_token", "result"}, …].';
  end if;
  if exists (
    select 1
    from jsonb_array_elements(p_completions) as c
    where not pg_input_is_valid(c.value ->> 'job_id', 'uuid')
      or not pg_input_is_valid(c.value ->> 'lock_token', 'uuid')
  ) then
    raise exception using
      errcode = 'PT400', message = 'batch_invalid',
      detail = 'A job_id or a lock_token is no uuid.', hint = 'Send them as claim_jobs gave them.';
  end if;
  perform private.lock_jobs(array(
    select (c.value ->> 'job_id')::uuid from jsonb_array_elements(p_completions) as c
  ));

  -- Which items hold the lease, read under the locks; of a job's twins the first.
  select
    coalesce(array_agg(a.ordinality), '{}'),
    coalesce(jsonb_object_agg(a.id, a.result), '{}'::jsonb)
  into v_accepted, v_items
  from (
    select distinct on (j.id)
      j.id, c.ordinality::integer,
      coalesce(nullif(c.value -> 'result', 'null'::jsonb), '{}'::jsonb) as result
    from jsonb_array_elements(p_completions) with ordinality as c
    join public.jobs as j on j.id = (c.value ->> 'job_id')::uuid
    where j.status = 'processing' and j.lock_token = (c.value ->> 'lock_token')::uuid
      and j.lease_expires_at > p_now
      and coalesce(pg_column_size(c.value -> 'result'), 0) <= 1048576
    order by j.id, c.ordinality
  ) as a;

  perform private.complete_plain_jobs(v_items, p_now);
  for v_job in
    select j.*
    from public.jobs as j
    where j.id in (select k::uuid from jsonb_object_keys(v_items) as k) and j.finished_at is null
    order by j.user_id, j.id
  loop
    v_job.result := v_items -> v_job.id::text;
    perform private.succeed_locked_job(v_job, p_now);
  end loop;

  return query
    select
      (c.value ->> 'job_id')::uuid,
      j.status,
      case
        when j.id is null then 'job_not_found'
        when c.ordinality = any (v_accepted) then null
        when pg_column_size(c.value -> 'result') > 1048576 then 'result_too_large'
        else 'lease_lost'
      end
    from jsonb_array_elements(p_completions) with ordinality as c
    left join public.jobs as j on j.id = (c.value ->> 'job_id')::uuid
    order by c.ordinality;
end;
$$;
grant execute on function private.complete_jobs(jsonb, timestamptz) to service_role;
