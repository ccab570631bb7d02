insert into staging.options (kind, code, label, sort_order)
values
  ('room_type', 'living_room', 'Living room', 1),
  ('room_type', 'bedroom', 'Bedroom', 2),
  ('room_type', 'kitchen', 'Kitchen', 3),
  ('room_type', 'dining_room', 'Dining room', 4),
  ('room_type', 'bathroom', 'Bathroom', 5),
  ('room_type', 'home_office', 'Home office', 6),
  ('room_type', 'kids_room', 'Kids'' room', 7),
  ('room_type', 'outdoor', 'Outdoor', 8),
  ('style', 'modern', 'Modern', 1),
  ('style', 'scandinavian', 'Scandinavian', 2),
  ('style', 'minimalist', 'Minimalist', 3),
  ('style', 'contemporary', 'Contemporary', 4),
  ('style', 'traditional', 'Traditional', 5),
  ('style', 'industrial', 'Industrial', 6),
  ('style', 'farmhouse', 'Farmhouse', 7),
  ('style', 'coastal', 'Coastal', 8),
  ('style', 'mid_century', 'Mid-century', 9),
  ('style', 'luxury', 'Luxury', 10)
on conflict (kind, code) do nothing;

-- The deadline outlasts a provider that is down for an hour.
insert into public.job_types (
  type, description, lease, deadline, max_running_per_user, max_queued_per_user,
  subject_table, lock_subject, on_start, on_success, on_failure, on_cancel
)
values (
  'stage:run', 'Stage the photo of a room', '30 seconds', '3 hours', 4, 10000,
  'staging.images', 'private.staging_lock_images', 'private.staging_start_image',
  'private.staging_finish_image', 'private.staging_fail_image', 'private.staging_fail_image'
)
on conflict (type) do nothing;

-- What the vendors publish, to be kept up with admin_set_api_cost().
insert into public.api_costs (
  api_provider, operation_type, model, unit, cost_per_operation, effective_date
)
values
  ('local', 'stage', '', 'image', 0, date '2026-01-01'),
  ('gemini', 'stage', 'gemini-2.5-flash-image', 'image', 0.0390, date '2026-01-01'),
  ('replicate', 'stage', 'google/nano-banana', 'image', 0.0390, date '2026-01-01')
on conflict do nothing;

insert into public.provider_routes (operation, provider, model, priority, timeout, settings)
values
  ('stage:run', 'gemini', 'gemini-2.5-flash-image', 10, '2 minutes', '{}'),
  (
    'stage:run', 'replicate', 'google/nano-banana', 20, '10 minutes',
    '{"fields": {"source": "image_input[]", "negative_prompt": null},
      "input": {"aspect_ratio": "match_input_image", "output_format": "jpg"}}'
  ),
  ('stage:run', 'local', '', 1000, '10 minutes', '{}')
on conflict do nothing;

insert into private.retire_handlers (handler)
values ('private.staging_retire_user')
on conflict do nothing;

insert into private.export_handlers (handler)
values ('private.staging_export_user')
on conflict do nothing;

insert into private.usage_counters (feature, counter)
values ('monthly_limit', 'private.staging_count_images')
on conflict do nothing;
