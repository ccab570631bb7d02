begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 20, 'bonus');
insert into public.metered_operations (operation, variant, credits) values ('test.work', 'a', 5), ('test.work', 'b', 7.5), ('test.work', 'free', 0);
insert into public.job_types (type) values ('test.work'), ('test.more');
create function pg_temp.requests(p_variants text[]) returns private.job_request[] language sql as $$
  select array_agg(
    row('aaaaaaaa-0000-4000-8000-000000000001', case when n % 2 = 0 then 'test.more' else 'test.work' end, gen_random_uuid(), jsonb_build_object('n', n), 'test.work', v, 1)::private.job_request
  )
  from unnest(p_variants) with ordinality as x (v, n);
$$;
select throws_ok(
  $$ select private.request_envelope(pg_temp.requests('{a,b,b}'), 'three') $$, 'PT402', 'insufficient_credits', 'more than there is'
);
select is_empty('select 1 from public.jobs', 'leaves no job');
select results_eq(
  $$ select (h).amount, (h).status, (h).expires_at, (h).description from (select private.request_envelope(pg_temp.requests('{a,b,free}'), 'three') as h) as x $$,
  $$ values (13, 'held', null::timestamptz, 'three') $$, 'one hold for all'
);
select set_eq(
  $$ select type, payload, price, hold_id is not null from public.jobs $$,
  $$ values ('test.work', '{"n": 1}'::jsonb, 5, true), ('test.more', '{"n": 2}', 8, true), ('test.work', '{"n": 3}', 0, true) $$,
  'each job knows its own price'
);
select private.claim_jobs('worker-1', 3);
select private.complete_job(j.id, j.lock_token) from public.jobs as j where j.price = 8;
select results_eq('select balance, held from public.credit_accounts', 'values (7, 5)', 'a success takes its price, the rest stays held');
select private.fail_job(j.id, j.lock_token, 'No.', false) from public.jobs as j where j.price = 5;
select private.complete_job(j.id, j.lock_token) from public.jobs as j where j.price = 0;
select results_eq('select balance, held from public.credit_accounts', 'values (12, 0)', 'the last gives the rest back');
select is((private.request_envelope(pg_temp.requests('{free}'), 'free')).id, null, 'what is free needs no hold');
select is_empty($$ select 1 from public.jobs where price = 0 and hold_id is not null and finished_at is null $$, 'and has none');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
