select cron.schedule('storage: count', '23 * * * *', 'select private.count_storage()');
