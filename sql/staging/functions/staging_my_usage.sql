-- The caller's plan and what of it is used.
create function private.staging_my_usage()
returns jsonb
language plpgsql
stable
security definer            -- plans that are not for sale and all jobs are counted
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_usage record;
begin
  select * into v_usage from private.staging_usage(v_user_id);
  return jsonb_build_object(
    'plan', v_usage.plan,
    'monthly_limit', v_usage.monthly_limit,
    'used', v_usage.used,
    'remaining', case
      when v_usage.monthly_limit is not null then greatest(v_usage.monthly_limit - v_usage.used, 0)
    end,
    'period_start', v_usage.period_start,
    'period_end', v_usage.period_end
  );
end;
$$;
grant execute on function private.staging_my_usage() to authenticated;
