begin;
select plan(14);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into video.tool_chain_runs (id, user_id, name, steps, credits)
values ('77777777-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'One', 2, 0);
insert into video.tool_chain_steps (user_id, run_id, step, tool, job_type)
select 'aaaaaaaa-0000-4000-8000-000000000001', '77777777-0000-4000-8000-000000000001', n, 'generate_image', 'video.image'
from generate_series(1, 2) as n;

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('another status', '23514', 'update video.tool_chain_runs set status = ''lost'', completed_at = now()'),
    ('an end without a time', '23514', 'update video.tool_chain_runs set status = ''success'''),
    ('a time without an end', '23514', 'update video.tool_chain_runs set completed_at = now()'),
    ('no steps', '23514', 'update video.tool_chain_runs set steps = 0, current_step = 0'),
    ('too many', '23514', 'update video.tool_chain_runs set steps = 51'),
    ('a step behind the last', '23514', 'update video.tool_chain_runs set current_step = 3'),
    ('a price below nothing', '23514', 'update video.tool_chain_runs set credits = -1'),
    ('less than nothing used', '23514', 'update video.tool_chain_runs set credits_used = -1'),
    ('an input that is a list', '23514', 'update video.tool_chain_runs set input = ''[]'''),
    ('a step of another status', '23514', 'update video.tool_chain_steps set status = ''lost'''),
    ('a step''s end without a time', '23514', 'update video.tool_chain_steps set status = ''skipped'''),
    ('a step''s time without an end', '23514', 'update video.tool_chain_steps set completed_at = now()'),
    ('a step''s price below nothing', '23514', 'update video.tool_chain_steps set price = -1'),
    ('a step''s number twice', '23505', 'update video.tool_chain_steps set step = 1')
) as c (what, code, statement);

select * from finish();
rollback;
