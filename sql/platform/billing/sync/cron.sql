select cron.schedule('billing: catch up', '* * * * *', 'select private.dispatch_billing_sync()');
select cron.schedule('billing: reconcile', '23 3 * * *', 'select private.dispatch_reconcile()');
