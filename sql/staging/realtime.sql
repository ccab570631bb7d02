select private.watch_table('staging.projects');
select private.watch_table('staging.images');
