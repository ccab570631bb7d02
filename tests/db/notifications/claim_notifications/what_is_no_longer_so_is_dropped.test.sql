begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into public.invoices (id, user_id, external_id, status, amount_due, currency, attempt_count)
values ('dddddddd-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'in_1', 'open', 4999, 'usd', 1);
insert into public.subscriptions (id, user_id, status, trial_end)
values ('sub_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'trialing', now() + interval '2 days');
create function pg_temp.tell() returns void language sql as $$
  delete from public.notifications_outbox;
  select private.notify('aaaaaaaa-0000-4000-8000-000000000001', 'low_balance', 'b', '{}');
  select private.notify('bbbbbbbb-0000-4000-8000-000000000002', 'top_up_failed', 't', '{}');
  select private.write_notifications();
$$;
create function pg_temp.given() returns text[] language sql as $$
  select array_agg(n.kind order by n.kind) from private.claim_notifications() as n;
$$;

select pg_temp.tell();
select is(
  pg_temp.given(), array['low_balance', 'payment_failed', 'top_up_failed', 'trial_ending'], 'all of it is so'
);
update public.invoices set status = 'paid';
update public.subscriptions set status = 'active';
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
update public.notifications_outbox set due_at = now();
select is(
  pg_temp.given(), array['top_up_failed'], 'a paid invoice, a trial that was bought and a balance that rose are not told'
);
select set_eq(
  $$select kind from public.notifications_outbox where status = 'dropped' and due_at is null$$,
  array['low_balance', 'payment_failed', 'trial_ending'], 'they are dropped'
);
select private.retire_user('bbbbbbbb-0000-4000-8000-000000000002');
select is_empty(
  $$select 1 from public.notifications_outbox where user_id = 'bbbbbbbb-0000-4000-8000-000000000002'$$,
  'who leaves takes theirs along'
);
select private.notify('bbbbbbbb-0000-4000-8000-000000000002', 'top_up_failed', 'later', '{}');
select is_empty($$select 1 from public.notifications_outbox where dedup_key = 'later'$$, 'and is told nothing more');

select * from finish();
rollback;
