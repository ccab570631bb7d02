-- The checkout of a top-up was paid: whatever was thought of it before, it is paid.
create function private.pay_top_up()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  update public.top_ups as t
  set status = 'paid', decline_code = null, ended_at = now()
  where t.id = new.id and t.status <> 'paid';
  return null;
end;
$$;
