begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 30, 'bonus');
insert into public.job_types (type) values ('test.shot');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 20, p_expires_in => null);
select private.add_to_lane('test.shot', 'aaaaaaaa-0000-4000-8000-000000000001', 2, 0::smallint, now());
insert into public.jobs (user_id, type, price, hold_id, deadline, due_at)
select 'aaaaaaaa-0000-4000-8000-000000000001', 'test.shot', p.price, h.id, now() + interval '1 hour', now() + interval '1 hour'
from unnest(array[4, 5]) as p (price) cross join public.credit_holds as h;
create temporary table shot as select * from private.claim_jobs('worker-1', 2, array['test.shot']);
select private.complete_job(id, lock_token) from shot where price = 4;
select private.cancel_jobs(array(select id from shot where price = 5), 'Stopped.');

select results_eq(
  'select balance, held from public.credit_accounts', 'values (26, 0)', 'what was made is paid'
);
select results_eq(
  'select status, captured from public.credit_holds', $$ values ('released', 4) $$, 'the hold ended'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
