-- Everything that the editor keeps of a user, table to rows.
create function private.editor_export_user(p_user_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'editor.images', (
      select coalesce(jsonb_agg(to_jsonb(i) order by i.created_at, i.id), '[]'::jsonb)
      from editor.images as i where i.user_id = p_user_id
    ),
    'editor.image_pipelines', (
      select coalesce(jsonb_agg(to_jsonb(p) order by p.created_at, p.id), '[]'::jsonb)
      from editor.image_pipelines as p where p.user_id = p_user_id
    ),
    'editor.image_operations', (
      select coalesce(jsonb_agg(to_jsonb(o) order by o.created_at, o.id), '[]'::jsonb)
      from editor.image_operations as o where o.user_id = p_user_id
    ),
    'editor.image_collections', (
      select coalesce(jsonb_agg(to_jsonb(c) order by c.created_at, c.id), '[]'::jsonb)
      from editor.image_collections as c where c.user_id = p_user_id
    ),
    'editor.image_collection_items', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.added_at, t.id), '[]'::jsonb)
      from editor.image_collection_items as t where t.user_id = p_user_id
    )
  );
$$;
