-- What everyone signed in sees of a public collection: its words, and the finished
-- results of its images. Nothing of the originals, not even their file names.
create function private.editor_public_collection(
  p_collection_id uuid,
  p_limit integer,
  p_offset integer
)
returns jsonb
language plpgsql
stable
security definer            -- images of other users are read, these columns alone
set search_path = ''
as $$
declare
  v_collection editor.image_collections;
begin
  perform private.require_user_id();
  if p_collection_id is null then
    raise exception using
      errcode = 'PT400', message = 'argument_missing',
      detail = 'p_collection_id must not be null.', hint = 'Send the collection''s id.';
  end if;
  if p_limit is null or p_limit not between 1 and 1000 or p_offset is null or p_offset < 0 then
    raise exception using
      errcode = 'PT400', message = 'limit_invalid',
      detail = format(
        'Asked for %s from %s on.', coalesce(p_limit::text, 'null'), coalesce(p_offset::text, 'null')
      ),
      hint = 'Send a limit of 1 to 1000 and an offset of 0 or more.';
  end if;
  select * into v_collection
  from editor.image_collections as c
  where c.id = p_collection_id and c.is_public;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'collection_not_found',
      detail = format('There is no public collection %s.', p_collection_id),
      hint = 'Ask its owner to make it public.';
  end if;
  return jsonb_build_object(
    'id', v_collection.id,
    'name', v_collection.name,
    'description', v_collection.description,
    'images', coalesce(
      (
        select jsonb_agg(
          jsonb_build_object(
            'id', r.id,
            'thumbnail_url', r.thumbnail_url,
            'processed_url', r.processed_url,
            'final_url', r.final_url
          )
          order by r.added_at desc, r.id
        )
        from (
          select i.id, i.thumbnail_url, i.processed_url, i.final_url, t.added_at
          from editor.image_collection_items as t
          join editor.images as i on i.id = t.image_id
          where t.collection_id = p_collection_id
            and (i.processed_url is not null or i.final_url is not null)
          order by t.added_at desc, i.id
          limit p_limit offset p_offset
        ) as r
      ),
      '[]'::jsonb
    )
  );
end;
$$;
grant execute on function private.editor_public_collection(uuid, integer, integer) to authenticated;
