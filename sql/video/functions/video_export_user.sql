-- What video knows of a user: an object, table name to rows.
create function private.video_export_user(p_user_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'video.generations', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]'::jsonb)
      from video.generations as t
      where t.user_id = p_user_id
    ),
    'video.brand_guidelines', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]'::jsonb)
      from video.brand_guidelines as t
      where t.user_id = p_user_id
    ),
    'video.campaigns', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]'::jsonb)
      from video.campaigns as t
      where t.user_id = p_user_id
    ),
    'video.storyboard_sequences', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]'::jsonb)
      from video.storyboard_sequences as t
      where t.user_id = p_user_id
    ),
    'video.storyboard_runs', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]'::jsonb)
      from video.storyboard_runs as t
      where t.user_id = p_user_id
    ),
    'video.tool_chain_runs', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]'::jsonb)
      from video.tool_chain_runs as t
      where t.user_id = p_user_id
    ),
    'video.tool_chain_steps', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.run_id, t.step), '[]'::jsonb)
      from video.tool_chain_steps as t
      where t.user_id = p_user_id
    ),
    'video.tool_configurations', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]'::jsonb)
      from video.tool_configurations as t
      where t.user_id = p_user_id
    ),
    'video.style_presets', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]'::jsonb)
      from video.style_presets as t
      where t.user_id = p_user_id
    ),
    'video.tool_preset_chains', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]'::jsonb)
      from video.tool_preset_chains as t
      where t.user_id = p_user_id
    ),
    'video.platform_configurations', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]'::jsonb)
      from video.platform_configurations as t
      where t.user_id = p_user_id
    ),
    'video.performance_metrics', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]'::jsonb)
      from video.performance_metrics as t
      where t.user_id = p_user_id
    )
  );
$$;
