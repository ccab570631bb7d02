-- Subscriptions at Stripe that would go on charging somebody who left.
create function private.abandoned_subscriptions(p_limit integer)
returns setof text
language plpgsql
stable
security definer            -- subscriptions of everybody
set search_path = ''
as $$
begin
  if p_limit is null or p_limit not between 1 and 1000 then
    raise exception using
      errcode = 'PT400', message = 'limit_invalid',
      detail = 'p_limit must be 1 to 1000.', hint = 'Send another.';
  end if;
  return query
  select s.id
  from public.subscriptions as s
  join public.profiles as p on p.id = s.user_id
  where s.source = 'stripe' and p.deleted_at is not null
    and s.status not in ('canceled', 'incomplete_expired')
  order by s.id
  limit p_limit;
end;
$$;
grant execute on function private.abandoned_subscriptions(integer) to service_role;
