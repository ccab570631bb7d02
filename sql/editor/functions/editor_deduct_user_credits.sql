-- The document's way to take credits for work that is done.
create function private.editor_deduct_user_credits(
  p_user_id uuid,
  p_amount integer,
  p_transaction_type text,
  p_description text,
  p_metadata jsonb
)
returns integer
language plpgsql
security definer            -- the account is not the caller's to write
set search_path = ''
as $$
declare
  v_admin_id uuid := private.editor_credit_caller();
  v_row public.credit_transactions;
begin
  if p_transaction_type is distinct from 'usage' then
    raise exception using
      errcode = 'PT400', message = 'transaction_type_invalid',
      detail = format('"%s" does not take credits.', left(p_transaction_type, 100)),
      hint = 'Use usage: credits expire by themselves, and refunds of money take theirs by webhook.';
  end if;
  v_row := private.spend_credits(
    p_user_id, p_amount, p_description, p_metadata, p_metadata ->> 'idempotency_key'
  );
  if v_admin_id is not null then
    perform private.log_admin_action(
      'deduct_user_credits', 'user', p_user_id,
      jsonb_build_object('amount', p_amount, 'reason', p_description, 'transaction_id', v_row.id)
    );
  end if;
  return (select a.balance from public.credit_accounts as a where a.user_id = p_user_id);
end;
$$;
grant execute on function private.editor_deduct_user_credits(uuid, integer, text, text, jsonb)
  to authenticated, service_role;
