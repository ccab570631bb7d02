select cron.schedule(
  'billing: retry webhook events', '* * * * *',
  private.sweep_command('private.due_webhook_events()', 'private.replay_webhook_event')
);
