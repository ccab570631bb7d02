begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set role = 'admin' where id = 'aaaaaaaa-0000-4000-8000-000000000001';
insert into public.provider_circuits (provider, operation, open_until) values ('gemini', 'x', 'infinity'), ('openai', 'x', 'infinity');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select results_eq(
  $$
    select max_running, fault_limit, cool_down, max_cool_down, is_active
    from public.admin_set_provider('gemini', p_max_running => 7, p_fault_limit => 2, p_cool_down => '1 minute')
  $$,
  $$ values (7, 2, interval '1 minute', interval '10 minutes', true) $$, 'null leaves as it is'
);
select results_eq(
  $$ select max_running, is_active from public.admin_set_provider('gemini', false, 0, p_close_circuits => true) $$,
  'values (null::integer, false)', 'a cap of 0 is none'
);
select results_eq(
  'select provider from public.provider_circuits', array['openai'], 'its circuits are closed, those of others are not'
);
select is((select count(*) from public.admin_logs as l where l.action = 'set_provider'), 2::bigint, 'it is written down');
select throws_ok($$ select public.admin_set_provider('nobody') $$, 'PT404', 'provider_not_found', 'a known one');
select throws_ok(
  $$ select public.admin_set_provider('gemini', p_cool_down => '1 hour') $$, 'PT400', 'input_invalid', 'within bounds'
);

select * from finish();
rollback;
