begin;
select plan(10);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
-- A client's search reads their own presets alone: array operators are not leakproof, so
-- under policies the owner's index leads. Without policies the tags' own index does.
insert into video.style_presets (user_id, name, is_favorite, tags)
select case when n % 100 = 0 then 'aaaaaaaa-0000-4000-8000-000000000001'::uuid else 'bbbbbbbb-0000-4000-8000-000000000002' end, 'Preset ' || n, n % 500 = 0, array['tag' || n % 1000, 'all']
from generate_series(1, 10000) as n;
insert into video.tool_configurations (user_id, tool_name, is_favorite)
select case when n % 100 = 0 then 'aaaaaaaa-0000-4000-8000-000000000001'::uuid else 'bbbbbbbb-0000-4000-8000-000000000002' end, 'tool', n % 500 = 0 from generate_series(1, 10000) as n;
insert into video.tool_preset_chains (user_id, name, is_favorite)
select case when n % 100 = 0 then 'aaaaaaaa-0000-4000-8000-000000000001'::uuid else 'bbbbbbbb-0000-4000-8000-000000000002' end, 'Chain', n % 500 = 0 from generate_series(1, 10000) as n;
analyze video.style_presets, video.tool_configurations, video.tool_preset_chains;
create function pg_temp.plan(p_query text) returns text language plpgsql as $f$
declare
  v_line text;
  v_plan text := '';
begin
  for v_line in execute 'explain (costs off) ' || p_query loop
    v_plan := v_plan || v_line || e'\n';
  end loop;
  return v_plan;
end;
$f$;
grant execute on function pg_temp.plan(text) to authenticated, service_role;

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select results_eq(
  format('select count(*) from video.%I where is_favorite = true', r.name), 'values (20::bigint)', 'favourites of ' || r.name
)
from unnest(array['style_presets', 'tool_configurations', 'tool_preset_chains']) as r (name);
select alike(
  pg_temp.plan(format(
    'select * from video.%I where user_id = %L and is_favorite = true order by created_at desc limit 20', r.name, 'aaaaaaaa-0000-4000-8000-000000000001'
  )),
  '%Index Scan using ' || r.name || '_user_id_idx%(is_favorite = true)%', 'read by an index'
)
from unnest(array['style_presets', 'tool_configurations', 'tool_preset_chains']) as r (name);
select results_eq(
  $$ select count(*), min(user_id::text) from video.style_presets where tags @> '{tag100}' $$,
  $$ values (10::bigint, 'aaaaaaaa-0000-4000-8000-000000000001') $$, 'presets with a tag'
);
select results_eq(
  $$ select count(*) from video.style_presets where tags && '{tag100,tag200}' and is_favorite = true $$,
  'values (0::bigint)', 'favourites with one of two'
);
select alike(
  pg_temp.plan($$ select * from video.style_presets where user_id = 'aaaaaaaa-0000-4000-8000-000000000001' and tags @> '{tag100}' $$),
  '%Index%style_presets_user_id_idx%',
  'read among the user''s own'
);
select tests.authenticate_as_service();
select alike(
  pg_temp.plan($$ select * from video.style_presets where tags @> '{tag100}' $$), '%Index Scan%style_presets_tags_idx%',
  'by the service, by the tags'
);

select * from finish();
rollback;
