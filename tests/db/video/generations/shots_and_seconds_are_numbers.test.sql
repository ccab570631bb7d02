begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 50, 'bonus');
insert into video.generations (user_id, prompt, model) values ('aaaaaaaa-0000-4000-8000-000000000001', 'A cat', 'veo-2');

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('no seconds', '23514', 'update video.generations set seconds = 0'),
    ('a long film', '23514', 'update video.generations set seconds = 61'),
    ('a shot beyond the last', '23514', 'update video.generations set shot = 101')
) as c (what, code, statement);

select * from finish();
rollback;
