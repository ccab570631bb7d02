-- The caller's plan and what of it is used.
create function private.staging_my_usage()
returns jsonb
language plpgsql
stable
security definer            -- plans that are not for sale and all jobs are counted
set search_path = ''
as $$
declare
  v_usage jsonb := private.my_entitlement('monthly_limit');
begin
  return jsonb_build_object(
    'plan', v_usage -> 'plan',
    'monthly_limit', v_usage -> 'limit',
    'used', v_usage -> 'used',
    'remaining', v_usage -> 'remaining',
    'period_start', v_usage -> 'period_start',
    'period_end', v_usage -> 'period_end'
  );
end;
$$;
grant execute on function private.staging_my_usage() to authenticated;
