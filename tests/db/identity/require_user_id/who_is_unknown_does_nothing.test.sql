begin;
select plan(14);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as_subject('auth0|nobody');

select throws_ok('select ' || c.call, 'PT403', 'not_signed_in', c.what)
from (
  values
    ('an account''s end', 'public.delete_my_account()'),
    ('an export', 'public.export_my_data()'),
    ('a top-up', 'public.set_auto_top_up(true, 50, gen_random_uuid(), 100000)'),
    ('a photo again', 'staging.stage_again(gen_random_uuid())'),
    ('the end of a storyboard''s run', 'video.cancel_storyboard_run(gen_random_uuid())'),
    ('the end of a chain''s run', 'video.cancel_tool_chain_run(gen_random_uuid())'),
    ('the deletion of a chain''s run', 'video.delete_tool_chain_run(gen_random_uuid())'),
    ('a comparison', 'video.compare_metrics()'),
    ('a storyboard', 'video.generate_storyboard(gen_random_uuid())'),
    ('the price of a video', 'video.quote_generation(''{"prompt": "A cat", "model": "veo-2"}'')'),
    ('the price of a storyboard', 'video.quote_storyboard(gen_random_uuid())'),
    ('the price of a chain', 'video.quote_tool_chain(gen_random_uuid())'),
    ('a video again', 'video.retry_generation(gen_random_uuid())'),
    ('a chain', 'video.run_tool_chain(gen_random_uuid())')
) as c (what, call);

select * from finish();
rollback;
