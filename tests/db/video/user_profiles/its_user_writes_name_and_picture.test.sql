begin;
select plan(12);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok($$ update video.user_profiles set username = 'annie', avatar_url = 'a' where id = 'aaaaaaaa-0000-4000-8000-000000000001' $$, 'by an update');
select lives_ok(
  $$
    insert into video.user_profiles (id, username, avatar_url) values ('aaaaaaaa-0000-4000-8000-000000000001', 'anna', 'b')
    on conflict (id) do update
    set id = excluded.id, username = excluded.username, avatar_url = excluded.avatar_url
  $$,
  'by an upsert'
);
select results_eq(
  'select username, avatar_url from public.profiles', $$ values ('anna', 'b') $$, 'it lands in the platform'
);
select throws_ok(
  $$ update video.user_profiles set username = repeat('a', 64) $$, '23514', null, 'under the platform''s checks'
);
select throws_ok(
  format('update video.user_profiles set %I = null', c.name), c.code, null, 'update ' || c.name
)
from (
  values ('credits', '0A000'), ('total_spent', '0A000'), ('created_at', '42501'), ('updated_at', '42501')
) as c (name, code);
select throws_ok(
  format('insert into video.user_profiles (id, %I) values (%L, null)', c.name, 'aaaaaaaa-0000-4000-8000-000000000001'), c.code, null, 'insert ' || c.name
)
from (
  values ('credits', '0A000'), ('total_spent', '0A000'), ('created_at', '42501'), ('updated_at', '42501')
) as c (name, code);

select * from finish();
rollback;
