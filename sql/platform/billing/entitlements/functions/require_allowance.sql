-- The gate of a counted feature, for a product's request: called after its work is
-- written down, so that the count has it, and behind a lock of the user's (the lane
-- that enqueueing locks): of two requests at once the second counts the first's. One
-- over the limit takes its whole statement back.
create function private.require_allowance(
  p_user_id uuid,
  p_feature text,
  p_asked integer,
  p_now timestamptz default now()
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_entitlement record;
begin
  select * into v_entitlement from private.entitlement(p_user_id, p_feature, p_now);
  if v_entitlement.used <= v_entitlement.usage_limit
    or v_entitlement.value in ('null'::jsonb, 'true'::jsonb) then
    return;
  end if;
  raise exception using
    errcode = 'PT403', message = 'monthly_limit_reached',
    detail = format(
      'Plan %s: %s a month, %s used, %s asked; it starts anew at %s.',
      v_entitlement.plan, coalesce(v_entitlement.usage_limit, 0), v_entitlement.used - p_asked, p_asked,
      to_char(v_entitlement.period_end at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
    ),
    hint = 'Wait until then, or take a larger plan.';
end;
$$;
