-- Ends everything open of a user and removes what is personal. Products first, by
-- the handlers they registered, since product rows lock before jobs; then what jobs
-- are left, then the account. Repeating it changes nothing.
create function private.retire_user(p_user_id uuid)
returns void
language plpgsql
security definer            -- jobs, holds and profiles of somebody else than the caller
set search_path = ''
as $$
declare
  v_is_first boolean;
  v_handler text;
begin
  select p.deleted_at is null into v_is_first from public.profiles as p where p.id = p_user_id;

  -- First of all, so that requests under way commit before, and later ones are refused.
  update public.profiles as p
  set is_active = false, deleted_at = coalesce(p.deleted_at, now())
  where p.id = p_user_id;

  for v_handler in select h.handler from private.retire_handlers as h order by h.handler loop
    execute format('select %s($1)', to_regprocedure(v_handler || '(uuid)')::oid::regproc)
      using p_user_id;
  end loop;

  perform private.cancel_jobs(
    array(
      select j.id
      from public.jobs as j
      where j.user_id = p_user_id and j.finished_at is null
        and j.type not in ('storage.remove_files', 'provider.cancel_order')
    ),
    'The account was closed.'
  );
  -- What ended keeps its price and its times for the books, but none of the words.
  update public.jobs as j
  set
    payload = jsonb_strip_nulls(jsonb_build_object(
      'operation', j.payload -> 'operation', 'variant', j.payload -> 'variant',
      'tool_step', j.payload -> 'tool_step'
    )),
    state = null,
    result = null,
    error = null
  where j.user_id = p_user_id and j.finished_at is not null;
  update public.job_attempts as a
  set error = null
  where a.user_id = p_user_id and a.error is not null;
  delete from private.handler_errors as e
  using public.jobs as j
  where j.id = e.job_id and j.user_id = p_user_id;
  update private.provider_tasks as k
  set callback = '{}'
  from public.jobs as j
  where j.id = k.job_id and j.user_id = p_user_id and k.callback <> '{}';
  -- What calls cost stays, and how long they took.
  update public.api_usage_logs as l
  set request_data = null, response_data = null, error_message = null
  where l.user_id = p_user_id and num_nonnulls(l.request_data, l.response_data, l.error_message) > 0;
  delete from public.user_activity_logs as l where l.user_id = p_user_id;
  delete from public.email_logs as l where l.user_id = p_user_id;
  perform private.remove_all_files(p_user_id);
  perform private.close_account(p_user_id);

  update public.profiles as p
  set
    email = null,
    -- One that nobody can have taken.
    username = case when v_is_first then 'deleted-' || gen_random_uuid() else p.username end,
    full_name = null,
    first_name = null,
    last_name = null,
    company = null,
    phone = null,
    avatar_url = null,
    auth0_sub = null,
    role = 'user'
  where p.id = p_user_id;
end;
$$;
