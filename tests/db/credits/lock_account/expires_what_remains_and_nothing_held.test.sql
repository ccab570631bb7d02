begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus', p_expires_at => now() + interval '10 minutes'
);
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 4);

select is(
  (private.lock_account('aaaaaaaa-0000-4000-8000-000000000001', now() + interval '9 minutes')).balance, 6,
  'nothing is due before its time'
);
select results_eq(
  $$
    select (a).balance, (a).held
    from private.lock_account('aaaaaaaa-0000-4000-8000-000000000001', now() + interval '10 minutes') as a
  $$,
  'values (0, 4)', 'at its time what remains goes, what is held stays'
);
select results_eq(
  'select transaction_type, operation, amount, cause_type, cause_id from public.credit_transactions where seq = 2',
  $$ values ('expiration', 'expire', -6, 'lot', '1') $$, 'the ledger says which lot expired'
);
select is(
  (select a.next_expiry_at from public.credit_accounts as a), 'infinity', 'nothing else will expire'
);
select private.lock_account('aaaaaaaa-0000-4000-8000-000000000001', now() + interval '1 day');
select is((select count(*) from public.credit_transactions), 2::bigint, 'it expires once');

select * from finish();
rollback;
