select private.watch_table('editor.images');
select private.watch_table('editor.image_operations');
select private.watch_table('editor.image_pipelines');
