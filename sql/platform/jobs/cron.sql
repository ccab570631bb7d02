select cron.schedule('jobs: dispatch', '5 seconds', 'select private.dispatch_jobs()');
select cron.schedule('jobs: reap', '5 seconds', 'call private.reap_jobs()');
select cron.schedule('jobs: purge history', '41 4 * * *', 'select private.purge_history()');
