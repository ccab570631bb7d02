select cron.schedule('jobs: dispatch', '5 seconds', 'select private.dispatch_jobs()');
select cron.schedule(
  'jobs: reap', '5 seconds',
  private.sweep_command('private.due_jobs()', 'private.reap_job')
);
select cron.schedule('jobs: purge history', '41 4 * * *', 'select private.purge_history()');
