begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  format(
    $$
      insert into video.platform_configurations (user_id, platform, aspect_ratio, preferred_style)
      values ('aaaaaaaa-0000-4000-8000-000000000001', 'tiktok', %L, '{"look": "warm"}')
      on conflict (user_id, platform) do update
      set user_id = excluded.user_id, platform = excluded.platform, aspect_ratio = excluded.aspect_ratio,
        preferred_style = excluded.preferred_style
    $$, r.ratio
  ), r.ratio
)
from unnest(array['9:16', '1:1']) as r (ratio);
select results_eq(
  'select platform, aspect_ratio from video.platform_configurations', $$ values ('tiktok', '1:1') $$, 'one row a platform'
);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select lives_ok(
  $$ insert into video.platform_configurations (platform, aspect_ratio) values ('tiktok', '16:9') $$, 'another user has their own'
);
select throws_ok(
  $$
    insert into video.platform_configurations (user_id, platform, aspect_ratio) values ('aaaaaaaa-0000-4000-8000-000000000001', 'tiktok', '4:3')
    on conflict (user_id, platform) do update set user_id = 'bbbbbbbb-0000-4000-8000-000000000002', aspect_ratio = excluded.aspect_ratio
  $$,
  '42501', null, 'and takes over none'
);

select * from finish();
rollback;
