begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus', p_expires_at => now() + interval '10 minutes'
);
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 15);
select private.release_hold(h.id, now() + interval '10 minutes') from public.credit_holds as h;

select results_eq(
  'select balance, held from public.credit_accounts', 'values (10, 0)', 'only the lot that lives is spendable'
);
select results_eq(
  'select remaining, expired from public.credit_lots order by seq', 'values (0, 10), (10, 0)',
  'the other expired'
);
select results_eq(
  'select transaction_type, amount from public.credit_transactions order by seq desc limit 1',
  $$ values ('expiration', -10) $$, 'and is posted as such'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
