begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.notify('aaaaaaaa-0000-4000-8000-000000000001', 'top_up_failed', 'one', '{}', now());
-- A sender that fails every time, and looks again when the row is due.
create function pg_temp.fail_once() returns public.notifications_outbox language plpgsql as $$
declare
  v_row public.notifications_outbox;
  v_due timestamptz := (select n.due_at from public.notifications_outbox as n);
begin
  select * into v_row from private.claim_notifications(1, '1 minute', v_due);
  return private.finish_notification(v_row.id, v_row.claim_token, repeat('The server is down. ', 100), v_due);
end;
$$;
select is((pg_temp.fail_once()).due_at, now() + interval '1 minute', 'again in a minute');
select is((pg_temp.fail_once()).due_at, now() + interval '3 minutes', 'then in two');
select is((select char_length(n.error) from public.notifications_outbox as n), 1000, 'the error is kept, not at any length');
select pg_temp.fail_once() from generate_series(1, 7);
select is((select n.status from public.notifications_outbox as n), 'due', 'nine times');
select is((pg_temp.fail_once()).status, 'failed', 'the tenth is the last');
select is_empty($$select 1 from private.claim_notifications(1, '1 minute', now() + interval '1 year')$$, 'it is given up');

select * from finish();
rollback;
