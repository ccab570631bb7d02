-- An admin gives back what a piece of work cost, all or a part, once a transaction:
-- repeating it with another amount is PT409.
create function private.admin_refund_usage(
  p_transaction_id uuid,
  p_user_id uuid,
  p_amount integer,
  p_reason text
)
returns public.credit_transactions
language plpgsql
security definer            -- the account is not the admin's to write
set search_path = ''
as $$
declare
  v_admin_id uuid := private.require_admin();
  v_usage public.credit_transactions;
  v_row public.credit_transactions;
begin
  perform private.check_text('p_reason', p_reason, 1000);
  select * into v_usage
  from public.credit_transactions as t
  where t.user_id = p_user_id and t.id = p_transaction_id and t.transaction_type = 'usage';
  if not found then
    raise exception using
      errcode = 'PT404', message = 'transaction_not_found',
      detail = format('User %s has no usage %s.', p_user_id, p_transaction_id),
      hint = 'Send the id of a usage transaction of that user.';
  end if;
  if coalesce(p_amount, 1) not between 1 and -v_usage.amount then
    raise exception using
      errcode = 'PT400', message = 'amount_invalid',
      detail = format('The work cost %s, asked to refund %s.', -v_usage.amount, p_amount),
      hint = 'Refund at most what it cost, or null for all.';
  end if;
  v_row := private.grant_credits(
    p_user_id, coalesce(p_amount, -v_usage.amount), 'refund', p_reason,
    p_idempotency_key => 'refund:' || v_usage.id,
    p_cause_type => 'transaction', p_cause_id => v_usage.id::text, p_actor_id => v_admin_id
  );
  perform private.log_admin_action(
    'refund_usage', 'user', p_user_id,
    jsonb_build_object('amount', v_row.amount, 'reason', p_reason, 'transaction_id', v_usage.id)
  );
  return v_row;
end;
$$;
grant execute on function private.admin_refund_usage(uuid, uuid, integer, text) to authenticated;
