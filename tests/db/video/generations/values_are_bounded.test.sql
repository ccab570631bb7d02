begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into video.generations (user_id, prompt, model)
values ('aaaaaaaa-0000-4000-8000-000000000001', 'A cat', 'veo-fast');

select throws_ok(c.statement, '23514', null, c.what)
from (
  values
    ('another status', 'update video.generations set status = ''lost'', completed_at = now()'),
    ('negative credits', 'update video.generations set credits_used = -1'),
    ('no prompt', 'update video.generations set prompt = '''''),
    ('a long prompt', 'update video.generations set prompt = repeat(''p'', 5001)'),
    ('no model', 'update video.generations set model = '''''),
    ('a long address', 'update video.generations set reference_image_url = repeat(''a'', 2049)'),
    ('a success without a video', 'update video.generations set status = ''success'', completed_at = now()'),
    ('an end that says not when', 'update video.generations set status = ''error''')
) as c (what, statement);

select * from finish();
rollback;
