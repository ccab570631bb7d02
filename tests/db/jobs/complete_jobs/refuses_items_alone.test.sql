begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type, max_running_per_user) values ('test.plain', 10);
select private.request_jobs((
  select array_agg(row('aaaaaaaa-0000-4000-8000-000000000001', 'test.plain', gen_random_uuid(), '{}', null, null, 1)::private.job_request)
  from generate_series(1, 3)
));
create temporary table claim as
select c.*, row_number() over () as n from private.claim_jobs('worker-1', 10, array['test.plain']) as c;

select results_eq(
  $$
    select status, error from private.complete_jobs((
      select jsonb_agg(x.item order by x.n)
      from (
        select n, jsonb_build_object('job_id', id, 'lock_token', case n when 2 then gen_random_uuid() else lock_token end,
          'result', case n when 3 then jsonb_build_object('k', repeat('r', 1100000)) else '{}' end) as item
        from claim
        union all
        select 4, jsonb_build_object('job_id', gen_random_uuid(), 'lock_token', gen_random_uuid(), 'result', '{}'::jsonb)
      ) as x
    ))
  $$,
  $$
    values ('completed', null::text), ('processing', 'lease_lost'), ('processing', 'result_too_large'),
      (null, 'job_not_found')
  $$,
  'the others stand'
);
select throws_ok(
  format('select * from private.complete_jobs(%L)', c.body), 'PT400', 'batch_invalid', c.what
)
from (
  values ('no batch', null), ('an object', '{}'),
  ('1001', (select jsonb_agg('{}'::jsonb) from generate_series(1, 1001))::text)
) as c (what, body);
select is_empty($$ select * from private.complete_jobs('[]') $$, 'an empty batch is no error');

select * from finish();
rollback;
