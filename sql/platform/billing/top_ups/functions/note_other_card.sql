-- A user's default payment method changed: a top-up that a declined card holds back
-- is considered again.
create function private.note_other_card()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  update public.auto_top_ups as s
  set look_again_at = now()
  where s.user_id = new.user_id and s.enabled;
  return null;
end;
$$;
