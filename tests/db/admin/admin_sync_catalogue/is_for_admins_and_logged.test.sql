begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok('select public.admin_sync_catalogue()', 'PT403', 'admin_only', 'a user asks for none');
select tests.clear_authentication();
select is_empty('select 1 from public.admin_logs', 'and leaves no trace');
update public.profiles set role = 'admin' where id = 'aaaaaaaa-0000-4000-8000-000000000001';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select public.admin_sync_catalogue();
select results_eq(
  'select admin_user_id, action from public.admin_logs',
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'sync_catalogue') $$, 'an admin does'
);

select * from finish();
rollback;
