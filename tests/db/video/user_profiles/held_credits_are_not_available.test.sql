begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 4);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq('select credits, total_spent from video.user_profiles', 'values (6, 0::numeric)', 'nor spent yet');

select * from finish();
rollback;
