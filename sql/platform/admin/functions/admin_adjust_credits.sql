-- An admin gives (positive) or takes (negative) credits, with a reason and a key.
-- What is taken beyond the balance becomes debt, as with any reversal.
create function private.admin_adjust_credits(
  p_user_id uuid,
  p_amount integer,
  p_reason text,
  p_idempotency_key text
)
returns public.credit_transactions
language plpgsql
security definer            -- the account is not the admin's to write
set search_path = ''
as $$
declare
  v_admin_id uuid := private.require_admin();
  v_row public.credit_transactions;
begin
  perform private.check_text('p_reason', p_reason, 1000);
  perform private.check_text('p_idempotency_key', p_idempotency_key, 200);
  if p_amount is null or p_amount = 0 or p_amount < -1000000000 then
    raise exception using
      errcode = 'PT400', message = 'amount_invalid',
      detail = format('The amount is %s.', coalesce(p_amount::text, 'null')),
      hint = 'Send whole credits, more or less than 0.';
  end if;
  v_row := case
    when p_amount > 0 then private.grant_credits(
      p_user_id, p_amount, 'adjustment', p_reason,
      p_idempotency_key => 'admin:' || p_idempotency_key, p_actor_id => v_admin_id
    )
    else private.reverse_credits(
      p_user_id, -p_amount, 'adjustment', p_description => p_reason,
      p_idempotency_key => 'admin:' || p_idempotency_key, p_actor_id => v_admin_id
    )
  end;
  perform private.log_admin_action(
    'adjust_credits', 'user', p_user_id,
    jsonb_build_object('amount', p_amount, 'reason', p_reason, 'transaction_id', v_row.id)
  );
  return v_row;
end;
$$;
grant execute on function private.admin_adjust_credits(uuid, integer, text, text) to authenticated;
