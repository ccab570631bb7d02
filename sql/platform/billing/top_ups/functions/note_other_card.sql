-- A user made another payment method their default: the breaker closes, and a top-up
-- that a declined card held back is considered again.
create function private.note_other_card()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  update public.auto_top_ups as s
  set
    declined_payment_method = null,
    declined_at = null,
    decline_code = null,
    look_again_at = case when s.enabled then now() end
  where s.user_id = new.user_id
    and s.declined_at is not null
    and s.declined_payment_method <> new.default_payment_method;
  return null;
end;
$$;
