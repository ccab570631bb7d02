begin;
select plan(15);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.create_user('root@example.com', p_id => 'dddddddd-0000-4000-8000-000000000004');
update public.profiles set role = 'admin' where id = 'dddddddd-0000-4000-8000-000000000004';
insert into public.notifications_outbox (user_id, kind, dedup_key) values ('aaaaaaaa-0000-4000-8000-000000000001', 'low_balance', 'k');
insert into public.checkouts (id, user_id, package_id, idempotency_key, credits, unit_amount, currency)
select 'cccccccc-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', p.id, 'k', p.credits, p.unit_amount, p.currency
from public.credit_packages as p where p.code = 'starter';
insert into public.top_ups (id, user_id, payment_method) values ('cccccccc-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'pm_1');
insert into video.storyboard_sequences (id, user_id, name, frames)
values ('44444444-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'One', '[{"description": "A cat", "duration": 8}]');
insert into video.storyboard_runs (user_id, storyboard_id, shots, credits)
values ('aaaaaaaa-0000-4000-8000-000000000001', '44444444-0000-4000-8000-000000000001', 1, 0);
insert into video.tool_chain_runs (id, user_id, name, steps, credits)
values ('77777777-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'One', 1, 0);
insert into video.tool_chain_steps (user_id, run_id, step, tool, job_type)
values ('aaaaaaaa-0000-4000-8000-000000000001', '77777777-0000-4000-8000-000000000001', 1, 'generate_image', 'video.image');
create function pg_temp.counts(p_user_id uuid, p_count bigint, p_what text) returns setof text language plpgsql as $$
declare
  v_table text;
begin
  perform tests.authenticate_as(p_user_id);
  foreach v_table in array array[
    'public.notifications_outbox', 'public.top_ups', 'video.storyboard_runs', 'video.tool_chain_runs', 'video.tool_chain_steps'
  ] loop
    return next results_eq('select count(*) from ' || v_table, array[p_count], v_table || ': ' || p_what);
  end loop;
  perform tests.clear_authentication();
end;
$$;

select pg_temp.counts('aaaaaaaa-0000-4000-8000-000000000001', 1, 'hers');
select pg_temp.counts('bbbbbbbb-0000-4000-8000-000000000002', 0, 'not another''s');
select pg_temp.counts('dddddddd-0000-4000-8000-000000000004', 1, 'an admin');

select * from finish();
rollback;
