create function private.social_decision_statistics(p_days integer)
returns table (decision text, decisions bigint, average_confidence numeric, share numeric)
language plpgsql
stable
security definer            -- checks the input in private; the user is in the query
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
begin
  perform private.social_check_limit('p_days', p_days, 365);
  return query
  select
    d.decision,
    count(*),
    round(avg(d.confidence), 3),
    round(count(*) / sum(count(*)) over (), 4)
  from social.ai_decisions as d
  where d.user_id = v_user_id and d.created_at >= now() - make_interval(days => p_days)
  group by d.decision
  order by count(*) desc, d.decision;
end;
$$;
grant execute on function private.social_decision_statistics(integer) to authenticated;
