create function private.refuse_missing_user(p_user_id uuid)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT404', message = 'user_not_found',
    detail = format('There is no user %s.', coalesce(p_user_id::text, 'null')),
    hint = 'Send the id of a profile.';
end;
$$;
