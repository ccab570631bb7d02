begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus', p_expires_at => now() + interval '10 minutes'
);
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 6);
select private.lock_account('aaaaaaaa-0000-4000-8000-000000000001', now() + interval '20 minutes');

select results_eq(
  'select balance, held from public.credit_accounts', 'values (0, 6)',
  'expiry took what remained, not what is held'
);
select lives_ok(
  $$
    select private.capture_hold(h.id, 4, p_now => now() + interval '20 minutes')
    from public.credit_holds as h
  $$,
  'the hold is captured after its lot expired'
);
select results_eq(
  'select remaining, held, spent, expired from public.credit_lots', 'values (0, 0, 4, 6)',
  'and its rest expires with the lot'
);
select results_eq(
  'select transaction_type, amount from public.credit_transactions order by seq',
  $$ values ('bonus', 10), ('expiration', -4), ('usage', -4), ('expiration', -2) $$,
  'the ledger says so'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
