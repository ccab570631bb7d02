select cron.schedule(
  'billing: grant by the month', '*/5 * * * *',
  private.sweep_command('private.due_payment_grants()', 'private.post_due_grants')
);
