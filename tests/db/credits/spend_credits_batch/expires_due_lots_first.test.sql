begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus', p_expires_at => now() + interval '1 day'
);
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 5, 'bonus');

select results_eq(
  format(
    'select seq, balance_after, error from private.spend_credits_batch(%L, now() + interval ''2 days'') order by ordinal',
    jsonb_build_array(
      jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001', 'amount', 5), jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001', 'amount', 1)
    )
  ),
  $$ values (4::bigint, 0, null::text), (null, null, 'insufficient_credits') $$,
  'what is due is not spent'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
