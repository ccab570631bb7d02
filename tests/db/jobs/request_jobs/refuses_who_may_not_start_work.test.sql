begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.grant_credits('bbbbbbbb-0000-4000-8000-000000000002', 10, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
update public.profiles set is_active = false where id = 'aaaaaaaa-0000-4000-8000-000000000001';
create function pg_temp.request(p_user_id uuid, p_type text) returns setof public.jobs language sql as $$
  select * from private.request_jobs(array[
    row(p_user_id, p_type, gen_random_uuid(), '{}', 'test.work', null, 1)
  ]::private.job_request[]);
$$;

select throws_ok(
  $$ select pg_temp.request('aaaaaaaa-0000-4000-8000-000000000001', 'test.work') $$, 'PT403',
  'account_suspended', 'a deactivated user'
);
select throws_ok(
  $$ select pg_temp.request('cccccccc-0000-4000-8000-000000000003', 'test.work') $$,
  'PT403', 'profile_missing', 'an unknown user'
);
select throws_ok(
  $$ select pg_temp.request('bbbbbbbb-0000-4000-8000-000000000002', 'test.other') $$, 'PT400',
  'job_type_unknown', 'an unknown type'
);
update public.job_types set is_active = false where type = 'test.work';
select throws_ok(
  $$ select pg_temp.request('bbbbbbbb-0000-4000-8000-000000000002', 'test.work') $$, 'PT400',
  'job_type_unknown', 'a type that is not active'
);
select is((select count(*) from public.jobs), 0::bigint, 'no job was made');

select * from finish();
rollback;
