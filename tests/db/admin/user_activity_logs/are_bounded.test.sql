begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(c.statement, '23514', null, c.what)
from (
  values
    ('no type', 'insert into public.user_activity_logs (activity_type) values ('''')'),
    ('a long type', 'insert into public.user_activity_logs (activity_type) values (repeat(''t'', 101))'),
    ('large data', 'insert into public.user_activity_logs (activity_type, activity_data) select ''x'', jsonb_agg(gen_random_uuid()) from generate_series(1, 1000)'),
    ('a long agent', 'insert into public.user_activity_logs (activity_type, user_agent) values (''x'', repeat(''a'', 1001))')
) as c (what, statement);

select * from finish();
rollback;
