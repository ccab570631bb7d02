-- Begins a change of the caller's own subscription. What it amounts to is decided
-- next, on the subscription as Stripe has it; meanwhile no other change of it
-- begins: two upgrades from one state could be an upgrade and a refunded one.
create function private.begin_subscription_change(
  p_action text,
  p_plan_id uuid,
  p_idempotency_key text
)
returns jsonb
language plpgsql
security definer            -- changes are not the caller's to write
set search_path = ''
as $$
declare
  v_user_id uuid := (private.require_profile()).id;
  v_change private.subscription_changes;
  v_subscription_id text;
begin
  perform private.check_text('p_idempotency_key', p_idempotency_key, 200);
  if p_action is null or p_action not in ('change_plan', 'cancel', 'resume')
    or (p_action = 'change_plan') <> (p_plan_id is not null) then
    raise exception using
      errcode = 'PT400', message = 'input_invalid',
      detail = 'The action is change_plan with a plan, cancel or resume.', hint = 'Send one of them.';
  end if;
  perform private.lock_customer(v_user_id);
  select * into v_change
  from private.subscription_changes as c
  where c.user_id = v_user_id and c.idempotency_key = p_idempotency_key;
  if v_change.id is not null then
    -- Stripe forgets the keys of our calls after a day: what was left undone until
    -- then is another call.
    if (v_change.action, v_change.plan_id) is distinct from (p_action, p_plan_id)
      or (v_change.done_at is null and v_change.created_at < now() - interval '20 hours') then
      perform private.refuse_reused_key(p_idempotency_key);
    end if;
    perform private.hold_subscription_change(v_change);
  else
    -- Who is deactivated may still stop paying.
    if p_action = 'change_plan' then
      perform private.require_active(v_user_id);
      perform private.require_plan_for_sale(p_plan_id);
    end if;
    v_subscription_id := private.changeable_subscription(v_user_id);
    insert into private.subscription_changes as c (
      user_id, subscription_id, action, plan_id, idempotency_key
    )
    values (v_user_id, v_subscription_id, p_action, p_plan_id, p_idempotency_key)
    returning * into v_change;
    perform private.hold_subscription_change(v_change);
  end if;
  return jsonb_build_object(
    'change_id', v_change.id, 'subscription_id', v_change.subscription_id, 'user_id', v_user_id
  );
end;
$$;
grant execute on function private.begin_subscription_change(text, uuid, text) to authenticated;
