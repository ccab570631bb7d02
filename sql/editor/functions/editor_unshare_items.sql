-- Ends what items share; in order, so that two that meet do not deadlock.
create function private.editor_unshare_items(p_item_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform 1
  from public.shared_files as s
  where s.subject_id = any (p_item_ids)
  order by s.bucket_id, s.name, s.subject_id
  for update;
  delete from public.shared_files as s where s.subject_id = any (p_item_ids);
end;
$$;
