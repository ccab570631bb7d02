begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase', p_expires_at => now() + interval '1 day'
);
select private.freeze_lot('aaaaaaaa-0000-4000-8000-000000000001', 1);
select private.lock_account('aaaaaaaa-0000-4000-8000-000000000001', now() + interval '2 days');

select results_eq(
  'select balance, held from public.credit_accounts', 'values (0, 10)', 'it waits for its dispute'
);
select private.unfreeze_lot('aaaaaaaa-0000-4000-8000-000000000001', 1, now() + interval '2 days');
select results_eq(
  'select balance, held from public.credit_accounts', 'values (0, 0)', 'and expires when that ends'
);
select results_eq(
  'select transaction_type, amount from public.credit_transactions order by seq desc limit 1',
  $$ values ('expiration', -10) $$, 'with a transaction'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
