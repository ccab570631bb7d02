begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  format('select private.video_request_from(%L, %L)', 'aaaaaaaa-0000-4000-8000-000000000001', c.fields), 'PT400', 'input_invalid', c.what
)
from (
  values
    ('no object', null::jsonb),
    ('a list', '[]'),
    ('a large one', jsonb_build_object('note', repeat(md5('a'), 10000) || (select string_agg(md5(n::text), '') from generate_series(1, 3000) as n))),
    ('seconds that are no number', '{"prompt": "A cat", "model": "veo-2", "seconds": "soon"}')
) as c (what, fields);
select results_eq(
  $$ select user_id, prompt, status from private.video_request_from('aaaaaaaa-0000-4000-8000-000000000001', '{"prompt": "A cat", "status": "success", "user_id": "bbbbbbbb-0000-4000-8000-000000000002"}') $$,
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'A cat', null::text) $$,
  'what no client may choose is not read'
);

select * from finish();
rollback;
