-- How many days a post of an account is monitored: the account's rule, else the
-- user's, else 7.
create function private.social_monitoring_days(p_user_id uuid, p_account_id uuid)
returns integer
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (
      select r.monitoring_duration_days
      from social.monitoring_rules as r
      where r.user_id = p_user_id and (r.social_account_id = p_account_id or r.social_account_id is null)
      order by r.social_account_id nulls last
      limit 1
    ),
    7
  );
$$;
