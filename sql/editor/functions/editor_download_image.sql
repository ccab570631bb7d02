-- Counts a download, and names the file to sign. Others than its user get the results
-- of an image that a public collection shows.
create function private.editor_download_image(p_image_id uuid, p_kind text)
returns jsonb
language plpgsql
security definer            -- the count is not the caller's to write
set search_path = ''
as $$
declare
  v_caller uuid := private.require_user_id();
  v_image editor.images;
  v_path text;
begin
  perform private.require_present(v_caller);
  if p_kind is null or p_kind not in ('original', 'processed', 'thumbnail', 'final') then
    raise exception using
      errcode = 'PT400', message = 'file_kind_invalid',
      detail = format('"%s" is not a kind of file.', left(p_kind, 100)),
      hint = 'Use original, processed, thumbnail or final.';
  end if;
  select * into v_image
  from editor.images as i
  where i.id = p_image_id and (
    i.user_id = v_caller
    or (
      p_kind <> 'original' and exists (
        select 1
        from editor.image_collection_items as t
        join editor.image_collections as c on c.id = t.collection_id
        where t.image_id = i.id and c.is_public
      )
    )
  );
  if not found then
    raise exception using
      errcode = 'PT404', message = 'image_not_found',
      detail = format('You have no image %s.', coalesce(p_image_id::text, 'null')),
      hint = 'Send the id of an image of yours, or of one in a public collection.';
  end if;
  v_path := case p_kind
    when 'original' then v_image.upload_path
    when 'processed' then private.storage_path('results', v_image.processed_url)
    when 'thumbnail' then private.storage_path('results', v_image.thumbnail_url)
    when 'final' then private.storage_path('results', v_image.final_url)
  end;
  if v_path is null then
    raise exception using
      errcode = 'PT404', message = 'file_not_found',
      detail = format('Image %s has no file "%s".', p_image_id, p_kind),
      hint = 'Wait for a result, or ask for another kind.';
  end if;
  update editor.images as i
  set download_count = least(coalesce(i.download_count, 0), 2147483646) + 1
  where i.id = p_image_id
  returning i.download_count into v_image.download_count;
  return jsonb_build_object(
    'bucket', case p_kind when 'original' then 'uploads' else 'results' end,
    'path', v_path,
    -- A name for the file on disk; of others' images not the original's.
    'filename',
    case
      when v_image.user_id = v_caller then regexp_replace(v_image.original_filename, '[.][^.]*$', '')
      else 'picture'
    end || coalesce('.' || substring(v_path from '[.]([A-Za-z0-9]{1,5})$'), ''),
    'download_count', v_image.download_count
  );
end;
$$;
grant execute on function private.editor_download_image(uuid, text) to authenticated;
