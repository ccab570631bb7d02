begin;
select plan(30);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as_anon();
select throws_ok('select private.' || c.call, '42501', null, 'anon ' || c.call)
from (
  values ('user_id()'), ('setting(''worker_secret'')'), ('secret(''worker_secret'')'),
  ('grant_credits(null, 1, ''bonus'')'), ('quote(''editor.vectorize'')')
) as c (call);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok('select private.' || c.call, '42501', null, 'a user ' || c.call)
from (
  values
    ('user_id()'), ('setting(''worker_secret'')'), ('secret(''worker_secret'')'), ('my_credits()'), ('create_profile(null, null)'),
    ('grant_credits(''aaaaaaaa-0000-4000-8000-000000000001'', 1000, ''bonus'')'), ('retire_user(''bbbbbbbb-0000-4000-8000-000000000002'')'), ('set_setting(''signup_credits'', ''9'')'),
    ('ring_doorbell()'), ('request_jobs(null)'), ('storage_used_bytes(''bbbbbbbb-0000-4000-8000-000000000002'')'), ('reverse_credits(''bbbbbbbb-0000-4000-8000-000000000002'', 1, ''refund'')'),
    ('cancel_jobs(null, null)'), ('close_account(''bbbbbbbb-0000-4000-8000-000000000002'')')
) as c (call);
select throws_ok('select 1 from private.' || t.name, '42501', null, 'a user ' || t.name)
from unnest(array[
  'settings', 'job_lanes', 'provider_tasks', 'handler_errors', 'doorbell', 'credit_audits', 'retire_handlers'
]) as t (name);
select tests.authenticate_as_service();
select throws_ok('select private.' || c.call, '42501', null, 'the service ' || c.call)
from (
  values ('secret(''worker_secret'')'), ('grant_credits(null, 1, ''bonus'')'),
  ('set_setting(''signup_credits'', ''9'')')
) as c (call);
select throws_ok('select 1 from private.settings', '42501', null, 'the service settings');

select * from finish();
rollback;
