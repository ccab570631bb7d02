-- The document's way to give credits. A purchase that names its payment of Stripe is
-- booked under that payment's key, as the webhook books it: one payment grants once,
-- whoever is first.
create function private.editor_add_user_credits(
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
  v_payment text;
  v_row public.credit_transactions;
begin
  if p_transaction_type is null or p_transaction_type not in ('purchase', 'refund', 'bonus') then
    raise exception using
      errcode = 'PT400', message = 'transaction_type_invalid',
      detail = format('"%s" does not add credits.', left(p_transaction_type, 100)),
      hint = 'Use purchase, refund or bonus.';
  end if;
  if p_transaction_type = 'purchase' then
    v_payment := left(nullif(p_metadata ->> 'stripe_payment_intent_id', ''), 240);
  end if;
  v_row := private.grant_credits(
    p_user_id, p_amount, p_transaction_type, p_description, p_metadata,
    coalesce('stripe:payment:' || v_payment, p_metadata ->> 'idempotency_key'),
    p_cause_type => case when v_payment is not null then 'stripe_payment' end,
    p_cause_id => v_payment,
    p_actor_id => v_admin_id
  );
  if v_admin_id is not null then
    perform private.log_admin_action(
      'add_user_credits', 'user', p_user_id,
      jsonb_build_object(
        'amount', p_amount, 'transaction_type', p_transaction_type, 'reason', p_description,
        'transaction_id', v_row.id
      )
    );
  end if;
  return (select a.balance from public.credit_accounts as a where a.user_id = p_user_id);
end;
$$;
grant execute on function private.editor_add_user_credits(uuid, integer, text, text, jsonb)
  to authenticated, service_role;
