-- A user leaves: their projects go, and with them open work and files.
create function private.staging_retire_user(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from staging.projects as p where p.user_id = p_user_id;
end;
$$;
