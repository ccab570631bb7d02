begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 5, 'refund');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select is(
  public.my_credits(), '{"settled": 0, "held": 0, "available": 0, "debt": 5}'::jsonb,
  'beside a balance of nothing'
);

select * from finish();
rollback;
