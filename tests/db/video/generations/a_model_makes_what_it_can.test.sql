begin;
select plan(10);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 1000, 'bonus');
insert into public.metered_operations (operation, variant, unit, credits) values ('video.generate', 'kling-1', 'second', 1);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  format('insert into video.generations (prompt, model, aspect_ratio, resolution, seconds) values (''A cat'', %L, %L, %L, %L)', c.model, c.ratio, c.resolution, c.seconds),
  'PT400', 'input_invalid', c.what
)
from (
  values
    ('a length it does not make', 'veo-2', null, null, 9), ('nor at this resolution', 'veo-fast', null, '1080p', 4),
    ('no time at all', 'kling-1', null, null, 0), ('less than that', 'kling-1', null, null, -8),
    ('an hour', 'kling-1', null, null, 3600), ('a shape it does not make', 'veo-2', '1:1', null, null),
    ('a resolution that is not sold', 'veo-2', null, '1080p', null),
    -- The price of 1080p for the work at 720p.
    ('a variant as a model', 'veo-fast:1080p', null, null, null)
) as c (what, model, ratio, resolution, seconds);
select lives_ok(
  $$ insert into video.generations (prompt, model, aspect_ratio, seconds) values ('A cat', 'kling-1', '21:9', 60) $$,
  'a model without limits takes any shape, and up to a minute'
);
select is((select count(*) from public.jobs), 1::bigint, 'nothing else was begun');

select * from finish();
rollback;
