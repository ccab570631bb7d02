begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select tests.delete_user('aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select is((public.ensure_profile()).is_active, false, 'no new profile');
select throws_ok(
  $$ select public.create_checkout(p.id, 'key-1') from public.credit_packages as p where p.code = 'pro' $$,
  'PT403', null, 'no purchase'
);
select is_empty(
  format('with changed as (update public.profiles set company = ''Ash'' where id = %L returning 1) select * from changed', 'aaaaaaaa-0000-4000-8000-000000000001'),
  'nothing personal comes back'
);

select * from finish();
rollback;
