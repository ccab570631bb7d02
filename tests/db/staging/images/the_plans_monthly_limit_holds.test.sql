begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select private.create_profile('aaaaaaaa-0000-4000-8000-000000000001', 'ann@example.com', p_auth0_sub => 'auth0|ann');
select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com', p_auth0_sub => 'auth0|bob');
insert into storage.objects (bucket_id, name)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg');
insert into staging.projects (id, user_id, name)
values
  ('88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Villa'),
  ('88888888-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Flat');
update public.plans set monthly_limit = 2 where code = 'free';
select tests.authenticate_as_subject('auth0|ann');
create function pg_temp.ask(p_n integer) returns void language sql as $$
  insert into staging.images (project_id, original_url)
  select '88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg' from generate_series(1, p_n);
$$;
create function pg_temp.refusal(p_n integer) returns text language plpgsql as $$
declare
  v_detail text;
begin
  perform pg_temp.ask(p_n);
  return 'none';
exception when sqlstate 'PT403' then
  get stacked diagnostics v_detail = pg_exception_detail;
  return sqlerrm || ': ' || v_detail;
end;
$$;
select is(
  pg_temp.refusal(3),
  'monthly_limit_reached: Plan free: 2 a month, 0 used, 3 asked; it starts anew at '
    || to_char((date_trunc('month', now(), 'UTC') + interval '1 month') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || '.',
  'more than the plan has is refused, with the numbers'
);
select is_empty('select 1 from staging.images', 'no row');
select is_empty('select 1 from public.jobs', 'no job');
select lives_ok('select pg_temp.ask(2)', 'as much as it has is taken');
select throws_ok('select pg_temp.ask(1)', 'PT403', 'monthly_limit_reached', 'and no more');
select is(
  staging.my_usage() - 'period_start' - 'period_end',
  '{"plan": "free", "monthly_limit": 2, "used": 2, "remaining": 0}', 'as it is told'
);
-- One that fails gives its place back, one that is deleted when it is done does not.
select tests.clear_authentication();
select private.claim_jobs('worker-1', 2, array['stage:run']);
select private.fail_job(j.id, j.lock_token, 'No.', false) from public.jobs as j order by j.id limit 1;
select private.complete_job(
  j.id, j.lock_token,
  '{"files": [{"kind": "processed", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/1/t/processed.png"}]}'
)
from public.jobs as j where j.status = 'processing';
delete from staging.images;
select tests.authenticate_as_subject('auth0|ann');
select lives_ok('select pg_temp.ask(1)', 'what failed does not count');
select throws_ok('select pg_temp.ask(1)', 'PT403', 'monthly_limit_reached', 'what was made and deleted does');
select tests.clear_authentication();
-- As the calendar goes on.
update public.jobs set created_at = date_trunc('month', now(), 'UTC') - interval '1 second';
select tests.authenticate_as_subject('auth0|ann');
select lives_ok('select pg_temp.ask(2)', 'a new month is a new count');

select * from finish();
rollback;
