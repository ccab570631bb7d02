begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set role = 'admin' where id = 'aaaaaaaa-0000-4000-8000-000000000001';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select results_eq(
  $$
    select operation, variant, provider, model, priority, weight, timeout, max_running, settings, is_active
    from public.admin_set_route('video.generate', 'replicate', 'veo-2', 'maker/video', 5, p_settings => '{"input": {"fps": 24}}')
  $$,
  $$
    values (
      'video.generate', 'veo-2', 'replicate', 'maker/video', 5, 1, interval '10 minutes', null::integer,
      '{"input": {"fps": 24}}'::jsonb, true
    )
  $$,
  'one that is new'
);
select results_eq(
  $$
    select priority, weight, timeout, max_running, settings, is_active
    from public.admin_set_route('video.generate', 'replicate', 'veo-2', 'maker/video', p_weight => 3, p_timeout => '1 minute', p_max_running => 2)
  $$,
  $$ values (5, 3, interval '1 minute', 2, '{"input": {"fps": 24}}'::jsonb, true) $$,
  'one that is there: null leaves as it is'
);
select results_eq(
  $$ select max_running, is_active from public.admin_set_route('video.generate', 'replicate', 'veo-2', 'maker/video', p_max_running => 0, p_is_active => false) $$,
  'values (null::integer, false)', 'a cap of 0 is none'
);
select is(
  (select count(*) from public.provider_routes as r where r.model = 'maker/video'), 1::bigint, 'it is one'
);
select is(
  (select count(*) from public.admin_logs as l where l.action = 'set_route'), 3::bigint, 'each change is written down'
);
select throws_ok(
  $$ select public.admin_set_route('video.generate', 'nobody') $$, 'PT404', 'provider_not_found', 'of a known provider'
);
select throws_ok(
  $$ select public.admin_set_route('video.generate', 'gemini', p_weight => 0) $$, 'PT400', 'input_invalid', 'within bounds'
);

select * from finish();
rollback;
