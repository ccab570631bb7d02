begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
insert into video.storyboard_sequences (name, frames, total_duration)
values ('One', '[{"description": "A cat", "duration": 1.4}, {"description": "A dog", "duration": 3, "image": "x"}]', 99);
select is((select s.total_duration from video.storyboard_sequences as s), 5, 'rounded up, whatever is sent');
update video.storyboard_sequences set total_duration = 99;
select is((select s.total_duration from video.storyboard_sequences as s), 5, 'or later');
update video.storyboard_sequences set frames = '[{"description": "A cat", "duration": 8}]';
select is((select s.total_duration from video.storyboard_sequences as s), 8, 'it follows the frames');
update video.storyboard_sequences set frames = '[]';
select is((select s.total_duration from video.storyboard_sequences as s), 0, 'to nothing');

select * from finish();
rollback;
