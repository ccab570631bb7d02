-- All attempts lie within the day for which Stripe keeps an idempotency key.
insert into public.job_types (
  type, description, max_attempts, lease, backoff, max_backoff, deadline, max_running_per_user,
  subject_table, lock_subject, on_success, on_failure, on_cancel
)
values (
  'billing.top_up', 'Charges a saved payment method for credits', 12, '1 minute', '10 seconds',
  '30 minutes', '6 hours', 1, 'public.top_ups', 'private.lock_top_ups', 'private.finish_top_up',
  'private.give_up_top_up', 'private.give_up_top_up'
)
on conflict (type) do nothing;

insert into private.retire_handlers (handler)
values ('private.retire_auto_top_up')
on conflict do nothing;
