begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select tests.authenticate_as_service();
select public.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 4, p_expires_in => null);

select is(
  (select h.expires_at from public.credit_holds as h), now() + interval '1 hour',
  'only holds of jobs have none'
);

select * from finish();
rollback;
