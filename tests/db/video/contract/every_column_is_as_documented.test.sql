begin;
select plan(3);

select results_eq(
  $$
    select c.relname::text collate "default", t.attnum::integer, t.attname::text collate "default", format_type(t.atttypid, t.atttypmod)
    from pg_class as c
    join pg_attribute as t on t.attrelid = c.oid and t.attnum > 0 and not t.attisdropped
    where c.relnamespace = 'video'::regnamespace and c.relkind = 'v'
    order by 1, 2
  $$,
  $$
    values
      ('credit_transactions', 1, 'id', 'uuid'), ('credit_transactions', 2, 'user_id', 'uuid'),
      ('credit_transactions', 3, 'amount', 'integer'), ('credit_transactions', 4, 'transaction_type', 'text'),
      ('credit_transactions', 5, 'description', 'text'), ('credit_transactions', 6, 'generation_id', 'uuid'),
      ('credit_transactions', 7, 'metadata', 'jsonb'),
      ('credit_transactions', 8, 'created_at', 'timestamp with time zone'), ('pricing_tiers', 1, 'id', 'uuid'),
      ('pricing_tiers', 2, 'name', 'text'), ('pricing_tiers', 3, 'credits', 'integer'),
      ('pricing_tiers', 4, 'price', 'numeric'), ('pricing_tiers', 5, 'is_active', 'boolean'),
      ('pricing_tiers', 6, 'sort_order', 'integer'), ('pricing_tiers', 7, 'created_at', 'timestamp with time zone'),
      ('user_profiles', 1, 'id', 'uuid'), ('user_profiles', 2, 'username', 'text'),
      ('user_profiles', 3, 'avatar_url', 'text'), ('user_profiles', 4, 'credits', 'integer'),
      ('user_profiles', 5, 'total_spent', 'numeric'), ('user_profiles', 6, 'created_at', 'timestamp with time zone'),
      ('user_profiles', 7, 'updated_at', 'timestamp with time zone')
  $$,
  'views have the document''s columns in its order, and no others'
);
select is_empty(
  $$
    select d.*
    from (
      values
      ('generations', 1, 'id', 'uuid'), ('generations', 2, 'user_id', 'uuid'), ('generations', 3, 'prompt', 'text'),
      ('generations', 4, 'model', 'text'), ('generations', 5, 'aspect_ratio', 'text'),
      ('generations', 6, 'resolution', 'text'), ('generations', 7, 'mode', 'text'),
      ('generations', 8, 'status', 'text'), ('generations', 9, 'video_url', 'text'),
      ('generations', 10, 'error_message', 'text'), ('generations', 11, 'reference_image_url', 'text'),
      ('generations', 12, 'credits_used', 'integer'), ('generations', 13, 'created_at', 'timestamp with time zone'),
      ('generations', 14, 'completed_at', 'timestamp with time zone'), ('brand_guidelines', 1, 'id', 'uuid'),
      ('brand_guidelines', 2, 'user_id', 'uuid'), ('brand_guidelines', 3, 'brand_name', 'text'),
      ('brand_guidelines', 4, 'values', 'text[]'), ('brand_guidelines', 5, 'tone_of_voice', 'text[]'),
      ('brand_guidelines', 6, 'visual_style', 'text'), ('brand_guidelines', 7, 'do_list', 'text[]'),
      ('brand_guidelines', 8, 'dont_list', 'text[]'), ('brand_guidelines', 9, 'color_palette', 'text[]'),
      ('brand_guidelines', 10, 'fonts', 'text'), ('brand_guidelines', 11, 'created_at', 'timestamp with time zone'),
      ('brand_guidelines', 12, 'updated_at', 'timestamp with time zone'), ('tool_configurations', 1, 'id', 'uuid'),
      ('tool_configurations', 2, 'user_id', 'uuid'), ('tool_configurations', 3, 'tool_name', 'text'),
      ('tool_configurations', 4, 'character_id', 'text'), ('tool_configurations', 5, 'configuration', 'jsonb'),
      ('tool_configurations', 6, 'is_favorite', 'boolean'), ('tool_configurations', 7, 'usage_count', 'integer'),
      ('tool_configurations', 8, 'created_at', 'timestamp with time zone'),
      ('tool_configurations', 9, 'updated_at', 'timestamp with time zone'), ('campaigns', 1, 'id', 'uuid'),
      ('campaigns', 2, 'user_id', 'uuid'), ('campaigns', 3, 'name', 'text'), ('campaigns', 4, 'description', 'text'),
      ('campaigns', 5, 'target_audience', 'text'), ('campaigns', 6, 'platform', 'text[]'),
      ('campaigns', 7, 'status', 'text'), ('campaigns', 8, 'total_videos', 'integer'),
      ('campaigns', 9, 'completed_videos', 'integer'), ('campaigns', 10, 'concepts', 'jsonb'),
      ('campaigns', 11, 'brand_guidelines_id', 'uuid'), ('campaigns', 12, 'created_at', 'timestamp with time zone'),
      ('campaigns', 13, 'updated_at', 'timestamp with time zone'),
      ('campaigns', 14, 'completed_at', 'timestamp with time zone'), ('storyboard_sequences', 1, 'id', 'uuid'),
      ('storyboard_sequences', 2, 'user_id', 'uuid'), ('storyboard_sequences', 3, 'campaign_id', 'uuid'),
      ('storyboard_sequences', 4, 'name', 'text'), ('storyboard_sequences', 5, 'frames', 'jsonb'),
      ('storyboard_sequences', 6, 'total_duration', 'integer'), ('storyboard_sequences', 7, 'character_id', 'text'),
      ('storyboard_sequences', 8, 'created_at', 'timestamp with time zone'),
      ('storyboard_sequences', 9, 'updated_at', 'timestamp with time zone'), ('style_presets', 1, 'id', 'uuid'),
      ('style_presets', 2, 'user_id', 'uuid'), ('style_presets', 3, 'name', 'text'),
      ('style_presets', 4, 'character_id', 'text'), ('style_presets', 5, 'style_data', 'jsonb'),
      ('style_presets', 6, 'thumbnail_url', 'text'), ('style_presets', 7, 'is_favorite', 'boolean'),
      ('style_presets', 8, 'usage_count', 'integer'), ('style_presets', 9, 'tags', 'text[]'),
      ('style_presets', 10, 'created_at', 'timestamp with time zone'),
      ('style_presets', 11, 'updated_at', 'timestamp with time zone'), ('performance_metrics', 1, 'id', 'uuid'),
      ('performance_metrics', 2, 'user_id', 'uuid'), ('performance_metrics', 3, 'generation_id', 'uuid'),
      ('performance_metrics', 4, 'prompt', 'text'), ('performance_metrics', 5, 'character_id', 'text'),
      ('performance_metrics', 6, 'platform', 'text'), ('performance_metrics', 7, 'predicted_score', 'numeric'),
      ('performance_metrics', 8, 'actual_engagement', 'jsonb'),
      ('performance_metrics', 9, 'quality_score', 'numeric'),
      ('performance_metrics', 10, 'style_consistency', 'numeric'),
      ('performance_metrics', 11, 'brand_compliance', 'numeric'),
      ('performance_metrics', 12, 'improvements', 'jsonb'),
      ('performance_metrics', 13, 'created_at', 'timestamp with time zone'), ('tool_preset_chains', 1, 'id', 'uuid'),
      ('tool_preset_chains', 2, 'user_id', 'uuid'), ('tool_preset_chains', 3, 'name', 'text'),
      ('tool_preset_chains', 4, 'description', 'text'), ('tool_preset_chains', 5, 'tools', 'jsonb'),
      ('tool_preset_chains', 6, 'is_favorite', 'boolean'), ('tool_preset_chains', 7, 'usage_count', 'integer'),
      ('tool_preset_chains', 8, 'created_at', 'timestamp with time zone'),
      ('tool_preset_chains', 9, 'updated_at', 'timestamp with time zone'),
      ('platform_configurations', 1, 'id', 'uuid'), ('platform_configurations', 2, 'user_id', 'uuid'),
      ('platform_configurations', 3, 'platform', 'text'), ('platform_configurations', 4, 'aspect_ratio', 'text'),
      ('platform_configurations', 5, 'preferred_style', 'jsonb'),
      ('platform_configurations', 6, 'prompt_templates', 'jsonb'),
      ('platform_configurations', 7, 'character_preferences', 'jsonb'),
      ('platform_configurations', 8, 'created_at', 'timestamp with time zone'),
      ('platform_configurations', 9, 'updated_at', 'timestamp with time zone')
    ) as d (relation, position, name, type)
    where not exists (
      select 1
      from pg_attribute as t
      where t.attrelid = to_regclass('video.' || d.relation) and t.attname = d.name
        and format_type(t.atttypid, t.atttypmod) = d.type
    )
  $$,
  'tables have them all, under their names and types'
);
select set_eq(
  $$
    select c.relname::text collate "default"
    from pg_class as c
    where c.relnamespace = 'video'::regnamespace and c.relkind in ('r', 'v')
  $$,
  array[
    'user_profiles', 'generations', 'credit_transactions', 'pricing_tiers', 'brand_guidelines',
    'tool_configurations', 'campaigns', 'storyboard_sequences', 'style_presets', 'performance_metrics',
    'tool_preset_chains', 'platform_configurations',
    'model_limits', 'storyboard_runs', 'tools', 'tool_chain_runs', 'tool_chain_steps'
  ],
  'there are the document''s 12 and our 5'
);

select * from finish();
rollback;
