begin;
select plan(18);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('root@example.com', p_id => 'dddddddd-0000-4000-8000-000000000004');
update public.profiles set role = 'admin' where id = 'dddddddd-0000-4000-8000-000000000004';
insert into public.provider_circuits (provider, operation) values ('local', 'editor.upscale');
insert into video.tools (tool, label, job_type, task, makes, is_active)
select 'retired', 'Retired', t.job_type, t.task, t.makes, false from video.tools as t limit 1;
create function pg_temp.reads(p_login text, p_who text, p_tables text[], p_reads boolean) returns setof text language plpgsql as $$
declare
  v_table text;
begin
  execute 'select tests.' || p_login;
  foreach v_table in array p_tables loop
    return next results_eq('select exists (select 1 from ' || v_table || ')', array[p_reads], v_table || ': ' || p_who);
  end loop;
  perform tests.clear_authentication();
end;
$$;

select pg_temp.reads(c.login, c.who, c.tables, c.reads)
from (
  values
    ('authenticate_as_anon()', 'everyone', array['public.metered_operations'], true),
    (
      'authenticate_as(''aaaaaaaa-0000-4000-8000-000000000001'')', 'who is signed in',
      array['public.metered_operations', 'public.job_types', 'video.model_limits', 'video.tools'], true
    ),
    (
      'authenticate_as(''aaaaaaaa-0000-4000-8000-000000000001'')', 'no user',
      array['public.providers', 'public.provider_routes', 'public.provider_circuits'], false
    ),
    (
      'authenticate_as(''dddddddd-0000-4000-8000-000000000004'')', 'an admin',
      array['public.providers', 'public.provider_routes', 'public.provider_circuits'], true
    ),
    (
      'authenticate_as_subject(''auth0|nobody'')', 'who is unknown',
      array['video.model_limits', 'video.tools', 'public.providers', 'public.provider_routes', 'public.provider_circuits'],
      false
    )
) as c (login, who, tables, reads);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is_empty($$ select 1 from video.tools where tool = 'retired' $$, 'what is retired is not shown');
select isnt_empty('select 1 from video.tools', 'what is not, is');

select * from finish();
rollback;
