begin;
select plan(16);

select throws_ok(
  format('insert into public.job_types (type, %I) values (''test.work'', %L)', h.name, n.name),
  '23514', null, h.name || ' ' || n.name
)
from unnest(array['lock_subject', 'on_start', 'on_success', 'on_failure', 'on_cancel']) as h (name)
cross join unnest(array['private.no_such_function', 'private.setting', '']) as n (name);
select throws_ok(
  $$ update public.job_types set on_success = 'private.no_such_function' where type = 'editor.upscale' $$,
  '23514', null, 'nor later'
);

select * from finish();
rollback;
