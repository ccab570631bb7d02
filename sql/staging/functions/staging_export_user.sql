-- Everything that staging keeps of a user, table to rows.
create function private.staging_export_user(p_user_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'staging.projects', (
      select coalesce(jsonb_agg(to_jsonb(p) order by p.created_at, p.id), '[]'::jsonb)
      from staging.projects as p where p.user_id = p_user_id
    ),
    'staging.images', (
      select coalesce(jsonb_agg(to_jsonb(i) order by i.created_at, i.id), '[]'::jsonb)
      from staging.images as i where i.user_id = p_user_id
    )
  );
$$;
