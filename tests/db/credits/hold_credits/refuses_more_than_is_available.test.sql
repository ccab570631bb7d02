begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 8);

select throws_ok(
  $$ select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 3) $$, 'PT402', 'insufficient_credits',
  'what is held is taken'
);
select is((select count(*) from public.credit_holds), 1::bigint, 'no second hold is there');

select * from finish();
rollback;
