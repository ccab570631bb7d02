select private.watch_table('video.generations');
select private.watch_table('video.campaigns');
