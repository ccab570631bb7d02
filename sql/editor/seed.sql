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

insert into public.api_costs (api_provider, operation_type, cost_per_operation, effective_date)
select 'local', o.operation, 0, date '2026-01-01'
from (values ('upscale'), ('background_removal'), ('vectorize'), ('generate')) as o (operation)
on conflict do nothing;

insert into public.provider_routes (operation, provider, priority, timeout)
select 'editor.' || o.operation, 'local', 1000, interval '10 minutes'
from (values ('upscale'), ('background_removal'), ('vectorize'), ('generate')) as o (operation)
on conflict do nothing;

insert into private.retire_handlers (handler)
values ('private.editor_retire_user')
on conflict do nothing;

insert into private.export_handlers (handler)
values ('private.editor_export_user')
on conflict do nothing;
