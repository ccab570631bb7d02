begin;
select plan(11);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  format('insert into video.generations (prompt, model, aspect_ratio, resolution, mode) values (%L, %L, %L, %L, %L)',
    c.prompt, c.model, c.ratio, c.resolution, c.mode),
  'PT400', 'input_invalid', c.what
)
from (
  values
    ('no prompt', null, 'veo-2', null, null, null), ('a blank prompt', '  ', 'veo-2', null, null, null),
    ('a long prompt', repeat('a', 5001), 'veo-2', null, null, null), ('no model', 'A cat', null, null, null, null),
    ('an unknown model', 'A cat', 'veo-9', null, null, null), ('a ratio without sides', 'A cat', 'veo-2', '0:9', null, null),
    ('no resolution', 'A cat', 'veo-2', null, 'large', null), ('an odd mode', 'A cat', 'veo-2', null, null, 'a;b'),
    ('a blank mode', 'A cat', 'veo-2', null, null, '')
) as c (what, prompt, model, ratio, resolution, mode);
select tests.clear_authentication();
update public.metered_operations set is_active = false where variant = 'veo-2';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ insert into video.generations (prompt, model) values ('A cat', 'veo-2') $$,
  'PT400', 'input_invalid', 'a model that is not for sale'
);
select is_empty('select 1 from public.jobs', 'no job');

select * from finish();
rollback;
