begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set role = 'admin' where id = 'aaaaaaaa-0000-4000-8000-000000000001';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select results_eq(
  $$ select cost_per_operation, model, unit, effective_date, is_active from public.admin_set_api_cost('acme', 'upscale', 0.25, 'big', 'image', '2026-03-01') $$,
  $$ values (0.2500, 'big', 'image', date '2026-03-01', true) $$, 'a price'
);
select public.admin_set_api_cost('acme', 'upscale', 0.1, p_effective_date => '2026-02-01');
select results_eq(
  $$ select cost_per_operation from public.admin_set_api_cost('acme', 'upscale', 0.3, 'big', 'image', '2026-03-01') $$,
  'values (0.3000)', 'the same day has one'
);
select tests.clear_authentication();
select is(private.api_cost('acme', 'upscale', '2026-03-15', 'big'), 0.3000, 'a model''s own price goes first');
select is(private.api_cost('acme', 'upscale', '2026-03-15', 'small'), 0.1000, 'else the operation''s');
select is(private.api_cost('acme', 'upscale', '2026-02-15', 'big'), 0.1000, 'before its day too');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok($$ select public.admin_set_api_cost('acme', 'x', -1) $$, 'PT400', 'input_invalid', 'none is negative');
select is((select count(*) from public.admin_logs as l where l.action = 'set_api_cost'), 3::bigint, 'each is written down');

select * from finish();
rollback;
