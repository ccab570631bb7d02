begin;
select plan(21);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into video.generations (id, user_id, prompt, model) values ('22222222-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'A cat', 'veo-2');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok(
  format('insert into video.performance_metrics (%I) values (%L)', c.name, v.value), '23514', null, c.name || ' ' || v.value
)
from unnest(array['predicted_score', 'quality_score', 'style_consistency', 'brand_compliance']) as c (name)
cross join unnest(array['-0.1', '100.1', 'NaN', 'Infinity']) as v (value);
select throws_ok(
  $$ insert into video.performance_metrics (generation_id) values ('22222222-0000-4000-8000-000000000001') $$,
  'PT404', 'generation_not_found', 'of another''s generation'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$
    insert into video.performance_metrics (generation_id, predicted_score, quality_score, style_consistency, brand_compliance)
    values ('22222222-0000-4000-8000-000000000001', 0, 100, 87.5, null)
  $$,
  '0 to 100, of one''s own'
);
select lives_ok($$ update video.performance_metrics set actual_engagement = '{"views": 10}' $$, 'engagement is written later');
delete from video.generations;
select results_eq(
  'select generation_id, quality_score from video.performance_metrics', 'values (null::uuid, 100::numeric)', 'it outlives its generation'
);
select throws_ok('delete from video.performance_metrics', '42501', null, 'a user deletes none');

select * from finish();
rollback;
