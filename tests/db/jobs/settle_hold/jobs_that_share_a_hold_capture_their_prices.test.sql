begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 30, 'bonus');
insert into public.job_types (type) values ('test.shot');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 20, p_expires_in => null);
select private.add_to_lane('test.shot', 'aaaaaaaa-0000-4000-8000-000000000001', 3, 0::smallint, now());
insert into public.jobs (user_id, type, price, hold_id, deadline, due_at)
select 'aaaaaaaa-0000-4000-8000-000000000001', 'test.shot', p.price, h.id, now() + interval '1 hour', now() + interval '1 hour'
from unnest(array[4, 5, 6]) as p (price) cross join public.credit_holds as h;
create temporary table shot as select * from private.claim_jobs('worker-1', 3, array['test.shot']);

select private.complete_job(id, lock_token) from shot where price = 4;
select results_eq(
  'select balance, held from public.credit_accounts', 'values (10, 16)',
  'the first captures its price and keeps the rest held'
);
select private.fail_job(id, lock_token, 'No.', false) from shot where price = 5;
select results_eq(
  'select balance, held from public.credit_accounts', 'values (10, 16)', 'one that fails gives nothing back yet'
);
select private.complete_job(id, lock_token) from shot where price = 6;
select results_eq(
  'select balance, held from public.credit_accounts', 'values (20, 0)',
  'the last captures its own and releases the rest'
);
select results_eq(
  'select status, captured from public.credit_holds', $$ values ('captured', 10) $$, 'the hold ended'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
