begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 1000, 'bonus');

select is(
  (
    select count(*)
    from private.spend_credits_batch((
      select jsonb_agg(jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001', 'amount', 1)) from generate_series(1, 1000)
    )) as b
    where b.error is null
  ),
  1000::bigint, 'all of them'
);
select results_eq(
  'select balance, last_seq from public.credit_accounts', 'values (0, 1001::bigint)', 'one row each'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
