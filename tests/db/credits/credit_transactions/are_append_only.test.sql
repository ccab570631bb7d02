begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');

select throws_ok(
  'update public.credit_transactions set amount = 1000', 'PT403', 'ledger_append_only',
  'no update, by the owner too'
);
select throws_ok(
  'delete from public.credit_transactions', 'PT403', 'ledger_append_only', 'no delete'
);
select throws_ok(
  'truncate public.credit_transactions', 'PT403', 'ledger_append_only', 'no truncate'
);
select throws_ok(
  'truncate public.credit_accounts cascade', 'PT403', 'ledger_append_only', 'no truncate by way of the accounts'
);
select throws_ok(
  'delete from public.credit_accounts', 'PT403', 'ledger_append_only', 'no account is deleted'
);

select * from finish();
rollback;
