-- The id of a user's subscription at Stripe that is not over, the newest of them,
-- or PT404, PT422.
create function private.changeable_subscription(p_user_id uuid)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_id text;
  v_source text;
begin
  select s.id, s.source into v_id, v_source
  from public.subscriptions as s
  where s.user_id = p_user_id
    and s.status in ('trialing', 'active', 'past_due', 'unpaid', 'paused')
  order by (s.source = 'stripe') desc, s.created_at desc
  limit 1;
  if v_id is null then
    raise exception using
      errcode = 'PT404', message = 'subscription_not_found',
      detail = 'The caller has no subscription.', hint = 'Subscribe with the checkout function.';
  end if;
  if v_source <> 'stripe' then
    raise exception using
      errcode = 'PT422', message = 'subscription_elsewhere',
      detail = format('The subscription %s is kept at %s.', v_id, v_source),
      hint = 'Change it there.';
  end if;
  return v_id;
end;
$$;
