begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase');
select private.freeze_lot('aaaaaaaa-0000-4000-8000-000000000001', 1);

select is((private.unfreeze_lot('aaaaaaaa-0000-4000-8000-000000000001', 1)).frozen_at, null, 'the freeze ends');
select results_eq('select balance, held from public.credit_accounts', 'values (10, 0)', 'all of it is back');
select is(
  (private.unfreeze_lot('aaaaaaaa-0000-4000-8000-000000000001', 1)).seq, null, 'a second end changes nothing'
);
select lives_ok(
  $$ select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 10) $$, 'and it is spent'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
