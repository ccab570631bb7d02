select cron.schedule(
  'billing: retry webhook events', '10 seconds',
  private.sweep_command('private.due_webhook_events()', 'private.retry_webhook_event')
);
-- As many at a time as one transaction should hold, until nothing is left.
select cron.schedule(
  'billing: purge payloads', '23 4 * * *',
  'do $$ begin while private.purge_webhook_payloads() > 0 loop commit; end loop; end $$'
);
select cron.schedule(
  'billing: forget who left', '33 4 * * *', 'select private.purge_payloads_of_left()'
);
