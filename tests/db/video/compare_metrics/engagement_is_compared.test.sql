begin;
select plan(20);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select is(private.video_engagement_score(e.given::jsonb), e.score, e.given)
from (
  values
    ('{"views": 1000, "likes": 50}', 50.0), ('{"views": 1000, "likes": 10, "comments": 5, "shares": 5, "saves": 5}', 45.0),
    ('{"views": 100, "likes": 100}', 100.0), ('{"views": 1000, "likes": 50, "completion_rate": 0.5}', 50.0),
    ('{"views": 1000, "completion_rate": 1}', 40.0), ('{"views": 1000, "completion_rate": 7}', 40.0), ('{"views": 10}', 0.0),
    ('{"views": 0, "likes": 3}', null), ('{"views": -1}', null), ('{"views": "10"}', null), ('{}', null), ('[]', null), ('null', null),
    ('{"views": 1e300, "likes": 1e300}', 100.0), ('{"views": 100, "likes": [1], "shares": -4}', 0.0)
) as e (given, score);
insert into video.performance_metrics (user_id, platform, predicted_score, actual_engagement, actual_score, score_difference) values
  ('aaaaaaaa-0000-4000-8000-000000000001', 'tiktok', 60, null, 1, 1), ('aaaaaaaa-0000-4000-8000-000000000001', 'tiktok', 40, '{"views": 100, "likes": 1}', 99, 99),
  ('aaaaaaaa-0000-4000-8000-000000000001', 'youtube', null, '{"views": 100, "likes": 1}', null, null),
  ('bbbbbbbb-0000-4000-8000-000000000002', 'tiktok', 40, '{"views": 100, "likes": 10}', null, null);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
update video.performance_metrics set actual_engagement = '{"views": 1000, "likes": 80}' where predicted_score = 60;
select results_eq(
  $$ select predicted_score, actual_score, score_difference from video.performance_metrics order by predicted_score $$,
  'values (40::numeric, 10.0::numeric, -30.0::numeric), (60, 80.0, 20.0), (null, 10.0, null)',
  'what is written back is scored and compared, whatever is sent for it'
);
select results_eq(
  'select * from video.compare_metrics()',
  $$ values ('tiktok', 2::bigint, 50.0::numeric, 45.0::numeric, -5.0::numeric, 25.0::numeric) $$, 'a user sees how the predictions did'
);
select is_empty($$ select * from video.compare_metrics('youtube') $$, 'what was not predicted is not compared');
select is_empty($$ select * from video.compare_metrics('''; drop table x') $$, 'nor what there is not');
select tests.authenticate_as_anon();
select throws_ok('select * from video.compare_metrics()', '42501', null, 'anon may not');

select * from finish();
rollback;
