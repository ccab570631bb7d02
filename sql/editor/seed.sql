insert into public.metered_operations (operation, variant, description, unit, credits)
values
  ('editor.upscale', '2x', 'Upscale to twice the size', 'image', 1),
  ('editor.upscale', '4x', 'Upscale to four times the size', 'image', 2),
  ('editor.background_removal', '', 'Remove the background', 'image', 1),
  ('editor.vectorize', '', 'Turn into an SVG', 'image', 2),
  ('editor.generate', '', 'Generate a picture', 'image', 3)
on conflict (operation, variant) do nothing;

-- The deadline outlasts a provider that is down for an hour.
insert into public.job_types (
  type, description, lease, deadline, max_running_per_user, max_queued_per_user,
  subject_table, lock_subject, on_start, on_success, on_failure, on_cancel
)
select
  'editor.' || o.operation, o.description, interval '30 seconds', interval '3 hours', 4, 1000,
  'editor.image_operations', 'private.editor_lock_operations', 'private.editor_start_operation',
  'private.editor_finish_operation', 'private.editor_fail_operation', 'private.editor_fail_operation'
from (
  values
    ('upscale', 'Upscale an image'),
    ('background_removal', 'Remove the background of an image'),
    ('vectorize', 'Turn an image into an SVG'),
    ('generate', 'Generate an image')
) as o (operation, description)
on conflict (type) do nothing;

-- What the vendors publish, to be kept up with admin_set_api_cost().
insert into public.api_costs (
  api_provider, operation_type, model, unit, cost_per_operation, effective_date
)
select c.provider, c.operation, c.model, 'image', c.cost, date '2026-01-01'
from (
  values
    ('local', 'upscale', '', 0), ('local', 'background_removal', '', 0),
    ('local', 'vectorize', '', 0), ('local', 'generate', '', 0),
    ('replicate', 'upscale', '', 0.0020), ('replicate', 'background_removal', '', 0.0005),
    ('replicate', 'vectorize', 'recraft-ai/recraft-vectorize', 0.0100),
    ('vectorizer', 'vectorize', '', 0.2000),
    ('gemini', 'generate', 'gemini-2.5-flash-image', 0.0390),
    ('openai', 'generate', 'gpt-image-1', 0.0420)
) as c (provider, operation, model, cost)
on conflict do nothing;

insert into public.provider_routes (operation, provider, model, priority, timeout)
values
  (
    'editor.upscale', 'replicate',
    'nightmareai/real-esrgan:f121d640bd286e1fdc67f9799164c1d5be36ff74576ee11c803ae5b665dd46aa', 10, '10 minutes'
  ),
  ('editor.upscale', 'local', '', 1000, '10 minutes'),
  (
    'editor.background_removal', 'replicate',
    'lucataco/remove-bg:95fcc2a26d3899cd6c2691c900465aaeff466285a65c14638cc5f36f34befaf1', 10, '10 minutes'
  ),
  ('editor.background_removal', 'local', '', 1000, '10 minutes'),
  ('editor.vectorize', 'vectorizer', '', 10, '2 minutes'),
  ('editor.vectorize', 'replicate', 'recraft-ai/recraft-vectorize', 20, '10 minutes'),
  ('editor.vectorize', 'local', '', 1000, '10 minutes'),
  ('editor.generate', 'gemini', 'gemini-2.5-flash-image', 10, '2 minutes'),
  ('editor.generate', 'openai', 'gpt-image-1', 20, '2 minutes'),
  ('editor.generate', 'local', '', 1000, '10 minutes')
on conflict do nothing;

insert into private.retire_handlers (handler)
values ('private.editor_retire_user')
on conflict do nothing;

insert into private.export_handlers (handler)
values ('private.editor_export_user')
on conflict do nothing;
