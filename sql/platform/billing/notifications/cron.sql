select cron.schedule('notifications: write', '* * * * *', 'select private.write_notifications()');
select cron.schedule('notifications: purge', '7 4 * * *', 'select private.purge_notifications()');
