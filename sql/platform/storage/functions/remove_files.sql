-- Enqueues the removal of a user's files through the Storage API; rows of
-- storage.objects are never deleted by SQL, which would leave the files behind. Of a
-- user who left nothing is picked out: remove_all_files takes everything at once.
create function private.remove_files(p_user_id uuid, p_bucket text, p_paths text[])
returns void
language plpgsql
security definer            -- a system job of somebody's files
set search_path = ''
as $$
begin
  if exists (select 1 from public.profiles as p where p.id = p_user_id and p.deleted_at is not null) then
    return;
  end if;
  perform private.enqueue_removal(p_user_id, p_bucket, p_paths);
end;
$$;
