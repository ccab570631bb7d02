begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 1000, 'bonus');
insert into public.metered_operations (operation, variant, unit, credits) values
  ('video.generate', 'kling-1', 'second', 0.3), ('video.generate', 'kling-1:4k', 'second', 2.0001);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
create temporary table asked (model text, resolution text, seconds integer, credits integer);
grant select on asked to public;
insert into asked values
  ('veo-2', '720p', 5, 13), ('veo-fast', '3840x2160', 8, 30), ('veo-fast', '720p', 4, 5), ('veo-fast', '1920x1080', 8, 15),
  ('kling-1', '720p', 1, 1), ('kling-1', '2160p', 60, 121);
insert into video.generations (prompt, model, resolution, seconds) select 'A cat', model, resolution, seconds from asked;
select set_eq(
  'select g.model, g.seconds, j.price from video.generations as g join public.jobs as j on j.subject_id = g.id',
  'select model, seconds, credits from asked', 'of each model'
);
select set_eq('select distinct resolution from video.generations', array['720p', '1080p', '4k'], 'sizes have one name each');
select is_empty(
  $$
    select g.*
    from video.generations as g
    join public.jobs as j on j.subject_id = g.id
    where (public.quote(
      'video.generate', case when g.resolution = '720p' then g.model else g.model || ':' || g.resolution end, g.seconds
    ) ->> 'credits')::integer <> j.price
  $$,
  'is what quote() said'
);
select is_empty(
  $$
    select g.*
    from video.generations as g
    join public.jobs as j on j.subject_id = g.id
    where (video.quote_generation(to_jsonb(g)) ->> 'credits')::integer <> j.price
  $$,
  'and what quote_generation() says of the same request'
);
select is(
  video.quote_generation('{"prompt": "A cat", "model": "veo-fast"}') ->> 'credits', '10', 'which fills in what is left out'
);
select throws_ok(
  $$ select video.quote_generation('{"prompt": "A cat", "model": "veo-fast", "seconds": "soon"}') $$, 'PT400', 'input_invalid', 'a length in words'
);
select throws_ok($$ select video.quote_generation('[]') $$, 'PT400', 'input_invalid', 'no object');
select is_empty('select * from private.audit_credits()', 'the books add up') from (select tests.clear_authentication()) as c;

select * from finish();
rollback;
