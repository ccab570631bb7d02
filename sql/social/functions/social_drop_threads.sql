-- Conversations that are deleted take their threads' states along, in the order in
-- which the checkpointer deletes a thread.
create function private.social_drop_threads()
returns trigger
language plpgsql
security definer            -- checkpoints are not the caller's to delete
set search_path = ''
as $$
declare
  v_threads text[] := array(select d.thread_id from dropped as d);
begin
  delete from social.checkpoint_blobs as b where b.thread_id = any (v_threads);
  delete from social.checkpoints as c where c.thread_id = any (v_threads);
  delete from social.checkpoint_writes as w where w.thread_id = any (v_threads);
  return null;
end;
$$;
