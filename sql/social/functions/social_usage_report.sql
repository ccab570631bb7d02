-- The caller's movements of credits in the last days, by day (UTC) and type.
create function private.social_usage_report(p_days integer)
returns table (
  day date,
  transaction_type text,
  transactions bigint,
  credits bigint
)
language plpgsql
stable
security definer            -- reads the caller's rows by their id
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
begin
  perform private.social_check_limit('p_days', p_days, 366);
  return query
  select (t.created_at at time zone 'UTC')::date as on_day, t.transaction_type, count(*), sum(t.credits_amount)
  from social.credit_transactions as t
  where t.user_id = v_user_id
    and t.created_at >= date_trunc('day', now(), 'UTC') - make_interval(hours => 24 * (p_days - 1))
  group by on_day, t.transaction_type
  order by on_day desc, t.transaction_type;
end;
$$;
grant execute on function private.social_usage_report(integer) to authenticated;
