insert into public.metered_operations (operation, variant, description, unit, credits)
values
  ('video.generate', 'veo-2', 'Generate a video with Veo 2', 'video', 20),
  ('video.generate', 'veo-fast', 'Generate a video with Veo Fast', 'video', 10)
on conflict (operation, variant) do nothing;

-- The deadline outlasts a provider that is down for an hour. Started is what a generation is from its insert on, so there is no on_start.
insert into public.job_types (
  type, description, lease, deadline, max_running_per_user, max_queued_per_user,
  subject_table, lock_subject, on_success, on_failure, on_cancel
)
values (
  'video.generate', 'Generate a video', interval '30 seconds', interval '3 hours', 4, 1000,
  'video.generations', 'private.video_lock_generations', 'private.video_finish_generation',
  'private.video_fail_generation', 'private.video_fail_generation'
)
on conflict (type) do nothing;

insert into public.api_costs (api_provider, operation_type, cost_per_operation, effective_date)
values ('local', 'generate_video', 0, date '2026-01-01')
on conflict do nothing;

insert into public.provider_routes (operation, provider, priority, timeout)
values ('video.generate', 'local', 1000, interval '10 minutes')
on conflict do nothing;

insert into private.retire_handlers (handler)
values ('private.video_retire_user')
on conflict do nothing;

insert into private.export_handlers (handler)
values ('private.video_export_user')
on conflict do nothing;
