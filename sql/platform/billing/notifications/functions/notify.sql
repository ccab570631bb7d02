-- Writes down, once, that a user is to be told something. Who has left is told nothing.
create function private.notify(
  p_user_id uuid,
  p_kind text,
  p_dedup_key text,
  p_payload jsonb,
  p_now timestamptz default now()
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.notifications_outbox (user_id, kind, dedup_key, payload, due_at, created_at)
  select p.id, p_kind, p_dedup_key, jsonb_strip_nulls(p_payload), p_now, p_now
  from public.profiles as p
  where p.id = p_user_id and p.deleted_at is null
  on conflict (dedup_key) do nothing;
end;
$$;
