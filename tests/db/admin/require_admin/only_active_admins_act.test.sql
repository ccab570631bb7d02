begin;
select plan(22);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set role = 'admin' where username = 'bob';
create temporary table call as
select c.call
from (
  values
    ('public.admin_adjust_credits(''aaaaaaaa-0000-4000-8000-000000000001'', 1, ''why'', ''k'')'),
    ('public.admin_refund_usage(gen_random_uuid(), ''aaaaaaaa-0000-4000-8000-000000000001'', 1, ''why'')'),
    ('public.admin_replay_event(gen_random_uuid())'),
    ('public.admin_set_active(''aaaaaaaa-0000-4000-8000-000000000001'', true, ''why'')'),
    ('public.admin_set_role(''aaaaaaaa-0000-4000-8000-000000000001'', ''admin'', ''why'')')
) as c (call);
grant select on call to public;

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok('select ' || c.call, 'PT403', 'admin_only', 'a user: ' || c.call) from call as c;
select tests.clear_authentication();
update public.profiles set is_active = false where username = 'bob';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok('select ' || c.call, 'PT403', 'admin_only', 'a suspended admin: ' || c.call) from call as c;
select tests.authenticate_as_anon();
select throws_ok('select ' || c.call, '42501', null, 'nobody: ' || c.call) from call as c;
select tests.authenticate_as_service();
select throws_ok('select ' || c.call, '42501', null, 'the service, which is no person: ' || c.call) from call as c;

select tests.clear_authentication();
select is((select p.role from public.profiles as p where p.username = 'ann'), 'user', 'nobody became an admin');
select is_empty('select 1 from public.admin_logs', 'nothing is logged');

select * from finish();
rollback;
