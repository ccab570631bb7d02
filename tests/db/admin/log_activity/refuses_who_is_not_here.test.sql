-- Their token may be good for an hour after they left.
begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.retire_user('aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok($$ select public.log_activity('login') $$, 'PT403', 'profile_missing', 'who left');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok($$ select public.log_activity('login') $$, 'PT403', 'profile_missing', 'who never had a profile');
select tests.clear_authentication();
select is_empty('select 1 from public.user_activity_logs', 'nothing is noted');

select * from finish();
rollback;
