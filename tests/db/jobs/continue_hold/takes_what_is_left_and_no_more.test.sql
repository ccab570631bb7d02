begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 20, 'bonus');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
insert into public.job_types (type) values ('test.work');
create function pg_temp.request(p_user_id uuid default 'aaaaaaaa-0000-4000-8000-000000000001') returns private.job_request language sql as $$
  select row(p_user_id, 'test.work', gen_random_uuid(), '{"again": true}', 'test.work', null, 1)::private.job_request;
$$;
create temporary table hold as
select (private.request_envelope(array[pg_temp.request(), pg_temp.request(), pg_temp.request()], 'three')).id;
create function pg_temp.more(p_price integer, p_user_id uuid default 'aaaaaaaa-0000-4000-8000-000000000001') returns text language sql as $$
  select (private.continue_hold(pg_temp.request(p_user_id), h.id, p_price)).status from hold as h;
$$;
select private.claim_jobs('worker-1', 3);
select is(pg_temp.more(1), null, 'while all shares are spoken for there is none');
select private.complete_job(j.id, j.lock_token) from (select * from public.jobs order by id limit 1) as j;
select is(pg_temp.more(1), null, 'nor when one is taken');
select private.fail_job(j.id, j.lock_token, 'No.', false) from (select * from public.jobs as o where o.status = 'processing' order by id limit 1) as j;
select is(pg_temp.more(6), null, 'a share that came free is no more than it is');
select is(pg_temp.more(5, 'bbbbbbbb-0000-4000-8000-000000000002'), null, 'nor for somebody else');
select is(pg_temp.more(5), 'queued', 'it pays for another job');
select is(pg_temp.more(5), null, 'once');
select private.cancel_jobs(array(select j.id from public.jobs as j where j.finished_at is null), 'Enough.');
select is(pg_temp.more(1), null, 'a hold that ended has nothing to give');
select results_eq('select balance, held from public.credit_accounts where user_id = ''aaaaaaaa-0000-4000-8000-000000000001''', 'values (15, 0)', 'one of three was paid');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
