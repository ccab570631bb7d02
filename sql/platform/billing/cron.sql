select cron.schedule('billing: retry webhook events', '* * * * *', 'call private.retry_webhook_events()');
