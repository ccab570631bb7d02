begin;
select plan(127);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits(u.id, 100, 'bonus') from public.profiles as u;
create temporary table t (name text, key text, deletable boolean);
grant select on t to public;
insert into t values
  ('brand_guidelines', 'brand_name', true), ('campaigns', 'name', true), ('storyboard_sequences', 'name', true),
  ('tool_configurations', 'tool_name', true), ('style_presets', 'name', true), ('tool_preset_chains', 'name', true),
  ('platform_configurations', 'platform', true), ('performance_metrics', 'prompt', false);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(format('insert into video.%I (user_id, %I) values (%L, ''One'')', t.name, t.key, 'aaaaaaaa-0000-4000-8000-000000000001'), t.name || ': who inserts it')
from t;
select lives_ok(format('insert into video.%I (%I) values (''Two'')', t.name, t.key), t.name || ': said or not') from t;
select results_eq(
  format('select distinct user_id from video.%I', t.name), $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid) $$, t.name || ': has them'
)
from t;
select results_eq(
  format('with u as (update video.%1$I set %2$I = ''Uno'' where %2$I = ''One'' returning 1) select count(*) from u', t.name, t.key),
  'values (1::bigint)', t.name || ': changes them'
)
from t;
select throws_ok(
  format('insert into video.%I (user_id, %I) values (%L, ''Theirs'')', t.name, t.key, 'bbbbbbbb-0000-4000-8000-000000000002'), '42501', null, t.name || ': nobody else''s'
)
from t;
select throws_ok(
  format('update video.%I set user_id = %L', t.name, 'bbbbbbbb-0000-4000-8000-000000000002'), '42501', null, t.name || ': gives none away'
)
from t;
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is_empty(format('select 1 from video.%I', t.name), t.name || ': another sees none') from t;
select is_empty(
  format('with u as (update video.%I set %I = ''x'' returning 1) select * from u', t.name, t.key), t.name || ': changes none'
)
from t;
select is_empty(format('with d as (delete from video.%I returning 1) select * from d', t.name), t.name || ': deletes none')
from t where t.deletable;
select tests.authenticate_as_anon();
select throws_ok(format('select 1 from video.%I', t.name), '42501', null, t.name || ': anon may not look') from t;
select throws_ok(format('insert into video.%I (%I) values (''x'')', t.name, t.key), '42501', null, t.name || ': nor insert') from t;
select throws_ok(format('update video.%I set %I = ''x''', t.name, t.key), '42501', null, t.name || ': nor change') from t;
select throws_ok(format('delete from video.%I', t.name), '42501', null, t.name || ': nor delete') from t;
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select results_eq(format('select count(*) from video.%I', t.name), 'values (2::bigint)', t.name || ': an admin sees all') from t;
select is_empty(
  format('with u as (update video.%I set %I = ''x'' returning 1) select * from u', t.name, t.key), t.name || ': and changes none'
)
from t;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(format('delete from video.%I', t.name), '42501', null, t.name || ': its user deletes none') from t where not t.deletable;
select results_eq(
  format('with d as (delete from video.%I returning 1) select count(*) from d', t.name), 'values (2::bigint)',
  t.name || ': its user deletes them'
)
from t where t.deletable;

select * from finish();
rollback;
