begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 4);

select results_eq(
  format(
    'select balance_after, error from private.spend_credits_batch(%L) order by ordinal',
    jsonb_build_array(
      jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001', 'amount', 2), jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001', 'amount', 5)
    )
  ),
  $$ values (8, null::text), (null, 'insufficient_credits') $$,
  'balance_after is balance + held, and what is held is not spent'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
