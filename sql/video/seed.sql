-- A model alone is its price a second at 720p; the usual 8 seconds are 20 and 10 credits.
insert into public.metered_operations (operation, variant, description, unit, credits)
values
  ('video.generate', 'veo-2', 'Generate a video with Veo 2, 720p', 'second', 2.5),
  ('video.generate', 'veo-fast', 'Generate a video with Veo Fast, 720p', 'second', 1.25),
  ('video.generate', 'veo-fast:1080p', 'Generate a video with Veo Fast, 1080p', 'second', 1.875),
  ('video.generate', 'veo-fast:4k', 'Generate a video with Veo Fast, 4k', 'second', 3.75),
  ('video.image', '', 'Generate a picture in a tool chain', 'image', 3),
  ('video.upscale', '2x', 'Upscale to twice the size in a tool chain', 'image', 1),
  ('video.upscale', '4x', 'Upscale to four times the size in a tool chain', 'image', 2),
  ('video.background_removal', '', 'Remove the background in a tool chain', 'image', 1)
on conflict (operation, variant) do nothing;

insert into video.model_limits (variant, seconds, default_seconds, aspect_ratios)
values
  ('veo-2', '{5,6,7,8}', 8, '{16:9,9:16}'),
  ('veo-fast', '{4,6,8}', 8, '{16:9,9:16}'),
  ('veo-fast:1080p', '{8}', 8, '{16:9,9:16}'),
  ('veo-fast:4k', '{8}', 8, '{16:9,9:16}')
on conflict (variant) do nothing;

insert into video.tools (tool, label, job_type, task, needs_image, makes)
values
  ('generate_video', 'Generate a video', 'video.generate', 'generate_video', false, 'video'),
  ('generate_image', 'Generate a picture', 'video.image', 'generate', false, 'image'),
  ('upscale', 'Upscale', 'video.upscale', 'upscale', true, 'image'),
  ('remove_background', 'Remove the background', 'video.background_removal', 'background_removal', true, 'image')
on conflict (tool) do nothing;

-- Started is what a generation is from its insert on, so there is no on_start. The
-- deadline outlasts a provider that is down for an hour, and a storyboard of 100 shots.
insert into public.job_types (
  type, description, lease, deadline, max_running_per_user, max_queued_per_user,
  subject_table, lock_subject, on_success, on_failure, on_cancel
)
select
  t.type, t.description, interval '30 seconds', t.deadline, 4, 1000, t.subject_table,
  'private.video_lock_generations', 'private.video_finish_generation',
  'private.video_fail_generation', 'private.video_fail_generation'
from (
  values
    ('video.generate', 'Generate a video', interval '6 hours', 'video.generations'),
    ('video.image', 'Generate a picture in a tool chain', interval '3 hours', 'video.tool_chain_steps'),
    ('video.upscale', 'Upscale a picture in a tool chain', interval '3 hours', 'video.tool_chain_steps'),
    ('video.background_removal', 'Remove the background in a tool chain', interval '3 hours', 'video.tool_chain_steps')
) as t (type, description, deadline, subject_table)
on conflict (type) do nothing;

insert into public.api_costs (api_provider, operation_type, cost_per_operation, effective_date)
select 'local', t.task, 0, date '2026-01-01'
from video.tools as t
on conflict do nothing;

insert into public.provider_routes (operation, provider, priority, timeout)
select t.job_type, 'local', 1000, interval '10 minutes'
from video.tools as t
on conflict do nothing;

-- What the vendors publish, to be kept up with admin_set_api_cost().
insert into public.api_costs (
  api_provider, operation_type, model, unit, cost_per_operation, effective_date
)
values
  ('gemini', 'generate_video', 'veo-2.0-generate-001', 'second', 0.3500, date '2026-01-01'),
  ('gemini', 'generate_video', 'veo-3.1-generate-preview', 'second', 0.4000, date '2026-01-01'),
  ('gemini', 'generate_video', 'veo-3.1-fast-generate-preview', 'second', 0.1500, date '2026-01-01'),
  ('replicate', 'generate_video', 'google/veo-3-fast', 'second', 0.1500, date '2026-01-01'),
  ('gemini', 'generate', 'gemini-2.5-flash-image', 'image', 0.0390, date '2026-01-01'),
  ('openai', 'generate', 'gpt-image-1', 'image', 0.0420, date '2026-01-01'),
  ('replicate', 'upscale', '', 'image', 0.0020, date '2026-01-01'),
  ('replicate', 'background_removal', '', 'image', 0.0005, date '2026-01-01')
on conflict do nothing;

-- What each model can do is in its settings: docs/providers.md.
insert into public.provider_routes (operation, variant, provider, model, priority, timeout, settings)
values
  (
    'video.generate', 'veo-2', 'gemini', 'veo-2.0-generate-001', 10, '20 minutes',
    '{"seconds": [5, 6, 7, 8]}'
  ),
  (
    'video.generate', 'veo-2', 'gemini', 'veo-3.1-generate-preview', 20, '20 minutes',
    '{"seconds": [4, 6, 8], "resolutions": ["720p", "1080p", "4k"],
      "resolution_seconds": {"1080p": 8, "4k": 8}}'
  ),
  (
    'video.generate', 'veo-fast', 'gemini', 'veo-3.1-fast-generate-preview', 10, '20 minutes',
    '{"seconds": [4, 6, 8], "resolutions": ["720p", "1080p", "4k"],
      "resolution_seconds": {"1080p": 8, "4k": 8}}'
  ),
  ('video.generate', 'veo-fast', 'replicate', 'google/veo-3-fast', 20, '20 minutes', '{}'),
  ('video.image', '', 'gemini', 'gemini-2.5-flash-image', 10, '2 minutes', '{}'),
  ('video.image', '', 'openai', 'gpt-image-1', 20, '2 minutes', '{}'),
  (
    'video.upscale', '', 'replicate',
    'nightmareai/real-esrgan:f121d640bd286e1fdc67f9799164c1d5be36ff74576ee11c803ae5b665dd46aa',
    10, '10 minutes', '{}'
  ),
  (
    'video.background_removal', '', 'replicate',
    'lucataco/remove-bg:95fcc2a26d3899cd6c2691c900465aaeff466285a65c14638cc5f36f34befaf1',
    10, '10 minutes', '{}'
  )
on conflict do nothing;

insert into private.retire_handlers (handler)
values ('private.video_retire_user')
on conflict do nothing;

insert into private.export_handlers (handler)
values ('private.video_export_user')
on conflict do nothing;
