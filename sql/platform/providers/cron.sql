select cron.schedule(
  'providers: cancel orders', '10 seconds',
  private.sweep_command('private.unwanted_orders()', 'private.cancel_orders')
);
