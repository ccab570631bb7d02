-- When an image of a user expires: by the settings editor_keep_days_free and
-- editor_keep_days_paid, days from when it was made; 0 days are for ever (null).
create function private.editor_expiry(p_user_id uuid, p_created_at timestamptz)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
  v_days integer;
begin
  if exists (
    select 1
    from public.subscriptions as s
    join public.plans as p on p.id = s.plan_id
    where s.user_id = p_user_id and s.status in ('trialing', 'active', 'past_due') and p.code <> 'free'
  ) then
    v_days := private.setting('editor_keep_days_paid', '365')::integer;
  else
    v_days := private.setting('editor_keep_days_free', '30')::integer;
  end if;
  return p_created_at + nullif(v_days, 0) * interval '1 day';
end;
$$;
