select private.watch_table('video.generations');
select private.watch_table('video.campaigns');
select private.watch_table('video.tool_chain_runs');
select private.watch_table('video.tool_chain_steps');
