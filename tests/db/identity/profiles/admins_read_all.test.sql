begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is((select count(*) from public.profiles), 1::bigint, 'a user reads one');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'aaaaaaaa-0000-4000-8000-000000000001';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is((select count(*) from public.profiles), 2::bigint, 'an admin reads all');
select is_empty(
  format('with changed as (update public.profiles set company = ''x'' where id = %L returning 1) select * from changed', 'bbbbbbbb-0000-4000-8000-000000000002'),
  'but writes their own alone'
);

select * from finish();
rollback;
