-- Whether a person had a trial before: by our own records, or by Stripe's list of
-- the customer's subscriptions, which knows of one a moment earlier.
create function private.had_trial(p_user_id uuid, p_at_stripe jsonb default null)
returns boolean
language sql
stable
set search_path = ''
as $$
  select
    exists (
      select 1 from public.subscriptions as s where s.user_id = p_user_id and s.trial_start is not null
    )
    or exists (
      select 1
      from public.credit_transactions as t
      where t.user_id = p_user_id and t.idempotency_key = 'trial'
    )
    or exists (
      select 1
      from jsonb_array_elements(p_at_stripe) as s
      where s.value ->> 'trial_start' is not null
    );
$$;
