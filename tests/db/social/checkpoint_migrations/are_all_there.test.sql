begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select is((select max(v) from social.checkpoint_migrations), 9, 'so that setup() has nothing to do');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok('select 1 from social.checkpoint_migrations', '42501', null, 'no user sees them');
select tests.authenticate_as_anon();
select throws_ok('select 1 from social.checkpoint_migrations', '42501', null, 'nor anon');

select * from finish();
rollback;
