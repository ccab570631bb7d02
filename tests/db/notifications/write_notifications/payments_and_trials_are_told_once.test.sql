begin;
select plan(10);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.invoices (user_id, external_id, status, amount_due, currency, attempt_count, next_payment_attempt)
values
  ('aaaaaaaa-0000-4000-8000-000000000001', 'in_1', 'open', 4999, 'usd', 1, now() + interval '3 days'),
  ('aaaaaaaa-0000-4000-8000-000000000001', 'in_2', 'open', 4999, 'usd', 0, null),
  ('aaaaaaaa-0000-4000-8000-000000000001', 'in_3', 'paid', 4999, 'usd', 2, null),
  ('aaaaaaaa-0000-4000-8000-000000000001', 'in_4', 'uncollectible', 4999, 'usd', 4, null);
insert into public.subscriptions (id, user_id, status, trial_end)
values
  ('sub_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'trialing', '2026-06-10 00:00Z'),
  ('sub_2', 'aaaaaaaa-0000-4000-8000-000000000001', 'active', '2026-06-10 00:00Z');
create function pg_temp.keys() returns text[] language sql as $$
  select array_agg(n.dedup_key order by n.dedup_key) from public.notifications_outbox as n;
$$;

select private.write_notifications('2026-06-06 23:59Z');
select is(pg_temp.keys(), array['payment_failed:stripe:in_1:1'], 'an open invoice that was tried');
select is(
  (select n.payload - 'invoice_id' - 'next_attempt_at' from public.notifications_outbox as n),
  '{"source": "stripe", "amount_due": 4999, "currency": "usd", "attempt": 1}', 'with its numbers, without a name or an address'
);
select private.write_notifications('2026-06-06 23:59Z');
select is(array_length(pg_temp.keys(), 1), 1, 'once');
update public.invoices set attempt_count = 2 where external_id = 'in_1';
select private.write_notifications('2026-06-06 23:59Z');
select is(
  pg_temp.keys(), array['payment_failed:stripe:in_1:1', 'payment_failed:stripe:in_1:2'], 'and once more for the next attempt'
);
delete from public.notifications_outbox;
update public.invoices set status = 'void' where external_id = 'in_1';
select private.write_notifications('2026-06-07 00:00Z');
select is(pg_temp.keys(), array['trial_ending:sub_1:1781049600'], 'a trial that ends in three days');
select is(
  (select n.payload - 'trial_end' from public.notifications_outbox as n), '{"subscription_id": "sub_1", "cancels": false}', 'whose'
);
select private.write_notifications('2026-06-09 00:00Z');
select is(array_length(pg_temp.keys(), 1), 1, 'once');
update public.subscriptions set trial_end = '2026-06-20 00:00Z' where id = 'sub_1';
select private.write_notifications('2026-06-09 00:00Z');
select is(array_length(pg_temp.keys(), 1), 1, 'one that was made longer is not ending');
select private.write_notifications('2026-06-18 00:00Z');
select is(array_length(pg_temp.keys(), 1), 2, 'and then it is');
delete from public.notifications_outbox;
select private.write_notifications('2026-06-20 00:00Z');
select is(pg_temp.keys(), null, 'one that is over is not told');

select * from finish();
rollback;
