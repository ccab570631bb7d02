begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set role = 'admin' where id = 'aaaaaaaa-0000-4000-8000-000000000001';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok(c.call, 'PT403', 'admin_only', c.call)
from (
  values
    ($$ select public.admin_set_route('video.generate', 'gemini') $$),
    ($$ select public.admin_set_provider('gemini') $$),
    ($$ select public.admin_set_api_cost('gemini', 'x', 1) $$),
    ('select * from public.operation_margins()')
) as c (call);
select tests.authenticate_as_anon();
select throws_ok(c.call, '42501', null, c.call)
from (
  values
    ($$ select public.admin_set_route('video.generate', 'gemini') $$),
    ($$ select public.admin_set_provider('gemini') $$),
    ($$ select public.admin_set_api_cost('gemini', 'x', 1) $$),
    ('select * from public.operation_margins()')
) as c (call);

select * from finish();
rollback;
