begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set role = 'admin';
update public.profiles set is_active = false where id = 'bbbbbbbb-0000-4000-8000-000000000002';

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is((select count(*) from public.profiles), 2::bigint, 'an admin is one');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is((select count(*) from public.profiles), 1::bigint, 'a deactivated one is not');
select tests.authenticate('authenticated', '{"sub": "cccccccc-0000-4000-8000-000000000003", "role": "admin"}');
select is((select count(*) from public.profiles), 0::bigint, 'a claim makes nobody one');

select * from finish();
rollback;
