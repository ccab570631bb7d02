begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  format('select private.video_check_chain_input(%L, %L)', 'aaaaaaaa-0000-4000-8000-000000000001', c.input), c.code, c.word, c.what
)
from (
  values
    ('another''s upload', 'PT400', 'source_not_in_storage', '{"image": "bbbbbbbb-0000-4000-8000-000000000002/cat.png"}'),
    ('an upload there is not', 'PT404', 'upload_not_found', '{"image": "aaaaaaaa-0000-4000-8000-000000000001/cat.png"}'),
    ('a private address', 'PT400', 'url_not_allowed', '{"image": "http://169.254.169.254/"}')
) as c (what, code, word, input);
select is(
  private.video_check_chain_input('aaaaaaaa-0000-4000-8000-000000000001', '{"image": " ", "prompt": "A cat"}'),
  '{"prompt": "A cat"}', 'a blank one is none'
);

select * from finish();
rollback;
