-- One subscription a person: who has one changes it.
create function private.refuse_subscribed(p_user_id uuid, p_at_stripe jsonb default null)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_live text[] := array['trialing', 'active', 'past_due', 'unpaid', 'paused'];
  v_id text;
begin
  select s.id into v_id
  from public.subscriptions as s
  where s.user_id = p_user_id and s.status = any (v_live)
  union all
  select s.value ->> 'id'
  from jsonb_array_elements(p_at_stripe) as s
  where s.value ->> 'status' = any (v_live)
  limit 1;
  if v_id is not null then
    raise exception using
      errcode = 'PT409', message = 'already_subscribed',
      detail = format('The subscription %s is not over.', v_id),
      hint = 'Change its plan, or resume it, with the subscription function.';
  end if;
end;
$$;
