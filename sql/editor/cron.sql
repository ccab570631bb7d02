select cron.schedule(
  'editor: expire images', '*/10 * * * *',
  private.sweep_command('private.editor_due_images()', 'private.editor_expire_image')
);
