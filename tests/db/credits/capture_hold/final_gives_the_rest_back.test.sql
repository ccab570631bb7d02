begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 6);
select private.capture_hold(h.id, 2) from public.credit_holds as h;

select results_eq(
  'select balance, held from public.credit_accounts', 'values (8, 0)', 'what was not captured is spendable'
);
select results_eq(
  'select captured, status from public.credit_holds', $$ values (2, 'captured') $$, 'the hold ended'
);
select results_eq(
  'select remaining, held, spent from public.credit_lots', 'values (8, 0, 2)', 'and so does its lot say'
);
select is((select count(*) from public.credit_transactions), 2::bigint, 'what returns posts nothing');

select * from finish();
rollback;
