begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 16);
select private.capture_hold(h.id, 3, false, 'shot-1') from public.credit_holds as h;
select private.release_hold(h.id) from public.credit_holds as h;

select results_eq(
  'select remaining, held, spent from public.credit_lots order by seq', 'values (10, 0, 0), (7, 0, 3)',
  'each lot has back what was not captured'
);
select results_eq(
  'select balance, held from public.credit_accounts', 'values (17, 0)', 'it is spendable again'
);
select is((select count(*) from public.credit_transactions), 3::bigint, 'a release posts nothing');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
