begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
update auth.users set email = 'ann@example.org' where id = 'aaaaaaaa-0000-4000-8000-000000000001';

select is((select p.email from public.profiles as p), 'ann@example.org', 'into the profile');

select * from finish();
rollback;
