begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.ai_studio_conversation_metadata (thread_id, user_id, title)
values ('thread-a', 'aaaaaaaa-0000-4000-8000-000000000001', 'A'), ('thread-b', 'bbbbbbbb-0000-4000-8000-000000000002', 'B');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  format('select social.prune_checkpoints(%s)', c.arguments), c.code, c.word, c.why
)
from (
  values
    ('null', 'PT400', 'argument_missing', 'no thread'),
    ('''''', 'PT400', 'argument_missing', 'a blank one'),
    ('repeat(''x'', 256)', 'PT400', 'argument_too_long', 'a long one'),
    ('''thread-x''', 'PT404', 'thread_unknown', 'an unknown one'),
    ('''thread-a'', 0', 'PT400', 'limit_invalid', 'none to keep'),
    ('''thread-a'', 1001', 'PT400', 'limit_invalid', 'too many'),
    ('''thread-a'', null', 'PT400', 'limit_invalid', 'null')
) as c (arguments, code, word, why);

select * from finish();
rollback;
