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
  v_handler text;
begin
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
      where j.user_id = p_user_id and j.finished_at is null and j.type <> 'storage.remove_files'
    ),
    'The account was closed.'
  );
  perform private.close_account(p_user_id);

  update public.profiles as p
  set
    email = null,
    username = 'deleted-' || p_user_id,
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
