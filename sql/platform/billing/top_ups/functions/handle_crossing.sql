-- Looks at a balance that fell below what is watched: asks for a top-up where one is
-- set, else tells the user. Locks from the top down, the account last, and behind it
-- drops the crossing: a spend that crosses meanwhile is another one, or keeps this one
-- for the next look.
create function private.handle_crossing(p_user_id uuid, p_now timestamptz default now())
returns text
language plpgsql
security definer            -- called by cron, for somebody else
set search_path = ''
as $$
declare
  v_setting public.auto_top_ups;
  v_account public.credit_accounts;
  v_is_here boolean;
  v_is_set boolean := exists (
    select 1 from public.auto_top_ups as t where t.user_id = p_user_id and t.enabled
  );
  v_crossing bigint;
  v_outcome text := 'none';
begin
  -- Who has left or is suspended is neither charged nor told.
  perform 1
  from public.profiles as p
  where p.id = p_user_id and p.deleted_at is null and p.is_active
  for share;
  v_is_here := found;
  if v_is_set then
    perform private.lock_customer(p_user_id);
  end if;
  -- Read behind that lock: of two sweeps the second finds the crossing dropped.
  select c.id into v_crossing from private.balance_crossings as c where c.user_id = p_user_id;
  if not found then
    return v_outcome;
  end if;
  select * into v_setting from public.auto_top_ups as t where t.user_id = p_user_id and t.enabled and v_is_set;
  if v_is_here and exists (
    select 1
    from public.credit_accounts as a
    where a.user_id = v_setting.user_id and a.balance < a.top_up_at
  ) then
    v_outcome := private.request_top_up(v_setting, p_now);
  end if;

  v_account := private.lock_account(p_user_id, p_now);
  if v_is_here and v_setting.enabled and v_outcome = 'none' and v_account.balance < v_account.top_up_at then
    return v_outcome;         -- it fell since it was read: the next look asks
  end if;
  delete from private.balance_crossings as c where c.user_id = p_user_id and c.id = v_crossing;
  if not found or not v_is_here then
    return v_outcome;
  end if;
  if v_outcome = 'package' then
    update public.credit_accounts as a set top_up_at = null where a.user_id = p_user_id;
    perform private.notify(
      p_user_id, 'top_up_failed', 'top_up_off:' || p_user_id || ':' || v_crossing,
      jsonb_build_object('reason', 'package_changed', 'package_id', v_setting.package_id), p_now
    );
  elsif v_outcome not in ('requested', 'open') and v_account.balance < v_account.low_balance_at then
    perform private.notify(
      p_user_id, 'low_balance', 'low_balance:' || p_user_id || ':' || v_crossing,
      jsonb_build_object('balance', v_account.balance, 'threshold', v_account.low_balance_at), p_now
    );
  end if;
  return v_outcome;
end;
$$;
