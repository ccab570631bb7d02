-- Makes items share what is true: those of public collections the finished results
-- of their images, others nothing. What is shared belongs to the item: with it, it
-- goes. Images, then items, then shares are locked, each in order: who changes one
-- at the same time has then either been seen or sees this.
create function private.editor_share_items(p_item_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform 1
  from editor.images as i
  where i.id in (select t.image_id from editor.image_collection_items as t where t.id = any (p_item_ids))
  order by i.id
  for share;
  perform 1
  from editor.image_collection_items as t
  where t.id = any (p_item_ids)
  order by t.id
  for key share;
  perform private.editor_unshare_items(p_item_ids);

  insert into public.shared_files (bucket_id, name, subject_id, user_id)
  select distinct 'results', f.name, t.id, i.user_id
  from editor.image_collection_items as t
  join editor.image_collections as c on c.id = t.collection_id and c.is_public
  join editor.images as i on i.id = t.image_id
  cross join lateral unnest(array[i.processed_url, i.thumbnail_url, i.final_url]) as u (url)
  cross join lateral private.storage_path('results', u.url) as f (name)
  where t.id = any (p_item_ids) and split_part(f.name, '/', 1) = i.user_id::text;
end;
$$;
