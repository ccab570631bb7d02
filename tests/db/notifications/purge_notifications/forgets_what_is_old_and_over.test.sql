begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.invoices (id, user_id, external_id, status, amount_due, currency, attempt_count)
values ('dddddddd-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'in_1', 'open', 4999, 'usd', 1);
select private.write_notifications(now() - interval '91 days');
select private.notify('aaaaaaaa-0000-4000-8000-000000000001', 'low_balance', 'old', '{}', now() - interval '91 days');
select private.notify('aaaaaaaa-0000-4000-8000-000000000001', 'low_balance', 'new', '{}', now() - interval '89 days');
select is(private.purge_notifications(), 1, 'what is older than the retention');
select set_eq(
  'select dedup_key from public.notifications_outbox', array['new', 'payment_failed:stripe:in_1:1'],
  'but not what is still open: it would be told again'
);
update public.invoices set status = 'paid';
select private.set_setting('notification_retention', '1 day');
select is(private.purge_notifications(), 2, 'until it is settled');

select * from finish();
rollback;
