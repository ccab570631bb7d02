-- A user leaves: their setting goes; what it bought stays for the books.
create function private.retire_auto_top_up(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from public.auto_top_ups as s where s.user_id = p_user_id;
end;
$$;
