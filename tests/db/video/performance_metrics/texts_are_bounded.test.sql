begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into video.performance_metrics (user_id) values ('aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(c.statement, '23514', null, c.what)
from (
  values
    ('a long prompt', 'update video.performance_metrics set prompt = repeat(''p'', 5001)'),
    ('a long character', 'update video.performance_metrics set character_id = repeat(''c'', 201)'),
    ('a long platform', 'update video.performance_metrics set platform = repeat(''p'', 51)'),
    ('large engagement', 'update video.performance_metrics set actual_engagement = (select jsonb_agg(gen_random_uuid()) from generate_series(1, 4000))'),
    ('large improvements', 'update video.performance_metrics set improvements = (select jsonb_agg(gen_random_uuid()) from generate_series(1, 4000))')
) as c (what, statement);

select * from finish();
rollback;
