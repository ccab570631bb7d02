-- For triggers that fire when a row's user_id would change: it stays its user's, since
-- what stands on it (items, jobs, files) is theirs too.
create function private.keep_owner()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception using
    errcode = '42501', message = 'owner_is_fixed',
    detail = format('The row belongs to %s.', old.user_id),
    hint = 'Delete it, and let the other user insert their own.';
end;
$$;
