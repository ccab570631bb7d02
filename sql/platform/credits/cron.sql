select cron.schedule(
  'credits: expire lots', '* * * * *',
  private.sweep_command('private.due_accounts()', 'private.lock_account')
);
select cron.schedule(
  'credits: expire holds', '* * * * *',
  private.sweep_command('private.due_holds()', 'private.expire_hold')
);
select cron.schedule('credits: audit', '17 3 * * *', 'select private.record_audit()');
