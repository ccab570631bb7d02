select cron.schedule('credits: expire lots and holds', '* * * * *', 'call private.expire_credits()');
select cron.schedule('credits: audit', '17 3 * * *', 'select private.record_audit()');
