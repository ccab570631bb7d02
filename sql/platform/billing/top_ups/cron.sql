select cron.schedule(
  'billing: low balances', '10 seconds',
  private.sweep_command('private.due_crossings()', 'private.handle_crossing')
);
select cron.schedule(
  'billing: look again', '* * * * *',
  private.sweep_command('private.due_looks()', 'private.look_again')
);
