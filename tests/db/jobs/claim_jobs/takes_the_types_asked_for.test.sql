begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type, is_active)
values ('test.one', true), ('test.two', true), ('test.off', true);
select private.request_jobs((
  select array_agg(row('aaaaaaaa-0000-4000-8000-000000000001', t.type, gen_random_uuid(), '{}', null, null, 1)::private.job_request)
  from unnest(array['test.one', 'test.two', 'test.off']) as t (type)
));
update public.job_types set is_active = false where type = 'test.off';

select results_eq(
  $$
    select type
    from private.claim_jobs('worker-1', 10, array['test.two']) $$, $$ values ('test.two')
  $$, 'one type'
);
select is_empty($$ select 1 from private.claim_jobs('worker-1', 10, '{}') $$, 'no type');
select results_eq(
  $$ select type from private.claim_jobs('worker-1', 10) $$, $$ values ('test.one') $$,
  'null is all, but none that is not active'
);

select * from finish();
rollback;
