begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 6);
select private.freeze_lot('aaaaaaaa-0000-4000-8000-000000000001', 1);
select private.release_hold(h.id) from public.credit_holds as h;

select results_eq(
  'select balance, held from public.credit_accounts', 'values (0, 10)', 'it is held by the freeze now'
);
select results_eq(
  'select remaining, held from public.credit_lots', 'values (10, 0)', 'and back in its lot'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
