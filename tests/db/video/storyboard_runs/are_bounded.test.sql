begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into video.storyboard_sequences (id, user_id, name, frames)
values ('44444444-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'One', '[{"description": "A cat", "duration": 8}]');
insert into video.storyboard_runs (user_id, storyboard_id, shots, credits)
values ('aaaaaaaa-0000-4000-8000-000000000001', '44444444-0000-4000-8000-000000000001', 1, 0);

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('no shots', '23514', 'update video.storyboard_runs set shots = 0'),
    ('a whole film', '23514', 'update video.storyboard_runs set shots = 101'),
    ('a price below nothing', '23514', 'update video.storyboard_runs set credits = -1'),
    ('options that are a list', '23514', 'update video.storyboard_runs set options = ''[]'''),
    (
      'large options', '23514',
      'update video.storyboard_runs set options = jsonb_build_object(
         ''text'', (select string_agg(md5(n::text), '''') from generate_series(1, 1000) as n)
       )'
    )
) as c (what, code, statement);

select * from finish();
rollback;
