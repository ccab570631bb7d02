begin;
select plan(10);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  format('insert into video.generations (prompt, model) values (%L, ''veo-2'')', repeat('prompt ', 15000)),
  'PT400', 'input_invalid', '100 kB'
);
select throws_ok(
  format('insert into video.generations (prompt, model) values (''A cat'', %L)', repeat('m', 100000)),
  'PT400', 'input_invalid', 'in the model'
);
select throws_ok(
  format('insert into video.generations (prompt, model, negative_prompt) values (''A cat'', ''veo-2'', %L)', repeat('n', 100000)),
  'PT400', 'input_invalid', 'in the negative prompt'
);
select throws_ok(
  format('insert into video.generations (prompt, model, reference_image_url) values (''A cat'', ''veo-2'', %L)', 'https://example.com/' || repeat('n', 100000)),
  'PT400', 'url_not_allowed', 'in an address'
);
select throws_ok(
  $$ insert into video.generations (prompt, model) values (E'A\u200b' || '', 'veo-2'), (E'\u200b\u2060\ufeff \n', 'veo-2') $$,
  'PT400', 'input_invalid', 'characters that have no width are no prompt'
);
select throws_ok(
  $$ insert into video.generations (prompt, model) values (convert_from('\x4100', 'UTF8'), 'veo-2') $$, '22021', null, 'a null byte'
);
select throws_ok(
  $$ insert into video.generations (prompt, model) select prompt, model from jsonb_populate_record(null::video.generations, '{"prompt": "A\u0000", "model": "veo-2"}') $$,
  '22P05', null, 'one in JSON'
);
select is_empty('select 1 from public.jobs', 'none of it began anything');
insert into video.generations (prompt, model)
values (E'A cat''); drop table video.generations; --\x01\x1b[2J\r\nNever: {prompt} ${x} %s', 'veo-2');
select is(
  (select g.prompt from video.generations as g), E'A cat''); drop table video.generations; --\x01\x1b[2J\r\nNever: {prompt} ${x} %s', 'SQL is words'
);
select is(
  (select j.payload ->> 'prompt' from public.jobs as j),
  'A cat''); drop table video.generations; -- [2J Never: {prompt} ${x} %s', 'the provider gets one line without control characters'
);

select * from finish();
rollback;
