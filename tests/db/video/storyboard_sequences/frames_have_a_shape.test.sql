begin;
select plan(24);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into video.campaigns (id, user_id, name) values ('33333333-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Bob''s');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  format('insert into video.storyboard_sequences (name, frames) values (''One'', %L)', f.frames), '23514', null, left(f.frames, 60)
)
from (
  values
    ('{}'), ('"x"'), ('null'), ('[1]'), ('[null]'), ('[[]]'), ('[[{"description": "A", "duration": 1}]]'), ('[{}]'),
    ('[{"description": "A"}]'), ('[{"duration": 1}]'), ('[{"description": " ", "duration": 1}]'),
    ('[{"description": 1, "duration": 1}]'), ('[{"description": ["A"], "duration": 1}]'),
    ('[{"description": "A", "duration": 0}]'), ('[{"description": "A", "duration": -1}]'),
    ('[{"description": "A", "duration": "1"}]'), ('[{"description": "A", "duration": [1]}]'),
    ('[{"description": "A", "duration": 3601}]'), ('[{"description": "A", "duration": 1e300}]'),
    ('[{"description": "A", "duration": 1}, {"description": "B"}]'),
    (jsonb_build_array(jsonb_build_object('description', repeat('a', 132000), 'duration', 1))::text),
    ((select jsonb_agg(jsonb_build_object('description', 'A', 'duration', 1)) from generate_series(1, 101))::text)
) as f (frames);
select throws_ok('insert into video.storyboard_sequences (name, frames) values (''One'', null)', '23502', null, 'none at all');
select throws_ok(
  $$ insert into video.storyboard_sequences (name, campaign_id) values ('One', '33333333-0000-4000-8000-000000000002') $$,
  'PT404', 'campaign_not_found', 'another''s campaign'
);

select * from finish();
rollback;
