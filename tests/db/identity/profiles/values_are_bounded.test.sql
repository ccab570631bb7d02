begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set auth0_sub = 'auth0|1' where id = 'aaaaaaaa-0000-4000-8000-000000000001';

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('a role of its own', '23514', 'update public.profiles set role = ''owner'''),
    ('a subject of two', '23505', 'update public.profiles set auth0_sub = ''auth0|1'''),
    ('a name of two', '23505', 'update public.profiles set username = ''ann'''),
    ('no name', '23514', 'update public.profiles set username = ''''')
) as c (what, code, statement);

select * from finish();
rollback;
