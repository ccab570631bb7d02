begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 6);
create temporary table hold as select h.id from public.credit_holds as h;

select throws_ok(
  format('select private.capture_hold(id, %s) from hold', a.amount),
  'PT400', 'amount_invalid', 'an amount of ' || a.amount
)
from unnest(array['0', '-1', '2147483647']) as a (amount);
select throws_ok(
  'select private.capture_hold(id, 7) from hold', 'PT400', 'capture_exceeds_hold', 'more than is held'
);
select throws_ok(
  'select private.capture_hold(id, 1, null) from hold', 'PT400', 'argument_missing', 'p_final null'
);
select throws_ok(
  $$
    select private.capture_hold(id, 1, true, '')
    from hold
  $$, 'PT400', 'idempotency_key_invalid', 'an empty key'
);
select throws_ok(
  'select private.capture_hold(gen_random_uuid())', 'PT404', 'hold_not_found', 'an unknown hold'
);
select throws_ok('select private.capture_hold(null)', 'PT404', 'hold_not_found', 'no hold');
select results_eq(
  'select balance, held from public.credit_accounts', 'values (4, 6)', 'nothing moved'
);

select * from finish();
rollback;
