create function private.my_entitlement(p_feature text)
returns jsonb
language plpgsql
stable
security definer            -- plans that are not for sale and all use are counted
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_entitlement record;
begin
  perform private.check_text('p_feature', p_feature, 100);
  select * into v_entitlement from private.entitlement(v_user_id, p_feature);
  return jsonb_build_object(
    'feature', p_feature,
    'allowed', v_entitlement.is_allowed,
    'value', v_entitlement.value,
    'plan', v_entitlement.plan,
    'status', v_entitlement.status,
    'limit', v_entitlement.usage_limit,
    'used', v_entitlement.used,
    'remaining', case
      when v_entitlement.used is not null and v_entitlement.usage_limit is not null
        then greatest(v_entitlement.usage_limit - v_entitlement.used, 0)
    end,
    'period_start', v_entitlement.period_start,
    'period_end', v_entitlement.period_end
  );
end;
$$;
grant execute on function private.my_entitlement(text) to authenticated;
