create function social.decision_statistics(p_days integer default 7)
returns table (decision text, decisions bigint, average_confidence numeric, share numeric)
language sql
stable
security invoker
set search_path = ''
begin atomic
  select * from private.social_decision_statistics(p_days);
end;
grant execute on function social.decision_statistics(integer) to authenticated;
comment on function social.decision_statistics(integer) is
  'How often the AI decided what for the caller within p_days (1 to 365), how sure it was (0 to 1) and which share of all that is (0 to 1). Errors: PT403 not_signed_in; PT400 limit_invalid.';
