begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
create function pg_temp.request() returns setof public.jobs language sql as $$
  select * from private.request_jobs(array[
    row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', '22222222-0000-4000-8000-000000000001', '{}', 'test.work', null, 1)
  ]::private.job_request[]);
$$;
select pg_temp.request();
select private.cancel_jobs(array(select j.id from public.jobs as j), 'Cancelled.');

-- Either the second request is refused, or it has open credits behind it.
do $$
begin
  perform pg_temp.request();
exception when sqlstate 'PT409' then
  null;
end;
$$;
select is_empty(
  $$
    select j.id, h.status
    from public.jobs as j
    left join public.credit_holds as h on h.id = j.hold_id
    where j.finished_at is null and j.price > 0 and h.status is distinct from 'held'
  $$,
  'no open job stands on a hold that ended'
);

select * from finish();
rollback;
