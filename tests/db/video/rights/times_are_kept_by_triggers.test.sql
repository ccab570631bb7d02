begin;
select plan(21);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
create temporary table t (name text, key text);
grant select on t to public;
insert into t values
  ('brand_guidelines', 'brand_name'), ('campaigns', 'name'), ('storyboard_sequences', 'name'), ('tool_configurations', 'tool_name'),
  ('style_presets', 'name'), ('tool_preset_chains', 'name'), ('platform_configurations', 'platform');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  format('insert into video.%I (%I, created_at, updated_at) values (''One'', ''2020-01-01'', ''2020-01-01'')', t.name, t.key), t.name
)
from t;
select lives_ok(
  format('update video.%I set %I = ''Two'', created_at = ''2030-01-01'', updated_at = ''2030-01-01''', t.name, t.key), t.name || ' changes'
)
from t;
select results_eq(
  format('select created_at, updated_at from video.%I', t.name), $$ values (timestamptz '2020-01-01', now()) $$,
  t.name || ': when it was made stays, when it changed follows'
)
from t;

select * from finish();
rollback;
