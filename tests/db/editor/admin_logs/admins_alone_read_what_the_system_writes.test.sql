begin;
select plan(37);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into public.api_usage_logs (user_id, api_provider, operation_type)
values ('aaaaaaaa-0000-4000-8000-000000000001', 'local', 'upscale');
insert into public.system_metrics (metric_name, metric_value) values ('queue', 1);
insert into public.admin_logs (admin_user_id, action) values ('bbbbbbbb-0000-4000-8000-000000000002', 'test');
create temporary table target as
select t.name, t.column_name
from (
  values
    ('editor.api_costs', 'currency'), ('editor.api_usage_logs', 'api_provider'), ('editor.admin_logs', 'action'),
    ('editor.system_metrics', 'metric_name')
) as t (name, column_name);
grant select on target to public;

select tests.authenticate_as_anon();
select throws_ok('select 1 from ' || t.name, '42501', null, t.name || ' not by anon') from target as t;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is_empty('select 1 from ' || t.name, t.name || ' not by a user') from target as t;
select throws_ok(format('insert into %s (%I) values (''x'')', t.name, t.column_name), '42501', null, t.name || ' inserted by a user')
from target as t;
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select isnt_empty('select 1 from ' || t.name, t.name || ' by an admin') from target as t;
select throws_ok(format('insert into %s (%I) values (''x'')', t.name, t.column_name), '42501', null, t.name || ' inserted by an admin')
from target as t;
select throws_ok(format('update %s set %I = ''x''', t.name, t.column_name), '42501', null, t.name || ' changed by an admin')
from target as t;
select throws_ok('delete from ' || t.name, '42501', null, t.name || ' deleted by an admin') from target as t;
select throws_ok('truncate ' || t.name, null, null, t.name || ' truncated by an admin') from target as t;
select tests.authenticate_as_service();
select isnt_empty('select 1 from ' || t.name, t.name || ' by the service') from target as t where t.name <> 'editor.system_metrics';
select lives_ok('insert into editor.system_metrics (metric_name, metric_value) values (''queue'', 2)', 'the service measures');
select isnt_empty('select 1 from editor.system_metrics', 'and reads it');

select * from finish();
rollback;
