begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 5, 'bonus');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 7);
select private.freeze_lot('aaaaaaaa-0000-4000-8000-000000000001', 1);

select results_eq('select balance, held from public.credit_accounts', 'values (0, 8)', 'its remaining is held');
select throws_ok(
  $$ select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 1) $$, 'PT402',
  'insufficient_credits', 'no spend draws from it'
);
select throws_ok(
  $$ select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 1) $$, 'PT402', 'insufficient_credits',
  'nor a hold'
);
select is((select count(*) from public.credit_transactions), 3::bigint, 'a freeze posts nothing');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
